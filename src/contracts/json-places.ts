import type { FaultCode } from '../domain/fault-catalogue';
import type { Fault } from '../domain/release';
import { jsonPointer } from './json-pointer';
import type { Json } from './strict-json';

/** Looking into a value that may have any shape, so that faults of one part hide none of another. */

export interface FoundText {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

/** All texts at a place; `*` stands for every entry of a list. */
export function textsAt(value: Json, place: readonly string[], path: readonly PropertyKey[] = []): FoundText[] {
  const [name, ...rest] = place;
  if (name === undefined) return typeof value === 'string' ? [{ path, text: value }] : [];
  if (name === '*') {
    return Array.isArray(value) ? value.flatMap((entry: Json, index) => textsAt(entry, rest, [...path, index])) : [];
  }
  return textsAt(member(value, name), rest, [...path, name]);
}

export function fault(path: readonly PropertyKey[], code: FaultCode, message: string): Fault {
  return { pointer: jsonPointer(path), code, message };
}

export function isObject(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asObject(value: Json): Readonly<Record<string, Json>> {
  return isObject(value) ? value : {};
}

export function member(value: Json, name: string): Json {
  return isObject(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null;
}

/** Whether there is anything in it; a `null` inside clears something, and empty objects in each other ask for nothing. */
export function holds(value: Json): boolean {
  return Array.isArray(value) ? value.length > 0 : !isObject(value) || Object.values(value).some(holds);
}
