import { canonicalJson } from '../canonical-json';
import { asObject, withMember } from '../json-value';
import type { Members } from '../json-value';
import { exportedMember, exportedValue } from './exported';
import { isBranch } from './leaves';

/**
 * A merge patch (RFC 7396) on what an export shows, applied to what is stored. Where the patch says what the export
 * shows, the stored value stays as it came, also with what the export hides: signatures, nulls, evaluated prices.
 */
function merged(stored: unknown, patch: unknown): unknown {
  if (patch === undefined || (stored !== undefined && equal(exportedValue(stored), patch))) return stored;
  if (Array.isArray(patch)) return Array.isArray(stored) ? mergedList(stored, patch) : patch;
  if (!isBranch(patch)) return patch;
  const base: Members = isBranch(stored) ? stored : {};
  return Object.entries(patch).reduce<unknown>(
    (before, [name, one]) => mergedMember(asObject(before), name, one),
    base,
  );
}

/** One member of an object: `null` takes it out, pricing is replaced whole. */
export function mergedMember(members: Members, name: string, patch: unknown): Members {
  if (patch === undefined) return members;
  if (patch === null) return members[name] === null ? members : asObject(withMember(members, name, undefined));
  const stored = Object.hasOwn(members, name) ? members[name] : undefined;
  const after = name === 'virtualMachinePricing' ? replaced(name, stored, patch) : merged(stored, patch);
  return asObject(withMember(members, name, after));
}

function replaced(name: string, stored: unknown, patch: unknown): unknown {
  return stored !== undefined && equal(exportedMember(name, stored), patch) ? stored : merged(undefined, patch);
}

/** A list is replaced whole; entries that the export showed are the stored ones. */
function mergedList(stored: readonly unknown[], patch: readonly unknown[]): readonly unknown[] {
  const known = new Map(stored.map((one) => [canonicalJson([shownEntry(one)]), one]));
  return patch.map((one) => {
    const key = canonicalJson([one]);
    return known.has(key) ? known.get(key) : one;
  });
}

function shownEntry(entry: unknown): unknown {
  const shown = exportedValue([entry]);
  return Array.isArray(shown) ? (shown[0] as unknown) : shown;
}

function equal(one: unknown, other: unknown): boolean {
  // In a list, for JSON has no text for a value that is nothing.
  return canonicalJson([one]) === canonicalJson([other]);
}
