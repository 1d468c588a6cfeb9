import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import { slice, type ByteSource } from '../../storage/byte-source';
import { isStorageFailure } from '../../storage/upload-storage';

const WINDOW = 256 * 1024;
const STORED = 0;

/** Reads a source for yauzl through a window, since the central directory is read in tiny pieces. */
class WindowedReader extends RandomAccessReader {
  private start = 0;
  private window: Buffer = Buffer.alloc(0);

  constructor(private readonly source: ByteSource) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return this.source.stream(start, end);
  }

  override read(...[target, offset, length, position, done]: Parameters<RandomAccessReader['read']>): void {
    this.fill(position, length).then(
      () => {
        this.window.copy(target, offset, position - this.start, position - this.start + length);
        done(null);
      },
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    );
  }

  private async fill(position: number, length: number): Promise<void> {
    if (position >= this.start && position + length <= this.start + this.window.length) return;
    const end = Math.min(this.source.size, position + Math.max(length, WINDOW));
    this.window = await collect(this.source.stream(position, end));
    this.start = position;
    if (this.window.length < length) throw new Error('unexpected end of the archive');
  }
}

/** A ZIP archive, ZIP64 included, read in ranges: only what is asked for is ever in memory. */
export class Archive {
  private constructor(
    private readonly source: ByteSource,
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly spooled: string[],
  ) {}

  /** Reads the central directory. Throws when the source is not a ZIP. */
  static async open(source: ByteSource): Promise<Archive> {
    const zip = await fromRandomAccessReaderPromise(new WindowedReader(source), source.size, { autoClose: false });
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    return new Archive(source, zip, entries, []);
  }

  /** Names with `/` between folders, as in the archive. */
  names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** Uncompressed size of an entry in bytes. */
  size(name: string): number {
    return this.entries.get(name)?.uncompressedSize ?? 0;
  }

  /** Whether the bytes of an entry are those that its checksum was made of. */
  async isIntact(name: string): Promise<boolean> {
    let checksum = 0;
    try {
      // Streams of yauzl carry buffers.
      for await (const chunk of await this.stream(name)) checksum = crc32(chunk as Buffer, checksum);
    } catch (error) {
      if (isStorageFailure(error)) throw error;
      return false;
    }
    return checksum === this.entry(name).crc32;
  }

  /** The first `limit` bytes of an entry. */
  async head(name: string, limit: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of await this.stream(name)) {
      // Streams of yauzl carry buffers.
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length >= limit) break;
    }
    return Buffer.concat(chunks).subarray(0, limit);
  }

  /** An entry for reading in ranges: in place when it is stored, through a temporary file when it is compressed. */
  async nested(name: string): Promise<ByteSource> {
    const entry = this.entry(name);
    if (entry.compressionMethod === STORED && !entry.isEncrypted()) {
      const { fileDataStart } = await this.zip.readLocalFileHeaderPromise(entry, { minimal: true });
      return slice(this.source, fileDataStart, entry.compressedSize);
    }
    const file = join(tmpdir(), `pcp-emulator-${randomUUID()}`);
    this.spooled.push(file);
    await pipeline(await this.stream(name), createWriteStream(file, { mode: 0o600 }));
    return fileSource(file, entry.uncompressedSize);
  }

  /** Removes temporary files. */
  async close(): Promise<void> {
    await Promise.all(this.spooled.map((file) => rm(file, { force: true })));
  }

  private stream(name: string): Promise<Readable> {
    return this.zip.openReadStreamPromise(this.entry(name));
  }

  private entry(name: string): Entry {
    const entry = this.entries.get(name);
    if (!entry) throw new Error(`no entry ${name}`);
    return entry;
  }
}

function fileSource(file: string, size: number): ByteSource {
  return {
    size,
    // An empty range cannot be said to `createReadStream`, whose end is inclusive.
    stream: (start, end) => (end > start ? createReadStream(file, { start, end: end - 1 }) : Readable.from([])),
  };
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
