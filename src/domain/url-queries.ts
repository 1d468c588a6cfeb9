/** The queries that were cut out of a document: JSON pointer → query, without its `?`. */
export type UrlQueries = Readonly<Record<string, string>>;

/** A document whose URLs have no queries, and what they were. */
export interface CutDocument<T> {
  readonly document: T;
  readonly queries: UrlQueries;
}

/** Without white space, or a text that merely begins with an address would lose what follows it. */
const urlWithQuery = /^(https?:\/\/[^?#\s]*)\?([^#\s]*)((?:#\S*)?)$/i;

/**
 * Takes the query off every text that is an `http` or `https` URL: it may hold a signature. The fragment stays.
 * `withUrlQueries` is the way back.
 */
export function cutUrlQueries<T>(document: T): CutDocument<T> {
  const queries: Record<string, string> = {};
  const cut = mapTexts(document, '', (text, pointer) => {
    const match = urlWithQuery.exec(text);
    if (match === null) return text;
    const [, address = '', query = '', fragment = ''] = match;
    queries[pointer] = query;
    return address + fragment;
  });
  // Texts become texts and all else stays: the type is the same.
  return { document: cut as T, queries };
}

/** The document with its queries in their places; pointers that lead nowhere are ignored. */
export function withUrlQueries<T>(document: T, queries: UrlQueries): T {
  const known = new Map(Object.entries(queries));
  const whole = mapTexts(document, '', (text, pointer) => {
    const query = known.get(pointer);
    if (query === undefined) return text;
    const hash = text.indexOf('#');
    return hash < 0 ? `${text}?${query}` : `${text.slice(0, hash)}?${query}${text.slice(hash)}`;
  });
  // As above.
  return whole as T;
}

function mapTexts(value: unknown, pointer: string, map: (text: string, pointer: string) => string): unknown {
  if (typeof value === 'string') return map(value, pointer);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => mapTexts(item, `${pointer}/${index}`, map));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, mapTexts(member, `${pointer}/${escaped(name)}`, map)]),
  );
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
