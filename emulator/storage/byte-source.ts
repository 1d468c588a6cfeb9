import type { Readable } from 'node:stream';

/** Bytes that can be read in ranges without having them all in memory. */
export interface ByteSource {
  readonly size: number;
  /** The bytes from `start` up to, not including, `end`. */
  readonly stream: (start: number, end: number) => Readable;
}

/** A part of another source. */
export function slice(source: ByteSource, start: number, size: number): ByteSource {
  return { size, stream: (from, to) => source.stream(start + from, start + to) };
}
