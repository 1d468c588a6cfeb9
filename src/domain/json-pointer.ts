/** A JSON pointer (RFC 6901) to a place in a document: `['a', 0]` is `/a/0`, the whole document is the empty text. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
