import { canonicalJson } from './canonical-json';
import { jsonPointer } from './json-pointer';
import { asObject, isObject } from './json-value';

/** One place that a release changes, as an export shows it; `null` = nothing there. Long texts are cut. */
export interface FieldChange {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/**
 * The places in which two documents differ: objects member by member, lists as one.
 *
 * @param isBranch tells objects that are looked into from those that stand for one value
 */
export function changesBetween(
  from: unknown,
  to: unknown,
  isBranch: (value: unknown) => boolean = isObject,
): FieldChange[] {
  return changesBelow(from, to, { path: [], isBranch });
}

interface Looking {
  readonly path: readonly string[];
  readonly isBranch: (value: unknown) => boolean;
}

function changesBelow(from: unknown, to: unknown, { path, isBranch }: Looking): FieldChange[] {
  if (same(from, to)) return [];
  const isField = ![from, to].some(isBranch) || [from, to].some((one) => one !== undefined && !isBranch(one));
  if (isField) return [{ path: jsonPointer(path), from: cut(from ?? null), to: cut(to ?? null) }];
  const names = new Set([...Object.keys(asObject(from)), ...Object.keys(asObject(to))]);
  return [...names].flatMap((name) =>
    changesBelow(asObject(from)[name], asObject(to)[name], { path: [...path, name], isBranch }),
  );
}

/** Nothing, and nothing in it, are the same. */
function same(from: unknown, to: unknown): boolean {
  return isNothing(from) ? isNothing(to) : canonicalJson(from) === (isNothing(to) ? '' : canonicalJson(to));
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.values(value).every(isNothing);
}

const longest = 300;

function cut(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.length <= longest ? value : `${value.slice(0, longest)}… (${value.length} characters)`;
  }
  if (Array.isArray(value)) return value.map(cut);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cut(one)]));
}
