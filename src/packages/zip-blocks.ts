import { createHash } from 'node:crypto';
import type { PackageSource } from './source';
import { changed } from './source';
import type { ZipBlock, ZipPart } from './zip-layout';

/**
 * The bytes of a block: literals from the plan, pieces read again from their sources and compared with their SHA-256.
 * `sources` are in the order of the plan's entries.
 * Throws `package-changed` when a piece is not the one that was inspected, and what the sources throw.
 */
export async function readZipBlock(
  block: ZipBlock,
  sources: readonly PackageSource[],
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const [only, ...more] = block.parts;
  if (only && more.length === 0) return readPart(only, sources, signal);
  const bytes = new Uint8Array(block.size);
  let at = 0;
  for (const part of block.parts) {
    const read = await readPart(part, sources, signal);
    bytes.set(read, at);
    at += read.length;
  }
  return bytes;
}

async function readPart(
  part: ZipPart,
  sources: readonly PackageSource[],
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  if (part.kind === 'literal') return part.bytes;
  const source = sources[part.entry];
  if (!source) throw new RangeError(`The plan has an entry ${part.entry}, but there is no source for it`);
  const what = `File ${part.entry + 1} of the upload`;
  if (part.offset + part.length > source.size) throw changed(what, 'size');
  const bytes = await source.read(part.offset, part.length, signal);
  if (createHash('sha256').update(bytes).digest('hex') !== part.sha256) throw changed(what, 'content');
  return bytes;
}
