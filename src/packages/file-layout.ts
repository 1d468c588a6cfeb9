import { createHash } from 'node:crypto';
import { PackageError } from './package-error';
import { pieceSize, type PackageFacts } from './inspect';
import type { ZipBlock, ZipPlan } from './zip-layout';

/** What must be known of a file to send it as it is. */
export type FilePieces = Pick<PackageFacts, 'size' | 'sha256' | 'pieceSize' | 'pieces'>;

const maxBlocks = 50_000;

/**
 * Lays out a blob that is the file itself, for `uploadSlice`: each piece is a block, verified by its own hash when it is
 * read again. Pure and deterministic: two copies send the same blocks.
 *
 * Throws `package-too-large`: more than 50,000 pieces.
 */
export function planFile(file: FilePieces): ZipPlan {
  if (file.pieces.length > maxBlocks) {
    const message = `The file has ${file.size} bytes: more than one upload takes.`;
    throw new PackageError('package-too-large', message, { detail: { size: file.size } });
  }
  const hash = createHash('sha256').update(`file ${file.pieceSize} ${file.sha256}`).digest('hex');
  return { size: file.size, hash, blocks: file.pieces.map((sha256, index) => blockOf(file, sha256, { index, hash })) };
}

function blockOf(
  file: FilePieces,
  sha256: string,
  { index, hash }: { readonly index: number; readonly hash: string },
): ZipBlock {
  const offset = index * file.pieceSize;
  const length = Math.min(file.pieceSize, file.size - offset);
  const id = Buffer.from(`${String(index).padStart(5, '0')}-${hash.slice(0, 32)}`).toString('base64');
  return { id, offset, size: length, parts: [{ kind: 'piece', entry: 0, offset, length, sha256 }] };
}

/** The pieces of bytes that are in memory. */
export function piecesOf(bytes: Uint8Array): FilePieces {
  const count = Math.ceil(bytes.length / pieceSize);
  const pieces = Array.from({ length: count }, (_, index) =>
    hashOf(bytes.subarray(index * pieceSize, (index + 1) * pieceSize)),
  );
  return { size: bytes.length, sha256: hashOf(bytes), pieceSize, pieces };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
