import { asList, asObject, asText, isObject, plainText, withMember } from '../../json-value';
import { below, refuse } from './place';
import type { Place } from './place';

/**
 * How one member of a submission is shown in an export and changed by a patch: both ways in one place. What no shape
 * knows is carried along untouched and shown nowhere, so that every export is a patch that changes nothing.
 */
export interface Shape {
  /** What an export shows; `undefined` = nothing. */
  exported(this: void, stored: unknown): unknown;
  /** The member after a patch; the very same value where nothing changes, `undefined` where it goes. */
  patched(this: void, stored: unknown, patch: unknown, at: Place): unknown;
}

/** As the API writes it; a text that differs in nothing else stays as it is. */
export function writtenText(stored: unknown, text: string): string {
  if (typeof stored === 'string' && plainText(stored) === plainText(text)) return stored;
  return plainText(text).replaceAll('\n', '\r\n');
}

/** A text; `null` empties it. */
export const text: Shape = {
  exported: (stored) => (typeof stored === 'string' ? plainText(stored) : undefined),
  patched: (stored, patch) => {
    const wanted = asText(patch);
    return wanted === '' && asText(stored) === '' ? stored : writtenText(stored, wanted);
  },
};

/** A list of texts, replaced whole; `null` empties it. */
export const texts: Shape = {
  exported: (stored) => (Array.isArray(stored) ? stored.map((entry) => plainText(asText(entry))) : undefined),
  patched: (stored, patch) => {
    const before = asList(stored);
    const after = asList(patch).map((entry, index) => writtenText(before[index], asText(entry)));
    return sameTexts(before, after) ? stored : after;
  },
};

function sameTexts(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length === after.length && before.every((entry, index) => entry === after[index]);
}

/** A list of words that the API knows, replaced whole. */
export function wordList(words: readonly string[]): Shape {
  const known = (stored: unknown): boolean => asList(stored).every((word) => words.includes(asText(word)));
  return { ...texts, exported: (stored) => (known(stored) ? texts.exported(stored) : undefined) };
}

/** A value that the API has no empty one for. */
function value(isKnown: (stored: unknown) => boolean): Shape {
  return {
    exported: (stored) => (isKnown(stored) ? stored : undefined),
    patched: (stored, patch, at) => {
      if (patch !== null) return patch;
      refuse(at, 'not-clearable', 'The API has no empty value here: send one, or leave it out.');
      return stored;
    },
  };
}

export const flag = value((stored) => typeof stored === 'boolean');

export function word(words: readonly string[]): Shape {
  return value((stored) => words.includes(asText(stored)));
}

export function wordOf(form: RegExp): Shape {
  return value((stored) => form.test(asText(stored)));
}

/** A number that may be missing; `null` takes it out. */
export const count: Shape = {
  exported: (stored) => (typeof stored === 'number' ? stored : undefined),
  patched: (_stored, patch) => patch ?? undefined,
};

const noDate = '1601-01-01T00:00:00.0000000Z';

/** A point in time; the API has a year for "not set". */
export const date: Shape = {
  exported: (stored) => (isSet(stored) ? stored : undefined),
  patched: (stored, patch) => {
    if (!isSet(patch)) return isSet(stored) ? noDate : stored;
    const time = Date.parse(asText(patch));
    return Date.parse(asText(stored)) === time ? stored : new Date(time).toISOString().replace('Z', '0000Z');
  },
};

function isSet(stored: unknown): boolean {
  return !Number.isNaN(Date.parse(asText(stored))) && !asText(stored).startsWith('1601-');
}

/** Members of an object, each with its own shape. */
export function object(members: Readonly<Record<string, Shape>>): Shape {
  return {
    exported: (stored) => {
      if (!isObject(stored)) return undefined;
      const shown = Object.entries(members).map(([name, shape]) => [name, shape.exported(stored[name])] as const);
      return Object.fromEntries(shown.filter(([, one]) => one !== undefined));
    },
    patched: (stored, patch, at) => {
      if (patch === null) refuse(at, 'not-clearable', 'Name the members to clear instead of the whole object.');
      return Object.entries(asObject(patch)).reduce<unknown>((before, [name, one]) => {
        const shape = Object.hasOwn(members, name) ? members[name] : undefined;
        if (shape === undefined || one === undefined) return before;
        const old = asObject(before)[name];
        return withMember(before, name, shape.patched(old, one, below(at, name)));
      }, stored);
    },
  };
}
