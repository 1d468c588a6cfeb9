/**
 * JSON with the members of every object in the order of their names and no white space: equal documents give equal
 * texts. Members that are `undefined` are left out, as JSON does.
 *
 * @param value JSON-serialisable; throws a `TypeError` for anything else that JSON cannot hold at its top
 */
export function canonicalJson(value: unknown): string {
  const text = JSON.stringify(value, (_name, member: unknown) => sorted(member));
  // `JSON.stringify` answers undefined for undefined and functions, which its type does not say.
  if (typeof text !== 'string') throw new TypeError('not a JSON value');
  return text;
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  // A name such as "7" comes first in every object whatever the order of insertion: the same for equal documents.
  return Object.fromEntries(entries);
}
