/**
 * Puts a stream into one array of exactly `length` bytes, allocated once. `undefined` when the stream is shorter or
 * longer; a longer one is left there, not drained.
 */
export async function collect(stream: AsyncIterable<unknown>, length: number): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('A stream of bytes was expected');
    if (at + chunk.length > length) return undefined;
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return at === length ? bytes : undefined;
}
