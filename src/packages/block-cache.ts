import type { PackageSource } from './source';

const blockSize = 256 * 1024;
const blocks = 16;

/**
 * Reads small ranges through a few aligned blocks (4 MiB in all), for those who read a ZIP's directory record by record.
 * A sequence of reads near each other costs one request.
 */
export class BlockCache {
  /** Oldest first. */
  private readonly cached = new Map<number, Promise<Uint8Array>>();

  constructor(
    private readonly source: PackageSource,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Fills `into` with what lies at `position`; all of it must be inside the source. */
  async read(into: Uint8Array, position: number): Promise<void> {
    let done = 0;
    while (done < into.length) {
      const at = position + done;
      const index = Math.floor(at / blockSize);
      const block = await this.block(index);
      const part = block.subarray(at - index * blockSize, at - index * blockSize + into.length - done);
      into.set(part, done);
      done += part.length;
    }
  }

  private block(index: number): Promise<Uint8Array> {
    const found = this.cached.get(index) ?? this.fetch(index);
    this.cached.delete(index);
    this.cached.set(index, found);
    for (const oldest of this.cached.keys()) {
      if (this.cached.size <= blocks) break;
      this.cached.delete(oldest);
    }
    return found;
  }

  private fetch(index: number): Promise<Uint8Array> {
    const offset = index * blockSize;
    const length = Math.min(blockSize, this.source.size - offset);
    return this.source.read(offset, length, this.signal);
  }
}
