import { canonicalJson } from '../canonical-json';
import { asObject, isObject } from '../json-value';
import type { Members } from '../json-value';
import { isSecretReference } from './leaves';

const address = /^https?:\/\//i;

/**
 * Whether what was read back is what was written, in the service's words: it shows a file that it was given an address of
 * under an address of its own, no secrets, and adds what was not said. An address that is the same as before is no new
 * one: then the write was not taken.
 *
 * @param before the same resource as it was read before the write; `null` = it was not there
 */
export function isStored(wanted: Members | null, before: Members | null, after: Members | null): boolean {
  if (wanted === null || after === null) return wanted === after;
  return isStoredBelow(wanted, before, after);
}

function isStoredBelow(wanted: Members, before: unknown, after: Members): boolean {
  const was = asObject(before);
  const isThere = Object.entries(wanted).every(([name, value]) => isStoredValue(value, was[name], after[name]));
  // What was taken out must be gone; what appears with the write is the service's own.
  const left = Object.keys(after).filter((name) => !Object.hasOwn(wanted, name) && Object.hasOwn(was, name));
  return isThere && left.every((name) => isEmpty(after[name]));
}

function isStoredValue(wanted: unknown, before: unknown, after: unknown): boolean {
  if (isSecretReference(wanted)) return true;
  if (isEmpty(wanted)) return isEmpty(after);
  if (isObject(wanted)) return isObject(after) && isStoredBelow(wanted, before, after);
  if (Array.isArray(wanted)) return Array.isArray(after) && isStoredList(wanted, before, after);
  if (typeof wanted !== 'string' || typeof after !== 'string') return canonicalJson([wanted]) === canonicalJson([after]);
  if (plain(wanted) === plain(after)) return true;
  return address.test(wanted) && address.test(after) && after !== before;
}

function isStoredList(wanted: readonly unknown[], before: unknown, after: readonly unknown[]): boolean {
  const was: readonly unknown[] = Array.isArray(before) ? before : [];
  return wanted.length === after.length && wanted.every((one, index) => isStoredValue(one, was[index], after[index]));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.values(value).every(isEmpty);
}

function plain(text: string): string {
  return text.replace(/\r\n|\r/g, '\n');
}
