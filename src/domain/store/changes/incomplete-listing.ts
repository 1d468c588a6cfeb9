import { refuse } from './place';
import type { Place } from './place';

/** Names what a new listing lacks. */
export function refuseIncomplete(missing: readonly string[], at: Place): void {
  if (missing.length === 0) return;
  const needs = missing.map((name) => `"${name}"`).join(' and ');
  const language = String(at.path.at(-1));
  refuse(at, 'listing-not-found', `The product has no listing in "${language}"; a new one needs ${needs}.`);
}
