import { createHash } from 'node:crypto';
import { blobAt } from './blob-address';
import { PackageError } from './package-error';
import { failureDetail, readStorageFailure, type StorageFailure } from './storage-failure';

/** What was read from an address. */
export interface DownloadedBlob {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly size: number;
  /** Only where they were asked for. */
  readonly bytes: Uint8Array | undefined;
}

/** How much is read, and whether it is kept. */
export interface DownloadOptions {
  /** Bytes; a larger blob is refused. */
  readonly maxSize: number;
  /** Whether the bytes are wanted, not their hash alone. */
  readonly keep?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds that one file may take. */
const timeoutMs = 300_000;

/**
 * Reads the blob behind an address that only reads. No error shows the address, for it is a credential.
 * Throws `source-not-found`, `source-forbidden` (it may have expired: ask for a fresh one), `source-unreachable`,
 * `package-too-large`, `upload-url-invalid`.
 */
export async function downloadBlob(url: string, options: DownloadOptions): Promise<DownloadedBlob> {
  const client = blobAt(url);
  const timeout = AbortSignal.timeout(timeoutMs);
  const abortSignal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  try {
    const { contentLength = 0 } = await client.getProperties({ abortSignal });
    if (contentLength > options.maxSize) throw tooLarge(contentLength, options.maxSize);
    const { readableStreamBody = [] } = await client.download(0, undefined, { abortSignal, maxRetryRequests: 3 });
    return await readAll(readableStreamBody, options);
  } catch (error) {
    if (error instanceof PackageError || options.signal?.aborted === true) throw error;
    throw meaning(timeout.aborted ? slow : (readStorageFailure(error) ?? broken));
  }
}

async function readAll(
  stream: AsyncIterable<unknown> | Iterable<unknown>,
  { keep = false, maxSize }: DownloadOptions,
): Promise<DownloadedBlob> {
  const hash = createHash('sha256');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('A stream of bytes was expected');
    size += chunk.length;
    if (size > maxSize) throw tooLarge(size, maxSize);
    hash.update(chunk);
    if (keep) chunks.push(chunk);
  }
  return { sha256: hash.digest('hex'), size, bytes: keep ? new Uint8Array(Buffer.concat(chunks)) : undefined };
}

const slow: StorageFailure = { status: undefined, reason: 'ETIMEDOUT', retryAfterMs: undefined, transient: true };
/** Whatever else it is, its text may hold the address. */
const broken: StorageFailure = {
  status: undefined,
  reason: 'an unreadable answer',
  retryAfterMs: undefined,
  transient: true,
};

function tooLarge(size: number, maxSize: number): PackageError {
  const message = `A file in Partner Center has ${size} bytes or more; at most ${maxSize} are read.`;
  return new PackageError('package-too-large', message, { detail: { size, maxSize } });
}

function meaning(failure: StorageFailure): PackageError {
  const { status, reason, retryAfterMs, transient } = failure;
  const detail = failureDetail(failure);
  if (status === 404) return new PackageError('source-not-found', `The file is not there (${reason}).`, { detail });
  if (!transient) {
    return new PackageError('source-forbidden', `The storage of Partner Center refuses the file (${reason}).`, {
      detail,
    });
  }
  const message = `The storage of Partner Center does not answer (${reason}). Try again.`;
  return new PackageError('source-unreachable', message, { retryable: true, retryAfterMs, detail });
}
