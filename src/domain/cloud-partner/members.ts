import { canonicalJson } from '../canonical-json';
import { asList, asObject, isObject, withMember } from '../json-value';
import type { Members } from '../json-value';
import { exportedMember } from './exported';
import { isImages, repetitions } from './keys';
import type { KeyKind, Keys } from './keys';
import { isGoodReference, isSecretReference } from './leaves';
import { mergedMember } from './merge';
import { below, refuse } from './place';
import type { Place } from './place';
import { checkValue } from './values';

/** Applies a patch to the flat keys of an offer or of a plan. */
export function patchedMembers(stored: Members, patch: Members, keys: Keys, at: Place): Members {
  return Object.entries(patch).reduce((members, [name, value]) => {
    const there = below(at, name);
    if (value === undefined || !mayBeNamed(name, stored, keys, there)) return members;
    return patchedMember(members, { name, value, kind: Object.hasOwn(keys, name) ? keys[name] : undefined }, there);
  }, stored);
}

interface Patch {
  readonly name: string;
  readonly value: unknown;
  readonly kind: KeyKind | undefined;
}

function patchedMember(members: Members, { name, value, kind }: Patch, at: Place): Members {
  checkReferences(value, kind, at);
  if (value === null) return cleared(members, name, kind, at);
  if (isWrong(kind, value)) {
    refuse(at, 'wrong-type', `It must be ${expected[kind ?? 'any'] ?? 'something else'}.`);
    return members;
  }
  const after = mergedMember(members, name, value);
  if (after === members) return members;
  if (!equal(exportedMember(name, members[name]), value)) checkValue(name, value, at);
  checkImages(name, members[name], after[name], at);
  return withoutRepetition(after, name);
}

/** Refuses what is read-only, and what is probably a known name in another spelling. */
function mayBeNamed(name: string, stored: Members, keys: Keys, at: Place): boolean {
  const repeated = Object.hasOwn(repetitions, name) ? repetitions[name] : undefined;
  if (repeated !== undefined) {
    refuse(at, 'read-only-member', `The service derives it: say "${repeated}".`);
    return false;
  }
  if (Object.hasOwn(keys, name) || Object.hasOwn(stored, name)) return true;
  const known = [...Object.keys(keys), ...Object.keys(stored)];
  const right = known.find((one) => isVariant(one, name));
  if (right === undefined) return true;
  refuse(at, 'unknown-member', `Write it "${right}": case and prefix matter.`);
  return false;
}

/** The same but for case, or without its prefix. */
function isVariant(known: string, name: string): boolean {
  const [full, short] = [known.toLowerCase(), known.slice(known.indexOf('.') + 1).toLowerCase()];
  return full === name.toLowerCase() || short === name.toLowerCase();
}

const empty: Partial<Record<KeyKind, unknown>> = { text: '', list: [], object: {}, nullable: null };

function cleared(members: Members, name: string, kind: KeyKind | undefined, at: Place): Members {
  if (kind === 'flag' || kind === 'value') {
    refuse(at, 'not-clearable', 'The API has no empty value here: send one, or leave it out.');
    return members;
  }
  checkImages(name, members[name], undefined, at);
  const stored = members[name];
  if (kind === undefined || kind === 'any') return mergedMember(members, name, null);
  return stored === undefined || stored === null || equal(stored, empty[kind])
    ? members
    : asObject(withMember(members, name, empty[kind]));
}

const expected: Partial<Record<KeyKind, string>> = {
  text: 'a text',
  list: 'a list: it is replaced whole',
  object: 'an object',
  flag: 'true or false',
};

function isWrong(kind: KeyKind | undefined, value: unknown): boolean {
  if (isSecretReference(value)) return false;
  switch (kind) {
    case 'text':
      return typeof value !== 'string';
    case 'list':
      return !Array.isArray(value);
    case 'object':
      return !isObject(value);
    case 'flag':
      return typeof value !== 'boolean';
    default:
      return false;
  }
}

/** A reference to a secret stands for a text: here, or anywhere below. */
function checkReferences(value: unknown, kind: KeyKind | undefined, at: Place): void {
  if (isSecretReference(value)) {
    if (!isGoodReference(value)) {
      refuse(at, 'invalid-format', 'Write it as {"$secret": "name-of-the-secret"} and nothing else.');
    } else if (kind !== undefined && kind !== 'text' && kind !== 'any') {
      refuse(at, 'wrong-type', 'A secret stands for a text, and here is none.');
    }
    return;
  }
  if (Array.isArray(value)) value.forEach((one, index) => checkReferences(one, undefined, below(at, index)));
  if (!isObject(value)) return;
  for (const [name, one] of Object.entries(value)) checkReferences(one, undefined, below(at, name));
}

/** The service refuses a plan whose last image is taken out. */
function checkImages(name: string, before: unknown, after: unknown, at: Place): void {
  if (isImages(name)) {
    const had = Object.keys(asObject(before)).length > 0;
    if (had && Object.keys(asObject(after)).length === 0) {
      refuse(at, 'too-short', 'The last image of a plan cannot be taken out: add the new one, or remove the plan.');
    }
    return;
  }
  if (name !== 'diskGenerations') return;
  asList(after).forEach((generation, index) => {
    const { planId } = asObject(generation);
    const old = asObject(asList(before).find((one) => asObject(one)['planId'] === planId));
    for (const images of Object.keys(old).filter(isImages)) {
      checkImages(images, old[images], asObject(generation)[images], below(at, index, images));
    }
  });
}

/** What an answer repeats of a member goes with the change of that member. */
export function withoutRepetition(members: Members, name: string): Members {
  return Object.entries(repetitions)
    .filter(([, repeated]) => repeated === name)
    .reduce((kept, [repetition]) => asObject(withMember(kept, repetition, undefined)), members);
}

function equal(one: unknown, other: unknown): boolean {
  return canonicalJson([one]) === canonicalJson([other]);
}
