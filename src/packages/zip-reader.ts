import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import { BlockCache } from './block-cache';
import { collect } from './collect';
import { PackageError } from './package-error';
import type { PackageSource } from './source';

/** Looks into a ZIP by random access: small entries whole, stored entries as sources of their own. */
export interface ZipReader {
  /** The entries that were asked for, by their names in lower case; of equal names the first. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** A whole entry of at most `limit` bytes, its CRC-32 checked. */
  readWhole(entry: Entry, limit: number): Promise<Uint8Array>;
  /** A stored (uncompressed) entry as a source. */
  stored(entry: Entry): Promise<PackageSource>;
  /** The uncompressed bytes of an entry from its beginning; throws when they are not as many as it declares. */
  stream(entry: Entry): AsyncGenerator<Uint8Array>;
}

/** How a ZIP is opened. */
export interface OpenZipOptions {
  /** What people call it. */
  readonly what: string;
  /** Which entries to keep, by name; the others are passed over, so that memory stays small. */
  readonly keep: RegExp;
  /** Sees every entry; what it throws comes through as it is. */
  readonly onEntry?: (entry: Entry) => void;
  readonly signal?: AbortSignal | undefined;
}

/** More entries than any package has. */
const maxEntries = 1_000_000;
const maxKept = 10_000;
const streamPiece = 1024 * 1024;

/**
 * Opens a ZIP and reads its directory. Everything that is wrong with it is `package-unreadable` with the reason in
 * words; what the source throws comes through as it is.
 */
export async function openZip(source: PackageSource, options: OpenZipOptions): Promise<ZipReader> {
  const { what, signal } = options;
  const reader = new SourceReader(source, signal);
  const explain = (error: unknown): unknown => reader.failure ?? asUnreadable(error, what);
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw explain(error);
    }
  };
  return guarded(async () => {
    const zip = await fromRandomAccessReaderPromise(reader, source.size, { autoClose: false, lazyEntries: true });
    const entries = await readDirectory(zip, options);
    return {
      entries,
      readWhole: (entry, limit) => guarded(() => readWhole(zip, entry, { what, limit })),
      stored: (entry) => guarded(() => storedSource(zip, entry, source)),
      stream: (entry) => streamOf(zip, entry, explain),
    };
  });
}

/** The error for a file that cannot be read as what it should be; `why` is a sentence. */
export function unreadable(what: string, why: string): PackageError {
  return new PackageError('package-unreadable', `${what} cannot be read: ${why} Check the build that made it.`);
}

/** The library, and zlib below it, report what is wrong with a ZIP by plain errors; anything else is passed on. */
function asUnreadable(error: unknown, what: string): unknown {
  if (typeof error !== 'object' || error === null || !('message' in error) || !('name' in error)) return error;
  if (error.name !== 'Error') return error;
  return unreadable(what, `it is no sound ZIP archive (${String(error.message).slice(0, 200)}).`);
}

async function readDirectory(zip: ZipFile, { what, keep, onEntry }: OpenZipOptions): Promise<Map<string, Entry>> {
  const kept = new Map<string, Entry>();
  let count = 0;
  for await (const entry of zip.eachEntry()) {
    if (++count > maxEntries || kept.size > maxKept) throw unreadable(what, 'it has too many entries.');
    onEntry?.(entry);
    const name = plainName(entry.fileName);
    if (keep.test(name) && !kept.has(name)) kept.set(name, entry);
  }
  return kept;
}

/** Packages percent-encode what an address could not hold. */
function plainName(name: string): string {
  try {
    return decodeURIComponent(name).toLowerCase();
  } catch {
    return name.toLowerCase();
  }
}

async function* streamOf(zip: ZipFile, entry: Entry, explain: (error: unknown) => unknown): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      if (chunk instanceof Uint8Array) yield chunk;
    }
  } catch (error) {
    throw explain(error);
  }
}

interface Limits {
  readonly what: string;
  readonly limit: number;
}

async function readWhole(zip: ZipFile, entry: Entry, { what, limit }: Limits): Promise<Uint8Array> {
  if (entry.uncompressedSize > limit) {
    throw unreadable(what, `its ${entry.fileName} has ${entry.uncompressedSize} bytes; at most ${limit} are read.`);
  }
  const bytes = await collect(await zip.openReadStreamPromise(entry), entry.uncompressedSize);
  if (!bytes || crc32(bytes) !== entry.crc32) throw unreadable(what, `its ${entry.fileName} is damaged (CRC-32).`);
  return bytes;
}

async function storedSource(zip: ZipFile, entry: Entry, source: PackageSource): Promise<PackageSource> {
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const size = entry.compressedSize;
  if (fileDataStart + size > source.size) throw new Error(`the data of ${entry.fileName} end behind the file`);
  return {
    size,
    pin: { ...source.pin, size },
    read: (offset, length, signal) => source.read(fileDataStart + offset, length, signal),
  };
}

/** A source as the ZIP library wants it. Keeps what the source threw, which the library may wrap or lose. */
class SourceReader extends RandomAccessReader {
  failure: unknown;
  private readonly cache: BlockCache;

  constructor(
    private readonly source: PackageSource,
    private readonly signal: AbortSignal | undefined,
  ) {
    super();
    this.cache = new BlockCache(source, signal);
  }

  // The signature is the library's.
  // eslint-disable-next-line max-params
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    if (position < 0 || position + length > this.source.size) {
      callback(new Error('it refers to bytes behind its end'));
      return;
    }
    this.cache.read(buffer.subarray(offset, offset + length), position).then(
      () => callback(null),
      (error: unknown) => {
        this.failure = error;
        callback(error instanceof Error ? error : new Error('reading failed'));
      },
    );
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.pieces(start, end), { objectMode: false, highWaterMark: streamPiece });
  }

  private async *pieces(start: number, end: number): AsyncGenerator<Uint8Array> {
    if (end > this.source.size) throw new Error('it refers to bytes behind its end');
    for (let at = start; at < end; at += streamPiece) {
      try {
        yield await this.source.read(at, Math.min(streamPiece, end - at), this.signal);
      } catch (error) {
        this.failure = error;
        throw error;
      }
    }
  }
}
