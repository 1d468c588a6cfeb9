import { canonicalJson } from '../canonical-json';
import { asList, asObject, isObject, plainText } from '../json-value';
import type { Members } from '../json-value';
import { isAddressReference } from '../offer/addresses';
import { isSecretReference } from './leaves';

/** Whether what appeared with a write is the service's own: not where a person may have written since. */
export type Additions = 'allowed' | 'foreign';

/** One value: as it was read before the write, and after it. */
interface Seen {
  readonly before: unknown;
  readonly after: unknown;
  readonly added: Additions;
}

/**
 * Whether what was read back is what was written, in the service's words: it shows a file that it was given an address of
 * under an address of its own, no secrets, and adds what was not said. An address that is the same as before is no new
 * one: then the write was not taken.
 *
 * @param before the same resource as it was read before the write; `null` = it was not there
 */
export function isStored(
  wanted: Members | null,
  before: Members | null,
  after: Members | null,
  added: Additions,
): boolean {
  if (wanted === null || after === null) return wanted === after;
  return areStored(wanted, { before, after, added });
}

function areStored(wanted: Members, { before, after, added }: Seen): boolean {
  const [was, is] = [asObject(before), asObject(after)];
  const areThere = Object.entries(wanted).every(([name, value]) =>
    isStoredValue(value, { before: was[name], after: is[name], added }),
  );
  const others = Object.keys(is).filter((name) => !Object.hasOwn(wanted, name));
  // What was taken out must be gone.
  const wrong = added === 'foreign' ? others : others.filter((name) => Object.hasOwn(was, name));
  return areThere && wrong.every((name) => isEmpty(is[name]));
}

function isStoredValue(wanted: unknown, seen: Seen): boolean {
  const { before, after, added } = seen;
  if (isSecretReference(wanted)) return true;
  // It shows as before, or as a copy of the service's own.
  if (isAddressReference(wanted)) return typeof after === 'string' && address.test(after);
  if (isEmpty(wanted)) return isEmpty(after);
  if (isObject(wanted)) return isObject(after) && areStored(wanted, seen);
  if (Array.isArray(wanted)) {
    const [was, is] = [asList(before), asList(after)];
    const isEach = (one: unknown, index: number) => isStoredValue(one, { before: was[index], after: is[index], added });
    return wanted.length === is.length && wanted.every(isEach);
  }
  return isStoredLeaf(wanted, seen);
}

const address = /^https?:\/\//i;

function isStoredLeaf(wanted: unknown, { before, after }: Seen): boolean {
  if (typeof wanted !== 'string' || typeof after !== 'string')
    return canonicalJson([wanted]) === canonicalJson([after]);
  if (plainText(wanted) === plainText(after)) return true;
  return address.test(wanted) && address.test(after) && after !== before;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.values(value).every(isEmpty);
}
