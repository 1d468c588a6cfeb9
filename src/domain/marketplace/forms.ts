import { canonicalJson } from '../canonical-json';
import { asList, asObject, isObject } from '../json-value';
import type { Members } from '../json-value';

/** How a value of the API stands in the content, and the way back. */
export interface Form {
  /** In its normal form. */
  toContent(this: void, wire: unknown): unknown;
  /** As the API has it; `read` is what it had before, whose order and spelling stay. */
  toWire(this: void, content: unknown, read: unknown): unknown;
}

const asItIs: Form = { toContent: (wire) => wire, toWire: (content) => content };

/** A list whose order means nothing. */
export const set: Form = {
  toContent: (wire) => (Array.isArray(wire) ? sorted(wire) : wire),
  toWire: (content, read) => {
    if (!Array.isArray(content)) return content;
    const entries: readonly unknown[] = content;
    const wanted = new Set(entries.map(named));
    const there = asList(read).filter((one) => wanted.has(named(one)));
    const old = new Set(there.map(named));
    return [...there, ...entries.filter((one) => !old.has(named(one)))];
  },
};

function named(value: unknown): string {
  return canonicalJson(value ?? null);
}

/** The normal form of a list whose order means nothing: each entry once, in the order of their texts. */
export function sorted(list: readonly unknown[]): readonly unknown[] {
  const byName = new Map(list.map((one) => [named(one), one]));
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** An object whose members have forms of their own; the others stay as they are. */
export function fields(members: Readonly<Record<string, Form>>): Form {
  const formOf = (name: string): Form => (Object.hasOwn(members, name) ? members[name] : undefined) ?? asItIs;
  return each(formOf);
}

/** An object whose members all have the same form. */
export function record(form: Form): Form {
  return each(() => form);
}

function each(formOf: (name: string) => Form): Form {
  return {
    toContent: (wire) => (isObject(wire) ? mapped(wire, (one, name) => formOf(name).toContent(one)) : wire),
    toWire: (content, read) =>
      isObject(content)
        ? mapped(content, (one, name) => formOf(name).toWire(one, memberOf(asObject(read), name)))
        : content,
  };
}

function mapped(members: Members, change: (value: unknown, name: string) => unknown): Members {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, change(value, name)]));
}

function memberOf(members: Members, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

interface KeyedRule {
  /** The member that tells the things apart; the API spells some in two ways. */
  readonly key: string;
  /** Where things have one member besides the key, it stands for them. */
  readonly value?: string;
  readonly item?: Form;
  /** The normal form of a key; keys are compared without case where this is not the identity. */
  readonly normal?: (key: string) => string;
}

/**
 * A list of things that have a key: an object by that key in the content. A list where a key is missing, or there
 * twice, stays a list.
 */
export function keyed({ key, value, item = asItIs, normal = (one) => one }: KeyedRule): Form {
  const keyOf = (thing: unknown): string | undefined => {
    const found = spelledMember(thing, key);
    const text = found === undefined ? undefined : asObject(thing)[found];
    return typeof text === 'string' ? normal(text) : undefined;
  };
  return {
    toContent: (wire) => {
      if (!Array.isArray(wire)) return wire;
      const things: readonly unknown[] = wire;
      const keys = things.map(keyOf);
      const isKeyed =
        keys.every((one) => one !== undefined && one !== '__proto__') && new Set(keys).size === keys.length;
      if (!isKeyed) return things;
      const entries = things.map((thing) => [keyOf(thing), entryOf(asObject(thing), key, value, item)] as const);
      // Each has a key, as was seen.
      return Object.fromEntries(entries) as Members;
    },
    toWire: (content, read) => {
      if (!isObject(content)) return content;
      const before = asList(read);
      const old = new Map(before.map((thing) => [keyOf(thing), asObject(thing)]));
      const known = [...old.keys()].filter((name) => name !== undefined && Object.hasOwn(content, name));
      const fresh = Object.keys(content).filter((name) => !old.has(name));
      return [...known, ...fresh].map((name = '') =>
        thingOf(name, content[name], old.get(name) ?? {}, { key, item, ...(value === undefined ? {} : { value }) }),
      );
    },
  };
}

function entryOf(thing: Members, key: string, value: string | undefined, item: Form): unknown {
  const { [spelledMember(thing, key) ?? key]: _key, ...rest } = thing;
  const only = value === undefined ? undefined : spelledMember(rest, value);
  const standsFor = only !== undefined && Object.keys(rest).length === 1 && !isObject(rest[only]);
  return item.toContent(standsFor ? rest[only] : rest);
}

function thingOf(
  name: string,
  entry: unknown,
  read: Members,
  { key, value = 'value', item }: Required<Pick<KeyedRule, 'key' | 'item'>> & { readonly value?: string },
): Members {
  const keyMember = spelledMember(read, key) ?? key;
  const { [keyMember]: readKey = name, ...rest } = read;
  if (isObject(entry)) return { [keyMember]: readKey, ...asObject(item.toWire(entry, rest)) };
  const valueMember = spelledMember(rest, value) ?? value;
  return { [keyMember]: readKey, [valueMember]: item.toWire(entry, rest[valueMember]) };
}

/** The name of a member as an object has it, compared without case. */
function spelledMember(thing: unknown, name: string): string | undefined {
  const names = Object.keys(asObject(thing));
  return names.includes(name) ? name : names.find((one) => one.toLowerCase() === name.toLowerCase());
}
