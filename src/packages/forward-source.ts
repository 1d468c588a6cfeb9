import type { OpenInflated } from './inflated-source';
import { PackageError } from './package-error';
import { checkRange, type PackageSource, type SourcePin } from './source';

/** Which bytes, and how they are opened from their beginning. */
export interface ForwardBytes {
  readonly open: OpenInflated;
  /** With the size of the uncompressed bytes. */
  readonly pin: SourcePin;
  readonly what: string;
}

/**
 * A compressed entry as a source for those who read it from the beginning to the end: hashing and uploading do. Reads
 * are done one after the other in the order of the calls; one that goes back begins anew. Holds no more than one chunk
 * of the stream, and nothing once the end was read.
 */
export function forwardSource({ open, pin, what }: ForwardBytes): PackageSource {
  const cursor = new ForwardCursor(open, what);
  let last: Promise<unknown> = Promise.resolve();
  return {
    size: pin.size,
    pin,
    read: (offset, length, signal) => {
      checkRange(offset, length, pin.size);
      const read = last.then(async () => {
        signal?.throwIfAborted();
        const bytes = await cursor.read(offset, length);
        if (offset + length === pin.size) await cursor.close();
        return bytes;
      });
      last = read.catch(() => cursor.close());
      return read;
    },
  };
}

class ForwardCursor {
  private chunks: AsyncGenerator<Uint8Array> | undefined;
  /** Where the rest begins. */
  private position = 0;
  private rest: Uint8Array = new Uint8Array(0);

  constructor(
    private readonly open: OpenInflated,
    private readonly what: string,
  ) {}

  async read(offset: number, length: number): Promise<Uint8Array> {
    if (!this.chunks || offset < this.position) await this.begin();
    const bytes = new Uint8Array(length);
    await this.skip(offset);
    for (let at = 0; at < length;) {
      if (this.rest.length === 0) await this.advance();
      const part = this.take(length - at);
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  async close(): Promise<void> {
    await this.chunks?.return(undefined);
    this.chunks = undefined;
    this.rest = new Uint8Array(0);
  }

  private async begin(): Promise<void> {
    await this.close();
    this.chunks = this.open();
    this.position = 0;
  }

  private async skip(offset: number): Promise<void> {
    while (this.position < offset) {
      if (this.rest.length === 0) await this.advance();
      this.take(offset - this.position);
    }
  }

  private take(most: number): Uint8Array {
    const part = this.rest.subarray(0, most);
    this.rest = this.rest.subarray(part.length);
    this.position += part.length;
    return part;
  }

  private async advance(): Promise<void> {
    const next = await this.chunks?.next();
    if (!next || next.done === true) {
      throw new PackageError('archive-unusable', `${this.what} ends early. Check what made the ZIP.`);
    }
    this.rest = next.value;
  }
}
