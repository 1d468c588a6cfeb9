import { isObject, valueAt, withMember } from '../json-value';
import { jsonPointer } from '../json-pointer';
import { cutUrlQueries } from '../url-queries';
import { isGoodReference } from './leaves';

/** A place where a document names a thing by its address, or a secret: what comes back may be something else. */
export interface AskedMember {
  readonly kind: 'address' | 'secret';
  readonly path: readonly PropertyKey[];
  /** Below `changes`. */
  readonly pointer: string;
  /** The address without its query; the name of the secret. */
  readonly asked: string;
  /** The address with its query: only for a request that is sent at once. */
  readonly whole: string;
}

/** The places of a document's changes that name an address or a secret. */
export function askedMembers(changes: unknown): readonly AskedMember[] {
  const members: AskedMember[] = [];
  mapAsked(changes, changes, (member, value) => {
    members.push(member);
    return value;
  });
  return members;
}

/**
 * A document in the form of `changes`, with another value in each place that the changes name an address or a secret in;
 * `undefined` takes the member out. Lists of another length are left alone.
 */
export function mapAsked(
  document: unknown,
  changes: unknown,
  change: (member: AskedMember, value: unknown) => unknown,
): unknown {
  return mapped(document, changes, { path: [], change });
}

interface Walk {
  readonly path: readonly PropertyKey[];
  readonly change: (member: AskedMember, value: unknown) => unknown;
}

function mapped(value: unknown, asked: unknown, { path, change }: Walk): unknown {
  const member = memberAt(asked, path);
  if (member !== undefined) return change(member, value);
  if (Array.isArray(asked) && Array.isArray(value) && asked.length === value.length) {
    return value.map((one, index) => mapped(one, asked[index], { path: [...path, index], change }));
  }
  if (!isObject(asked) || !isObject(value)) return value;
  return Object.entries(asked).reduce<unknown>((before, [name, one]) => {
    const after = mapped(valueAt(value, [name]), one, { path: [...path, name], change });
    return withMember(before, name, after);
  }, value);
}

function memberAt(asked: unknown, path: readonly PropertyKey[]): AskedMember | undefined {
  const at = { path, pointer: jsonPointer(path) };
  if (isGoodReference(asked)) {
    // Cast: that is the form of a good reference.
    const { $secret: name } = asked as { readonly $secret: string };
    return { kind: 'secret', ...at, asked: name, whole: name };
  }
  if (typeof asked !== 'string' || !/^https?:\/\/\S+$/i.test(asked)) return undefined;
  return { kind: 'address', ...at, asked: cutUrlQueries(asked).document, whole: asked };
}

/** Members that the service downloads what lies behind the address of. */
const fileMember = /(?:logo|vhdurl|screenshots?|spreadsheetpricing|usermanual)$/i;

/** Whether a place names a file, not a page that people are led to. */
export function isFile({ kind, path }: AskedMember): boolean {
  return kind === 'address' && path.some((name) => typeof name === 'string' && fileMember.test(name));
}
