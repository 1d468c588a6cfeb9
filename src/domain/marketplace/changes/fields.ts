import type { FaultCode } from '../../fault-catalogue';
import { asObject, isObject, withMember } from '../../json-value';
import { spelled } from '../../spelling';
import { below, refuse } from './place';
import type { Place } from './place';
import { anything, list, ownMember, sameShown } from './rule';
import type { Rule } from './rule';

/** Why a member that people may write is not taken. */
export interface Untaken {
  readonly code: FaultCode;
  readonly message: string;
}

export type Rules = Readonly<Record<string, Rule>>;
export type Reasons = Readonly<Record<string, Untaken>>;

/**
 * Members of an object, each by its own rule. Those without one are taken where the object has them, since they came
 * from the API; what it does not have is a fault.
 */
export function fields(rules: Rules, untaken: Reasons = {}): Rule {
  return (stored, patch, at) => {
    if (patch === null) {
      refuse(at, 'not-clearable', 'Name the members to clear instead of the whole object.');
      return stored;
    }
    return Object.entries(asObject(patch)).reduce<unknown>((before, [name, one]) => {
      if (one === undefined) return before;
      const there = below(at, name);
      const rule = Object.hasOwn(rules, name)
        ? rules[name]
        : unruled(before, name, Object.keys(rules), { untaken, at: there });
      return rule === undefined ? before : withMember(before, name, rule(ownMember(before, name), one, there));
    }, stored);
  };
}

interface Untakens {
  readonly untaken: Reasons;
  readonly at: Place;
}

/** The rule of a member that has none of its own. */
function unruled(stored: unknown, name: string, known: readonly string[], { untaken, at }: Untakens): Rule | undefined {
  const reason = Object.hasOwn(untaken, name) ? untaken[name] : undefined;
  if (reason === undefined && Object.hasOwn(asObject(stored), name)) return anything;
  if (reason === undefined) refuseUnknown(name, [...known, ...Object.keys(asObject(stored))], at);
  else refuse(at, reason.code, reason.message);
  return undefined;
}

/** A name that is none of those that something may have. */
export function refuseUnknown(name: string, known: readonly string[], at: Place): void {
  const right = spelled(name, known);
  if (right !== undefined) {
    refuse(at, 'invalid-value', `Write it "${right}": case matters.`);
    return;
  }
  const message = `Nothing is known by the name "${name.slice(0, 100)}" here: compare the spelling, or leave it out.`;
  refuse(at, 'unknown-member', message);
}

interface KeyedRule {
  readonly item: Rule;
  /** As the API writes a key; keys are compared without case. */
  readonly written?: (key: string) => string;
  /** What is wrong with a key that is not there yet. */
  readonly checkKey?: (key: string, at: Place) => void;
  /** The member that an entry stands for, where it is written without one. */
  readonly value?: string;
}

/** Entries by key: `null` takes one out, or all, and one that is not there is made. */
export function keyed({ item, written = (key) => key, checkKey, value }: KeyedRule): Rule {
  const entry: Rule = value === undefined ? item : standingFor(value, item);
  return (stored, patch, at) => {
    if (patch === null) return isEmpty(stored) ? stored : {};
    if (Array.isArray(stored) || Array.isArray(patch)) return wholeList(stored, patch, at);
    return Object.entries(asObject(patch)).reduce<unknown>((before, [name, one]) => {
      if (one === undefined) return before;
      const there = keyOf(asObject(before), name);
      if (one === null) return withMember(before, there ?? name, undefined);
      const key = there ?? written(name);
      if (there === undefined) checkKey?.(key, below(at, name));
      return withMember(before, key, entry(ownMember(before, key), one, below(at, name)));
    }, stored);
  };
}

function isEmpty(stored: unknown): boolean {
  return Object.keys(stored ?? {}).length === 0;
}

/** Where the things have no key of their own, an export shows a list. */
function wholeList(stored: unknown, patch: unknown, at: Place): unknown {
  if (Array.isArray(stored) === Array.isArray(patch) || (isEmpty(stored) && isEmpty(patch))) {
    return list(stored, patch, at);
  }
  const message = Array.isArray(stored)
    ? 'Two of those that are there have the same key: send the whole list, as an export shows it.'
    : 'Send an object, as an export shows it.';
  refuse(at, 'wrong-type', message);
  return stored;
}

/** An entry that may have members besides the one that mostly stands for it. */
function standingFor(name: string, item: Rule): Rule {
  return (stored, patch, at) => {
    if (isObject(patch)) return anything(stored, patch, at);
    if (!isObject(stored)) return item(stored, patch, at);
    return withMember(stored, name, item(stored[name], patch, at));
  };
}

/** The key that is there, however it is written. */
function keyOf(entries: object, name: string): string | undefined {
  if (Object.hasOwn(entries, name)) return name;
  return Object.keys(entries).find((key) => key.toLowerCase() === name.toLowerCase());
}

/** Lists by key, where both keys and entries are of a table; what is there may be another. */
export function leveled(
  table: ReadonlyMap<string, readonly string[]>,
  entries: (known: readonly string[] | undefined) => Rule,
): Rule {
  return (stored, patch, at) => {
    if (patch === null) return isEmpty(stored) ? stored : {};
    return Object.entries(asObject(patch)).reduce<unknown>((before, [name, one]) => {
      if (one === undefined || one === null)
        return withMember(before, name, one === null ? undefined : ownMember(before, name));
      const old = ownMember(before, name);
      if (sameShown(old, one)) return before;
      const known = table.get(name);
      if (known === undefined && old === undefined) refuseKey(name, [...table.keys()], below(at, name));
      return withMember(before, name, entries(known)(old, one, below(at, name)));
    }, stored);
  };
}

/** A key that the table does not have. */
export function refuseKey(name: string, known: readonly string[], at: Place): void {
  const right = spelled(name, known);
  const hint =
    right === undefined ? 'Use a key of the tables that Microsoft publishes for its stores' : `Write it "${right}"`;
  refuse(at, 'invalid-value', `There is no "${name.slice(0, 100)}" here. ${hint}: case matters.`);
}
