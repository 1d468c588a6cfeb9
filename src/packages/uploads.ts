import {
  BlobSASPermissions,
  BlobServiceClient,
  SASProtocol,
  StorageSharedKeyCredential,
  type BlobClient,
  type ContainerClient,
} from '@azure/storage-blob';
import { PackageError } from './package-error';
import { failureDetail, readStorageFailure } from './storage-failure';

/** The id of an upload: `upl_` and the SHA-256 of its bytes, 64 lower-case hex digits. */
export function uploadId(sha256: string): string {
  return `upl_${sha256.toLowerCase()}`;
}

/** The SHA-256 (lower-case hex) in an upload's id; `undefined` when it is no such id. */
export function parseUploadId(id: string): string | undefined {
  return /^upl_([0-9a-f]{64})$/.exec(id)?.[1];
}

/** The bytes that a pipeline is about to leave, or has left. */
export interface UploadRequest {
  /** Hex digits, of any case. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** Whether the bytes are there, or where to put them. */
export type UploadPlace =
  | { readonly state: 'ready' }
  | {
      readonly state: 'pending';
      /** A credential: for the caller only, never for a log. Takes Put Blob, or Put Block and Put Block List. */
      readonly uploadUrl: string;
      /** RFC 3339 UTC. */
      readonly expiresAt: string;
    };

/** How the address is made. */
export interface UploadOptions {
  /** Milliseconds; default 24 hours. User delegation allows up to seven days. */
  readonly lifetimeMs?: number;
  readonly now?: () => number;
  readonly signal?: AbortSignal;
}

const day = 86_400_000;

/**
 * Finds out whether the bytes are there; if not, makes an address for exactly that blob, to create and write, for a
 * limited time: signed by the account key when the client has one, else by a user delegation key.
 *
 * `ready` trusts name and size: whoever reads the upload compares its SHA-256 with its name, and calls
 * {@link dropUpload} when it differs. Writes nothing, so it is safe to repeat.
 * Throws `storage-unavailable`.
 */
export async function createUpload(
  container: ContainerClient,
  request: UploadRequest,
  options: UploadOptions = {},
): Promise<UploadPlace> {
  const blob = container.getBlobClient(request.sha256.toLowerCase());
  return guarded('make a place for the upload', async () => {
    const size = await sizeOf(blob, options.signal);
    if (size === request.size) return { state: 'ready' };
    const now = (options.now ?? Date.now)();
    // Signatures have whole seconds.
    const expiresOn = new Date(Math.floor((now + (options.lifetimeMs ?? day)) / 1000) * 1000);
    const uploadUrl = await signedUrl(container, blob, { now, expiresOn });
    return { state: 'pending', uploadUrl, expiresAt: expiresOn.toISOString() };
  });
}

/**
 * Deletes an upload whose bytes do not have the SHA-256 of its name, so that the next `POST /uploads` answers with a
 * place again. Only the very bytes that were read (`etag` of their pin) are deleted: `false` when the blob is gone or
 * was written again since. Safe to repeat. Throws `storage-unavailable`.
 */
export async function dropUpload(container: ContainerClient, sha256: string, etag: string): Promise<boolean> {
  const blob = container.getBlobClient(sha256.toLowerCase());
  return guarded('delete the upload', async () => {
    try {
      await blob.delete({ conditions: { ifMatch: etag } });
      return true;
    } catch (error) {
      const status = readStorageFailure(error)?.status;
      if (status === 404 || status === 412) return false;
      throw error;
    }
  });
}

async function sizeOf(blob: BlobClient, signal: AbortSignal | undefined): Promise<number | undefined> {
  try {
    const properties = await blob.getProperties(signal ? { abortSignal: signal } : {});
    return properties.contentLength;
  } catch (error) {
    if (readStorageFailure(error)?.status === 404) return undefined;
    throw error;
  }
}

interface Validity {
  readonly now: number;
  readonly expiresOn: Date;
}

async function signedUrl(container: ContainerClient, blob: BlobClient, validity: Validity): Promise<string> {
  const terms = {
    permissions: BlobSASPermissions.parse('cw'),
    expiresOn: validity.expiresOn,
    protocol: blob.url.startsWith('https:') ? SASProtocol.Https : SASProtocol.HttpsAndHttp,
  };
  const { credential } = container;
  if (credential instanceof StorageSharedKeyCredential) return blob.generateSasUrl(terms);
  const service = new BlobServiceClient(serviceUrl(container), credential);
  // Begins a little earlier, for clocks differ.
  const key = await service.getUserDelegationKey(new Date(validity.now - 300_000), validity.expiresOn);
  return blob.generateUserDelegationSasUrl(terms, key);
}

/** The account's address: the container's without its name. */
function serviceUrl(container: ContainerClient): string {
  const url = new URL(container.url);
  url.pathname = url.pathname.slice(0, url.pathname.lastIndexOf('/'));
  return url.toString();
}

async function guarded<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = readStorageFailure(error);
    if (!failure) throw error;
    const advice = failure.transient
      ? 'Try again.'
      : 'Check that the identity of this app has the roles Storage Blob Data Contributor and Storage Blob Delegator.';
    throw new PackageError(
      'storage-unavailable',
      `The storage of this service did not ${what} (${failure.reason}). ${advice}`,
      { retryable: failure.transient, retryAfterMs: failure.retryAfterMs, detail: failureDetail(failure) },
    );
  }
}
