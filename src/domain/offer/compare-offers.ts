import { canonicalJson } from '../canonical-json';
import { isObject } from '../json-value';
import { asShown } from './addresses';
import { keysOf } from './offer-content';
import { besideSecrets, secretNames } from './secrets';
import type { Members, OfferContent } from './offer-content';

/** Whether two resources have the same content: nothing, and nothing in it, are the same. `null` = no resource. */
export function sameContent(a: Members | null, b: Members | null): boolean {
  if (a === null || b === null) return a === b;
  return canonicalJson(meaning(a)) === canonicalJson(meaning(b));
}

/**
 * As `sameContent`, where what is wanted may have secrets that cannot be seen, and addresses that show as they did before:
 * they are taken for as wanted.
 */
export function fits(wanted: Members | null, there: Members | null): boolean {
  const shown = asShown(wanted);
  if (shown === null || there === null || secretNames(shown).length === 0) return sameContent(shown, there);
  const seen = besideSecrets(shown, there);
  return sameContent(seen.wanted, seen.there);
}

/**
 * Whether what is there has all that is wanted, and nothing else in its place; what is beside it may be more. Lists are
 * compared whole. So a resource looks that was just made, with what the service adds by itself.
 */
export function covers(wanted: Members | null, there: Members | null): boolean {
  if (wanted === null || there === null) return wanted === there;
  const shown = asShown(wanted);
  const seen = secretNames(shown).length === 0 ? { wanted: shown, there } : besideSecrets(shown, there);
  return hasAll(seen.wanted, seen.there);
}

function hasAll(wanted: Members, there: Members): boolean {
  return Object.entries(wanted).every(([name, value]) => {
    const other = there[name];
    if (isObject(value) && isObject(other)) return hasAll(value, other);
    return canonicalJson([meaningOf(value)]) === canonicalJson([meaningOf(other)]);
  });
}

/** The resources that are not as they are wanted, as far as that can be seen. */
export function unfitKeys(wanted: OfferContent, there: OfferContent): readonly string[] {
  return keysOf(wanted, there).filter((key) => !fits(wanted[key] ?? null, there[key] ?? null));
}

/** The resources that differ between two contents, in the order of their coming. */
export function differentKeys(a: OfferContent, b: OfferContent): readonly string[] {
  return keysOf(a, b).filter((key) => !sameContent(a[key] ?? null, b[key] ?? null));
}

/** The members of a resource that differ, as dotted paths; of one that is there only once, none. */
export function differentMembers(a: Members | undefined, b: Members | undefined): readonly string[] {
  if (a === undefined || b === undefined) return [];
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names.flatMap((name) => differentBelow(name, meaningOf(a[name]), meaningOf(b[name])));
}

function differentBelow(name: string, a: unknown, b: unknown): readonly string[] {
  if (canonicalJson([a]) === canonicalJson([b])) return [];
  if (!isObject(a) || !isObject(b)) return [name];
  return differentMembers(a, b).map((inner) => `${name}.${inner}`);
}

function meaning(members: Members): Members {
  const told = Object.entries(members).map(([name, value]) => [name, meaningOf(value)] as const);
  return Object.fromEntries(told.filter(([, value]) => value !== null));
}

/** `null`, an empty text, list or object say nothing; line breaks are the same however they are written. */
function meaningOf(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string') return value.replace(/\r\n|\r/g, '\n');
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(meaningOf);
  if (typeof value !== 'object') return value;
  const inner = meaning(value as Members);
  return Object.keys(inner).length === 0 ? null : inner;
}
