import type { Members, OfferContent } from '../../offer/offer-content';
import { isObject } from '../../json-value';
import type { Place } from './place';
import { about } from './place';
import type { Rule } from './rule';

/** A content while changes are applied to it. */
export type Draft = Map<string, Members>;

export function contentOfDraft(draft: Draft): OfferContent {
  return Object.fromEntries(draft);
}

/** Sets a resource, or takes it out where it is `undefined`. */
export function put(draft: Draft, key: string, members: Members | undefined): void {
  if (members === undefined) draft.delete(key);
  else draft.set(key, members);
}

/** Changes one resource by its rule. */
export function patchResource(draft: Draft, key: string, { rule, patch, at }: ResourcePatch): void {
  const before = draft.get(key);
  const after = rule(before, patch, about(at, key));
  if (after !== before && isObject(after)) draft.set(key, after);
}

export interface ResourcePatch {
  readonly rule: Rule;
  readonly patch: unknown;
  readonly at: Place;
}

/** The names right below a key: the languages of `plans/basic/listings`. */
export function namesBelow(draft: ReadonlyMap<string, Members>, key: string): readonly string[] {
  const below = [...draft.keys()].filter((one) => one.startsWith(`${key}/`));
  return [...new Set(below.map((one) => one.slice(key.length + 1).split('/')[0] ?? ''))];
}

/** Takes a resource out with all that lies below it. */
export function remove(draft: Draft, key: string): void {
  for (const one of [...draft.keys()]) if (one === key || one.startsWith(`${key}/`)) draft.delete(one);
}
