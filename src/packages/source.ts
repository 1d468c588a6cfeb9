import { PackageError } from './package-error';

/**
 * How the bytes were recognised when they were first opened. The caller keeps it and gives it to later openings, so that
 * what was checked is what is sent. No secret.
 */
export interface SourcePin {
  readonly etag?: string;
  /** As the server wrote it. */
  readonly lastModified?: string;
  /** Bytes. */
  readonly size: number;
}

/** Bytes that lie somewhere and can be read in any order. */
export interface PackageSource {
  /** Bytes. */
  readonly size: number;
  readonly pin: SourcePin;
  /**
   * Exactly `length` bytes from `offset`, inside the size. The array is the caller's: no later read changes it.
   * Throws {@link PackageError} with a `source-…` code, or `package-changed` when these are not the pinned bytes any
   * more; an abort throws as such. Safe to repeat.
   */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;
}

/** What every opening takes. */
export interface OpenOptions {
  /** From an earlier opening: anything else than those bytes is refused with `package-changed`. */
  readonly pin?: SourcePin | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes; default 25 GiB, the most that the Store takes of one package. */
  readonly maxSize?: number | undefined;
}

const storeLimit = 25 * 1024 ** 3;

/** Throws `package-empty` or `package-too-large`; `what` names the source for people. */
export function checkSize(size: number, what: string, maxSize: number = storeLimit): void {
  if (size === 0) {
    throw new PackageError('package-empty', `${what} is empty. Check the build that made it, and put the file there.`);
  }
  if (size > maxSize) {
    throw new PackageError('package-too-large', `${what} has ${size} bytes; at most ${maxSize} are taken.`, {
      detail: { size, maxSize },
    });
  }
}

/** Throws `package-changed` unless `found` is what was pinned. What the pin does not know is not compared. */
export function checkPin(found: SourcePin, pinned: SourcePin | undefined, what: string): void {
  if (!pinned) return;
  const member = (['size', 'etag', 'lastModified'] as const).find(
    (key) => pinned[key] !== undefined && pinned[key] !== found[key],
  );
  if (member !== undefined) throw changed(what, member);
}

/** The error for bytes that are not the pinned ones; `member` says by what it was seen. */
export function changed(what: string, member: string): PackageError {
  return new PackageError(
    'package-changed',
    `${what} changed while it was in use (its ${member} is another). Publish packages at addresses that never change, and start again.`,
    { detail: { member } },
  );
}

/** Refuses a range outside of the source: a bug of the caller, not a state of the world. */
export function checkRange(offset: number, length: number, size: number): void {
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0) {
    throw new RangeError(`No range: ${offset}, ${length}`);
  }
  if (offset + length > size) throw new RangeError(`The range ${offset}+${length} ends behind the size ${size}`);
}
