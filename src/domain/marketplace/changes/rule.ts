import { canonicalJson } from '../../canonical-json';
import { asList, asObject, asText, isObject, plainText, withMember } from '../../json-value';
import type { Members } from '../../json-value';
import { spelled } from '../../spelling';
import { sorted } from '../forms';
import { below, refuse } from './place';
import type { Place } from './place';

/**
 * How one member of a content is changed by a patch: the member after it, the very same value where nothing changes,
 * `undefined` where it goes. What stands there already may always be sent again, so that every export is a patch that
 * changes nothing.
 */
export type Rule = (stored: unknown, patch: unknown, at: Place) => unknown;

/** A value as an export shows it: line breaks as people write them. */
export function shown(value: unknown): unknown {
  if (typeof value === 'string') return plainText(value);
  if (Array.isArray(value)) return value.map(shown);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shown(one)]));
}

/** Whether two values are the same in an export. */
export function sameShown(a: unknown, b: unknown): boolean {
  return canonicalJson(shown(a) ?? null) === canonicalJson(shown(b) ?? null);
}

/** The value that was asked for; the one that is there, where an export shows both alike. */
function settled(stored: unknown, wanted: unknown): unknown {
  if (sameShown(stored, wanted)) return stored;
  return typeof wanted === 'string' ? writtenText(stored, wanted) : wanted;
}

/** With the line breaks that the text had; a new one has those that it was sent with. */
function writtenText(stored: unknown, wanted: string): string {
  const plain = plainText(wanted);
  return asText(stored).includes('\r\n') ? plain.replaceAll('\n', '\r\n') : plain;
}

function refuseNull(stored: unknown, at: Place): unknown {
  refuse(at, 'not-clearable', 'The API has no empty value here: send one, or leave it out.');
  return stored;
}

/** A text; `null` empties it. */
export const text: Rule = (stored, patch) => {
  const wanted = asText(patch);
  return wanted === '' && asText(stored) === '' ? stored : settled(stored, wanted);
};

/** A text that must say something. */
export const requiredText: Rule = (stored, patch, at) => {
  if (patch === null) return refuseNull(stored, at);
  if (asText(patch).trim() === '' && !sameShown(stored, patch))
    refuse(at, 'too-short', 'The text is empty: write something.');
  return settled(stored, patch);
};

/** A list, replaced whole, in order; `null` empties it. Texts that stay keep their line breaks. */
export const list: Rule = (stored, patch) => {
  const wanted = asList(patch);
  if (wanted.length === 0) return asList(stored).length === 0 ? stored : [];
  const before = asList(stored);
  return settled(
    stored,
    wanted.map((one) => before.find((old) => sameShown(old, one)) ?? one),
  );
};

/** A list without an order, replaced whole. */
export function set(check?: (entry: unknown, at: Place) => void): Rule {
  return (stored, patch, at) => {
    const before = asList(stored);
    asList(patch).forEach((entry, index) => {
      if (!before.some((old) => sameShown(old, entry))) check?.(entry, below(at, index));
    });
    const wanted = Array.isArray(patch) ? sorted(patch) : patch;
    return sameShown(sorted(before), wanted ?? []) ? stored : list(stored, wanted, at);
  };
}

/** Something that the API always has. */
export const flag: Rule = (stored, patch, at) => (patch === null ? refuseNull(stored, at) : settled(stored, patch));

/** Something that may be missing; `null` takes it out. */
export const optional: Rule = (stored, patch) => (patch === null ? undefined : settled(stored, patch));

/** What must not be below nothing; `null` takes it out. */
export const amount: Rule = (stored, patch, at) => {
  if (typeof patch === 'number' && patch < 0 && patch !== stored) refuse(at, 'out-of-range', 'At least 0 is needed.');
  return optional(stored, patch, at);
};

/** A value of the API's own; what is there may be another. */
export function word(words: readonly string[]): Rule {
  return (stored, patch, at) => {
    if (patch === null) return refuseNull(stored, at);
    if (!words.includes(asText(patch)) && !sameShown(stored, patch)) refuseWord(asText(patch), words, at);
    return settled(stored, patch);
  };
}

function refuseWord(one: string, words: readonly string[], at: Place): void {
  const right = spelled(one, words);
  refuse(
    at,
    'invalid-value',
    right === undefined ? `Send ${words.join(' or ')}.` : `Write it "${right}": case matters.`,
  );
}

/** A text of a form. */
export function formed(isFormed: (one: string) => boolean, message: string): Rule {
  return (stored, patch, at) => {
    const isNew = asText(patch) !== '' && !sameShown(stored, patch);
    if (isNew && !isFormed(asText(patch))) refuse(at, 'invalid-format', message);
    return text(stored, patch, at);
  };
}

/** Something that is set once, when it is made. */
export const fixed: Rule = (stored, patch, at) => {
  if (!sameShown(stored, patch)) refuse(at, 'read-only-member', 'It is what it was made as: leave it out.');
  return stored;
};

/** What the rules know nothing of: a merge patch, told by what is there. */
export const anything: Rule = (stored, patch, at) => {
  if (patch === null) {
    if (typeof stored === 'string') return text(stored, patch, at);
    return Array.isArray(stored) ? list(stored, patch, at) : refuseNull(stored, at);
  }
  if (Array.isArray(patch)) return list(stored, patch, at);
  return isObject(patch) ? mergePatch(stored, patch) : settled(stored, patch);
};

/** RFC 7396, with what is unchanged left the very same. */
function mergePatch(stored: unknown, patch: Members): unknown {
  const start: unknown = isObject(stored) ? stored : {};
  return Object.entries(patch).reduce<unknown>((before, [name, one]) => {
    if (one === undefined) return before;
    if (one === null) return withMember(before, name, undefined);
    const old = ownMember(before, name);
    return withMember(before, name, isObject(one) ? mergePatch(old, one) : settled(old, one));
  }, start);
}

export function ownMember(members: unknown, name: string): unknown {
  const object = asObject(members);
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
