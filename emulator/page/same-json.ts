import { isDeepStrictEqual } from 'node:util';

/** Whether two values are the same JSON: members in any order, those that are undefined left out. */
export function isSameJson(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(asJson(one), asJson(other));
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}
