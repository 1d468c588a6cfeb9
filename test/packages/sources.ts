/** Sources for tests: bytes in memory, and bytes that are made up as they are read. */
import type { PackageSource, SourcePin } from '../../src/packages';

/** Bytes in memory. */
export function memorySource(bytes: Uint8Array, pin: Partial<SourcePin> = {}): PackageSource {
  return {
    size: bytes.length,
    pin: { size: bytes.length, ...pin },
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}

/**
 * Made-up bytes of any size that lend out at most `buffers` arrays: each is scribbled over and lent again, oldest
 * first, so whoever keeps more of them than that at a time reads rubbish.
 */
export class PooledSource implements PackageSource {
  readonly pin: SourcePin;
  reads = 0;
  private readonly pool: Buffer[];

  constructor(
    readonly size: number,
    options: { buffers: number; largest: number },
    private readonly seed = 1,
  ) {
    this.pin = { size, etag: `"made-up-${seed}"` };
    this.pool = Array.from({ length: options.buffers }, () => Buffer.alloc(options.largest));
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const buffer = this.pool[this.reads++ % this.pool.length]!;
    if (length > buffer.length) throw new RangeError(`Too much at once: ${length}`);
    buffer.fill(0xee);
    await Promise.resolve();
    return madeUpBytes(buffer.subarray(0, length), offset, this.seed);
  }
}

/** Fills an array with what made-up files have from `offset` on: every 64 bytes differ. */
export function madeUpBytes(into: Buffer, offset: number, seed = 1): Buffer {
  into.fill(seed);
  for (let at = Math.ceil(offset / 64) * 64; at + 8 <= offset + into.length; at += 64)
    into.writeDoubleLE(at, at - offset);
  return into;
}
