import { PackageError } from './package-error';
import type { PackageSource } from './source';

/** Bytes behind the cursor that are kept: a ZIP's directory and what lies before it are read backwards. */
const tailSize = 8 * 1024 * 1024;
const passes = 8;

/** Opens the uncompressed bytes from the beginning. */
export type OpenInflated = () => AsyncGenerator<Uint8Array>;

/**
 * A compressed entry as a source. There is no random access in deflated bytes: reading on is cheap, reading back more
 * than 8 MiB begins anew. So that no file makes this endless, the bytes that are inflated are limited to eight times
 * the size; more is `package-unsupported`. Holds 8 MiB, and reads at most so much at once.
 */
export function inflatedSource(open: OpenInflated, size: number, what: string): PackageSource {
  const cursor = new InflatedCursor(open, { size, what });
  return {
    size,
    pin: { size },
    read: async (offset, length, signal) => {
      signal?.throwIfAborted();
      return cursor.read(offset, length);
    },
  };
}

class InflatedCursor {
  private chunks: AsyncGenerator<Uint8Array> | undefined;
  /** Where the inflated bytes end that were seen in this pass. */
  private position = 0;
  private tail: Uint8Array[] = [];
  private tailLength = 0;
  private budget: number;

  constructor(
    private readonly open: OpenInflated,
    private readonly about: { readonly size: number; readonly what: string },
  ) {
    this.budget = about.size * passes;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    if (length > tailSize) throw new RangeError(`Too much at once: ${length}`);
    if (!this.chunks || offset < this.position - this.tailLength) await this.begin();
    while (this.position < offset + length) await this.advance();
    return this.fromTail(offset, length);
  }

  private async begin(): Promise<void> {
    await this.chunks?.return(undefined);
    this.chunks = this.open();
    this.position = 0;
    this.tail = [];
    this.tailLength = 0;
  }

  private async advance(): Promise<void> {
    const next = await this.chunks?.next();
    if (!next || next.done === true) {
      throw new PackageError('package-unreadable', `${this.about.what} ends early. Check the build that made it.`);
    }
    const chunk: Uint8Array = next.value;
    this.position += chunk.length;
    this.budget -= chunk.length;
    if (this.budget < 0) throw tooMuch(this.about.what);
    this.tail.push(chunk);
    this.tailLength += chunk.length;
    while (this.tailLength - (this.tail[0]?.length ?? 0) >= tailSize) {
      this.tailLength -= this.tail.shift()?.length ?? 0;
    }
  }

  private fromTail(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    let at = this.position - this.tailLength;
    for (const chunk of this.tail) {
      const from = Math.max(offset, at);
      const to = Math.min(offset + length, at + chunk.length);
      if (from < to) bytes.set(chunk.subarray(from - at, to - at), from - offset);
      at += chunk.length;
    }
    return bytes;
  }
}

function tooMuch(what: string): PackageError {
  return new PackageError(
    'package-unsupported',
    `${what} takes too long to look into, because it is compressed. Send the package or bundle in it by itself.`,
  );
}
