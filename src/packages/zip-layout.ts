import { createHash } from 'node:crypto';
import { PackageError } from './package-error';
import { centralHeader, endRecords, localHeader, type RecordedFile } from './zip-records';

/** A file that goes into the ZIP: its path there, and the facts of its inspection. */
export interface ZipEntry {
  /** Relative; `\` becomes `/`. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly crc32: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Bytes of each piece but the last. */
  readonly pieceSize: number;
  /** SHA-256 of each piece, lower-case hex. */
  readonly pieces: readonly string[];
}

/** Bytes of the ZIP: either these, or a whole piece of a file with the hash that it must have. */
export type ZipPart =
  | { readonly kind: 'literal'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'piece';
      readonly entry: number;
      readonly offset: number;
      readonly length: number;
      readonly sha256: string;
    };

/** A block of the upload blob. */
export interface ZipBlock {
  /** Base64, of one length for all blocks; the same for everyone who plans the same ZIP. */
  readonly id: string;
  /** Of its first byte in the ZIP. */
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
  readonly parts: readonly ZipPart[];
}

/** Every byte of a ZIP. Recomputed from the facts wherever it is needed, never stored. */
export interface ZipPlan {
  /** Bytes. */
  readonly size: number;
  /** SHA-256 (hex) of everything that the bytes and the blocks depend on. */
  readonly hash: string;
  readonly blocks: readonly ZipBlock[];
}

const maxBlocks = 50_000;
const usualBlock = 8 * 1024 * 1024;
const largestBlock = 64 * 1024 * 1024;

/**
 * Lays out a ZIP with the entries stored in their order. Pure and deterministic.
 *
 * A block is a run of whole parts, as many as fit into the block size (default 8 MiB, as the pieces of inspections): so each full piece of a file is a block of its own that is
 * verified by its own hash when it is read again, and headers, small files and last pieces share blocks. Where that
 * makes more than 50,000 blocks (beyond 390 GiB), blocks of two, four or eight pieces.
 *
 * Throws `archive-invalid`: no entry, bad or equal names (without case), facts that contradict themselves, too large.
 */
export function planZip(entries: readonly ZipEntry[], options: { readonly blockSize?: number } = {}): ZipPlan {
  const normal = entries.map((entry) => ({ ...entry, name: entry.name.replaceAll('\\', '/') }));
  checkEntries(normal);
  const parts = partsOf(normal);
  const size = parts.reduce((sum, part) => sum + lengthOf(part), 0);
  for (let limit = options.blockSize ?? usualBlock; limit <= largestBlock; limit *= 2) {
    const groups = group(parts, limit);
    if (groups.length > maxBlocks) continue;
    const hash = hashOf(normal, limit);
    return { size, hash, blocks: blocksOf(groups, hash) };
  }
  throw invalid('the files are too large for one upload.');
}

/** Bytes of a part. */
function lengthOf(part: ZipPart): number {
  return part.kind === 'literal' ? part.bytes.length : part.length;
}

function partsOf(entries: readonly ZipEntry[]): ZipPart[] {
  const parts: ZipPart[] = [];
  const directory: ZipPart[] = [];
  let offset = 0;
  entries.forEach((entry, index) => {
    const file: RecordedFile = { name: Buffer.from(entry.name), size: entry.size, crc32: entry.crc32 };
    const header = localHeader(file);
    parts.push(literal(header));
    for (const piece of piecesOf(entry, index)) parts.push(piece);
    directory.push(literal(centralHeader(file, offset)));
    offset += header.length + entry.size;
  });
  const size = directory.reduce((sum, part) => sum + lengthOf(part), 0);
  if (!Number.isSafeInteger(offset + size)) throw invalid('the files are too large for one upload.');
  for (const part of directory) parts.push(part);
  parts.push(literal(endRecords({ entries: entries.length, offset, size })));
  return parts;
}

const literal = (bytes: Uint8Array): ZipPart => ({ kind: 'literal', bytes });

function piecesOf({ pieces, pieceSize, size }: ZipEntry, entry: number): ZipPart[] {
  return pieces.map((sha256, index) => {
    const offset = index * pieceSize;
    return { kind: 'piece', entry, offset, length: Math.min(pieceSize, size - offset), sha256 };
  });
}

interface Group {
  readonly parts: ZipPart[];
  size: number;
}

function group(parts: readonly ZipPart[], limit: number): Group[] {
  const groups: Group[] = [];
  for (const part of parts) {
    const length = lengthOf(part);
    const last = groups.at(-1);
    if (last && last.size + length <= limit) {
      last.parts.push(part);
      last.size += length;
    } else {
      groups.push({ parts: [part], size: length });
    }
  }
  return groups;
}

function blocksOf(groups: readonly Group[], hash: string): ZipBlock[] {
  let offset = 0;
  return groups.map(({ parts, size }, index) => {
    const id = Buffer.from(`${hash.slice(0, 24)}-${String(index).padStart(5, '0')}`).toString('base64');
    const block = { id, offset, size, parts };
    offset += size;
    return block;
  });
}

/** The first member names this layout: another one must not meet its blocks. */
function hashOf(entries: readonly ZipEntry[], blockSize: number): string {
  const facts = entries.map(({ name, size, crc32, sha256, pieceSize }) => [name, size, crc32, sha256, pieceSize]);
  return createHash('sha256')
    .update(JSON.stringify(['zip-1', blockSize, facts]))
    .digest('hex');
}

function checkEntries(entries: readonly ZipEntry[]): void {
  if (entries.length === 0) throw invalid('it would have no file.');
  const names = new Set<string>();
  for (const entry of entries) {
    checkName(entry.name);
    checkFacts(entry);
    const folded = entry.name.toLowerCase();
    if (names.has(folded)) throw invalid(`"${entry.name}" is in it twice.`);
    names.add(folded);
  }
}

function checkName(name: string): void {
  const segments = name.split('/');
  const climbs = segments.some((segment) => segment === '' || segment === '.' || segment === '..');
  const odd = /[\u0000-\u001f\u007f:]/.test(name) || Buffer.from(name).toString() !== name;
  if (climbs || odd || Buffer.byteLength(name) > 1024) {
    throw invalid(`"${name.slice(0, 100)}" is no relative path of at most 1024 bytes.`);
  }
}

function checkFacts({ name, size, crc32, sha256, pieceSize, pieces }: ZipEntry): void {
  const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);
  const sound =
    Number.isSafeInteger(size) &&
    size >= 0 &&
    Number.isSafeInteger(pieceSize) &&
    pieceSize > 0 &&
    pieceSize <= largestBlock &&
    pieces.length === Math.ceil(size / pieceSize) &&
    crc32 === crc32 >>> 0 &&
    [sha256, ...pieces].every(isHash);
  if (!sound) throw invalid(`the facts of "${name}" contradict themselves; have it inspected again.`);
}

function invalid(why: string): PackageError {
  return new PackageError('archive-invalid', `No ZIP can be made of these files: ${why}`);
}
