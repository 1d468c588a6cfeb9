import { belowKey } from './place';
import type { Place } from './place';
import { asObject, isObject, withMember } from '../../json-value';
import type { Shape } from './shape';

interface KeyRule {
  /** As the API writes a key; keys are compared without case. */
  readonly written: (key: string) => string;
  /** Keys that are shown; absent = all. */
  readonly known?: readonly string[];
  readonly item: Shape;
  /** What an entry that was not there begins as. */
  readonly fresh?: (patch: unknown, at: Place) => unknown;
}

/** Entries by key: `null` takes one out, or all, and one that is not there is made. */
export function byKey({ written, known, item, fresh }: KeyRule): Shape {
  return {
    exported: (stored) => {
      if (!isObject(stored)) return undefined;
      const shown = Object.entries(stored).filter(([key]) => known?.includes(key) ?? true);
      const entries = shown.map(([key, one]) => [written(key), item.exported(one)] as const);
      return Object.fromEntries(entries.filter(([, one]) => one !== undefined));
    },
    patched: (stored, patch, at) => {
      if (patch === null) return withoutShown(stored, known);
      return Object.entries(asObject(patch)).reduce<unknown>((before, [name, one]) => {
        if (one === undefined) return before;
        const key = keyOf(asObject(before), name) ?? written(name);
        if (one === null) return withMember(before, key, undefined);
        const there = belowKey(at, name, written(name));
        const old = asObject(before)[key] ?? fresh?.(one, there);
        return withMember(before, key, item.patched(old, one, there));
      }, stored);
    },
  };
}

/** Without the entries that an export shows; those of keys unknown stay. */
function withoutShown(stored: unknown, known: readonly string[] | undefined): unknown {
  const entries = Object.entries(asObject(stored));
  const hidden = entries.filter(([key]) => known !== undefined && !known.includes(key));
  return hidden.length === entries.length ? stored : Object.fromEntries(hidden);
}

/** The key that is there, however it is written. */
export function keyOf(entries: object, name: string): string | undefined {
  return Object.keys(entries).find((key) => key.toLowerCase() === name.toLowerCase());
}

export const lowerCase = (key: string): string => key.toLowerCase();
export const upperCase = (key: string): string => key.toUpperCase();
export const asItIs = (key: string): string => key;
