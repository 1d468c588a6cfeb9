import type { z } from 'zod';
import type { FaultCode } from '../domain/fault-catalogue';
import type { Fault } from '../domain/release';
import { spelled } from '../domain/store/words';
import { jsonPointer } from './json-pointer';
import { faultCodeOf } from './rule';
import type { Json } from './strict-json';
import { isUntakenValue, untakenMember } from './untaken-members';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** More are of no use to anybody. */
export const maxFaults = 100;

/** The faults of a value: every issue of a schema with its pointer, a stable code, and what to do about it. */
export function faultsOf(issues: readonly Issue[], value: Json): Fault[] {
  return issues.flatMap((issue) => faultsOfIssue(issue, issue.path, value));
}

function faultsOfIssue(issue: Issue, path: Path, root: Json): Fault[] {
  const at = (code: FaultCode, message: string): Fault[] => [{ pointer: jsonPointer(path), code, message }];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((name) => unrecognized(path, name));
    case 'invalid_union':
      return ofUnion(issue, path, root);
    case 'invalid_value':
      return at(...unlisted(issue.values, path, root));
    case 'invalid_type':
      return at(...mistyped(issue.expected, path, root));
    case 'too_big':
      return at(...tooBig(issue));
    case 'too_small':
      return at(...tooSmall(issue));
    case 'custom':
      return at(faultCodeOf(issue) ?? 'invalid-value', issue.message);
    default:
      return at('invalid-format', issue.message);
  }
}

function unrecognized(path: Path, name: string): Fault {
  const known = untakenMember(path, name);
  const shown = name.slice(0, 100);
  return {
    pointer: jsonPointer([...path, name]),
    code: known?.code ?? 'unknown-member',
    message: known?.message ?? `Nothing is known by the name "${shown}" here: compare the spelling, or leave it out.`,
  };
}

type Found = readonly [FaultCode, string];

function unlisted(values: readonly unknown[], path: Path, root: Json): Found {
  const value = valueAt(root, path);
  if (value === undefined) return ['missing-member', `Add "${String(path.at(-1))}".`];
  if (isUntakenValue(path, value)) return untakenValue(value);
  if (value === null) return ['not-clearable', 'Send one of its values instead of null, which means nothing here.'];
  const right = typeof value === 'string' ? spelled(value, values) : undefined;
  if (right !== undefined) return ['invalid-value', `Write it "${right}": case matters.`];
  const shown = values.slice(0, mostShown).map((one) => JSON.stringify(one));
  const more = values.length > mostShown ? ['one of those that GET /schemas/release.json lists'] : [];
  return ['invalid-value', `Send ${[...shown, ...more].join(' or ')}.`];
}

/** The forms that are told apart by their kind. */
const targetKinds = ['store-app', 'store-flight', 'store-add-on'];

/** More words than this are looked up, not read. */
const mostShown = 12;

function untakenValue(value: Json): Found {
  return ['not-supported', `This version does not do ${JSON.stringify(value)} here yet.`];
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function mistyped(expected: string, path: Path, root: Json): Found {
  const value = valueAt(root, path);
  if (value === undefined) return ['missing-member', `Add "${String(path.at(-1))}".`];
  const wanted = typeNames[expected] ?? expected;
  if (isUntakenValue(path, value)) return untakenValue(value);
  if (value === null) return ['not-clearable', `Send ${wanted} instead of null, which means nothing here.`];
  return ['wrong-type', `Send ${wanted} instead of ${typeNames[typeOf(value)] ?? 'this'}.`];
}

function typeOf(value: Json): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

function tooBig({ origin, maximum }: z.core.$ZodIssueTooBig): Found {
  if (origin === 'string') return ['too-long', `At most ${maximum} characters are allowed.`];
  if (origin === 'array') return ['too-long', `At most ${maximum} entries are allowed.`];
  return ['out-of-range', `At most ${maximum} is allowed.`];
}

function tooSmall({ origin, minimum }: z.core.$ZodIssueTooSmall): Found {
  if (origin === 'string') return ['too-short', 'The text is empty: write something, or leave it out.'];
  if (origin === 'array') return ['too-short', `At least ${minimum} entries are needed.`];
  return ['out-of-range', `At least ${minimum} is needed.`];
}

/** A union here is told apart by the one member that each form has: what is meant is the form that fits best. */
function ofUnion(issue: z.core.$ZodIssueInvalidUnion, path: Path, root: Json): Fault[] {
  // No form has this kind: the path ends at the member that tells the forms apart.
  if (issue.errors.length === 0) {
    const [code, message] = unlisted(targetKinds, path, root);
    return [{ pointer: jsonPointer(path), code, message }];
  }
  const branches = issue.errors.map((branch) =>
    branch.flatMap((nested) => faultsOfIssue(nested, [...path, ...nested.path], root)),
  );
  // A form of another type than the value is not meant, however many faults the others have.
  const isOther = (branch: Fault[]): number =>
    Number(branch.some(({ pointer, code }) => code === 'wrong-type' && pointer === jsonPointer(path)));
  const [best = [], next] = branches.toSorted((a, b) => isOther(a) - isOther(b) || a.length - b.length);
  const known = best.filter((one) => one.code !== 'missing-member' && one.code !== 'unknown-member');
  if (known.length > 0) return known;
  // One form is clearly meant: then what it lacks is told.
  if (next !== undefined && best.length < next.length) return best;
  return [
    {
      pointer: jsonPointer(path),
      code: 'invalid-value',
      message: 'Give exactly one of "upload", "url" and "release", and nothing besides.',
    },
  ];
}

function valueAt(root: Json, path: Path): Json | undefined {
  let value: Json | undefined = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    // An own member of a JSON value is a JSON value.
    value = (value as Readonly<Record<PropertyKey, Json>>)[part];
  }
  return value;
}
