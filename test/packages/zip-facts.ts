import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { pieceSize as realPieceSize, type PackageSource, type ZipEntry, type ZipPlan } from '../../src/packages';
import { readZipBlock } from '../../src/packages/zip-blocks';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The facts of bytes, with pieces of any size. */
export function entryOf(name: string, bytes: Uint8Array, pieceSize = realPieceSize): ZipEntry {
  const count = Math.ceil(bytes.length / pieceSize);
  const pieces = Array.from({ length: count }, (_, index) =>
    sha256(bytes.subarray(index * pieceSize, (index + 1) * pieceSize)),
  );
  return { name, size: bytes.length, crc32: crc32(bytes), sha256: sha256(bytes), pieceSize, pieces };
}

/** The ZIP, made of all blocks from `first` on. */
export async function zipOf(plan: ZipPlan, sources: readonly PackageSource[], first = 0): Promise<Buffer> {
  const blocks: Uint8Array[] = [];
  for (const block of plan.blocks.slice(first)) blocks.push(Uint8Array.from(await readZipBlock(block, sources)));
  return Buffer.concat(blocks);
}
