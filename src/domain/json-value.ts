/** What a JSON object of a foreign API or of a request holds. */
export type Members = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asObject(value: unknown): Members {
  return isObject(value) ? value : {};
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** As people write it. */
export function plainText(text: string): string {
  return text.replace(/\r\n|\r/g, '\n');
}

/** The object with one member set, or taken out where it is `undefined`; the very same one where nothing changes. */
export function withMember(before: unknown, name: string, after: unknown): unknown {
  const members = asObject(before);
  if (members[name] === after) return before;
  if (after !== undefined) return { ...members, [name]: after };
  const { [name]: _gone, ...rest } = members;
  return rest;
}

/** What is at a place; `undefined` = nothing. */
export function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    // Cast: an own member of an object or a list.
    return (value as Readonly<Record<PropertyKey, unknown>>)[name];
  }, document);
}
