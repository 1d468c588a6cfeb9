import type { BlobClient, BlobDownloadResponseParsed, ContainerClient } from '@azure/storage-blob';
import { collect } from './collect';
import { PackageError } from './package-error';
import {
  changed,
  checkPin,
  checkRange,
  checkSize,
  type OpenOptions,
  type PackageSource,
  type SourcePin,
} from './source';
import { failureDetail, readStorageFailure } from './storage-failure';
import { uploadId } from './uploads';

/**
 * Opens an upload: the blob in the container `uploads` whose name is its SHA-256. Reads use `If-Match` with the pinned
 * ETag, so bytes that were put anew are refused with `package-changed`.
 * Throws `source-not-found` (never finished, or kept longer than its time), `source-unreachable`, `source-forbidden`,
 * `package-empty`, `package-too-large`, `package-changed`.
 */
export async function openUploadSource(
  container: ContainerClient,
  sha256: string,
  options: OpenOptions = {},
): Promise<PackageSource> {
  const name = sha256.toLowerCase();
  const blob = container.getBlobClient(name);
  const what = `The upload ${uploadId(name)}`;
  const pin = await translated(what, () => look(blob, options.signal));
  checkPin(pin, options.pin, what);
  checkSize(pin.size, what, options.maxSize);
  return {
    size: pin.size,
    pin,
    read: (offset, length, signal) => {
      checkRange(offset, length, pin.size);
      if (length === 0) return Promise.resolve(new Uint8Array(0));
      return translated(what, () => readBlob(blob, pin, { offset, length, signal }));
    },
  };
}

async function look(blob: BlobClient, signal: AbortSignal | undefined): Promise<SourcePin> {
  const { etag, contentLength } = await blob.getProperties(signal ? { abortSignal: signal } : {});
  return { ...(etag === undefined ? {} : { etag }), size: contentLength ?? 0 };
}

interface Range {
  readonly offset: number;
  readonly length: number;
  readonly signal: AbortSignal | undefined;
}

async function readBlob(blob: BlobClient, pin: SourcePin, { offset, length, signal }: Range): Promise<Uint8Array> {
  const response: BlobDownloadResponseParsed = await blob.download(offset, length, {
    ...(pin.etag === undefined ? {} : { conditions: { ifMatch: pin.etag } }),
    ...(signal ? { abortSignal: signal } : {}),
    maxRetryRequests: 3,
  });
  // In Node there is always a stream; the member is optional for browsers.
  if (!response.readableStreamBody) throw new Error('The storage client gave no stream');
  const bytes = await collect(response.readableStreamBody, length);
  if (!bytes) throw cut();
  return bytes;
}

const cut = (): PackageError =>
  new PackageError('source-unreachable', 'The storage of this service ended an answer early. Try again.', {
    retryable: true,
  });

async function translated<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = readStorageFailure(error);
    if (!failure) throw error;
    const detail = failureDetail(failure);
    if (failure.status === 412) throw changed(what, 'etag');
    if (failure.status === 404) {
      const advice = 'It was never finished, or was kept longer than its time. Put the bytes again with POST /uploads.';
      throw new PackageError('source-not-found', `${what} is not there. ${advice}`, { detail });
    }
    if (failure.transient) {
      const message = `${what} could not be read: the storage of this service does not answer (${failure.reason}). Try again.`;
      const { retryAfterMs } = failure;
      throw new PackageError('source-unreachable', message, { retryable: true, retryAfterMs, detail });
    }
    const advice = 'Check that the identity of this app has the role Storage Blob Data Contributor.';
    throw new PackageError('source-forbidden', `${what} may not be read (${failure.reason}). ${advice}`, { detail });
  }
}
