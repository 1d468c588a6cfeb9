import type { Problems } from '../errors';
import type { Members } from '../model';

/**
 * What a member may hold: one of the named kinds, one of some literals (in any case), a list, an object, or an object
 * whose members have any name.
 */
export type Kind =
  | Scalar
  | readonly string[]
  | { readonly list: Kind }
  | { readonly members: Shape }
  | { readonly mapOf: Kind };

type Scalar = 'text' | 'guid' | 'flag' | 'looseFlag' | 'number' | 'any';

/** The members of an object, in the order and case of the wire. */
export interface Shape {
  readonly [name: string]: Kind;
}

/** What was wrong, and what becomes of members that the shape does not have. */
export interface Reading {
  readonly problems: Problems;
  readonly keepsUnknown: boolean;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * An object as the service keeps it: names in any case come in the case of the wire (B-R2, *observed*), null means absent
 * (*observed*), and what no source names is dropped (*assumed*, switch `unknownMembers`).
 */
export function readMembers(shape: Shape, value: Members, reading: Reading, place = ''): Members {
  const given = new Map(Object.entries(value).map(([name, member]) => [name.toLowerCase(), { name, member }]));
  const known = Object.entries(shape).flatMap(([name, kind]) => {
    const found = given.get(name.toLowerCase());
    given.delete(name.toLowerCase());
    if (found?.member === undefined || found.member === null) return [];
    return [[name, readValue(kind, found.member, reading, placeOf(place, name))] as const];
  });
  const unknown = [...given.values()].filter(({ member }) => reading.keepsUnknown && member !== null);
  return { ...Object.fromEntries(known), ...Object.fromEntries(unknown.map(({ name, member }) => [name, member])) };
}

function placeOf(place: string, name: string): string {
  return `${place === '' ? '' : `${place}.`}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function readValue(kind: Kind, value: unknown, reading: Reading, place: string): unknown {
  if (typeof kind === 'string') return readScalar(kind, value, reading, place);
  if (Array.isArray(kind)) return readLiteral(kind as readonly string[], value, reading, place);
  if ('list' in kind) {
    if (!Array.isArray(value)) return bad(reading, place);
    return value.map((item, index) => readValue(kind.list, item, reading, `${place}[${index}]`));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return bad(reading, place);
  // Neither null nor a list.
  const members = value as Members;
  // A list of literals was told from an object above; the compiler does not see it.
  const object = kind as { readonly members: Shape } | { readonly mapOf: Kind };
  if ('members' in object) return readMembers(object.members, members, reading, place);
  const { mapOf } = object;
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [name, readValue(mapOf, member, reading, `${place}.${name}`)]),
  );
}

const FITS: Readonly<Record<Scalar, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  guid: (value) => typeof value === 'string' && GUID.test(value),
  flag: (value) => typeof value === 'boolean',
  looseFlag: (value) => typeof value === 'boolean' || value === 'true' || value === 'false',
  number: (value) => typeof value === 'number',
  any: () => true,
};

function readScalar(kind: Scalar, value: unknown, reading: Reading, place: string): unknown {
  if (FITS[kind](value)) return value;
  // *Observed*: this text for every GUID that is none.
  return bad(reading, place, kind === 'guid' ? 'Enter a valid GUID' : undefined);
}

function readLiteral(literals: readonly string[], value: unknown, reading: Reading, place: string): unknown {
  const found = literals.find((literal) => typeof value === 'string' && literal.toLowerCase() === value.toLowerCase());
  return found ?? bad(reading, place);
}

/** *Observed* wording. */
function bad(reading: Reading, place: string, message?: string): undefined {
  (reading.problems[place] ??= []).push(message ?? `The field ${place} is invalid.`);
  return undefined;
}
