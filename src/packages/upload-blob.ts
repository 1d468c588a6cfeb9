import { RestError, type BlockBlobClient } from '@azure/storage-blob';
import { createHash } from 'node:crypto';
import { blobAt } from './blob-address';
import { PackageError } from './package-error';
import { failureDetail, readStorageFailure, type StorageFailure } from './storage-failure';
import type { ZipPlan } from './zip-layout';

/** The blob behind an upload address. No error of these shows the address, for it is a credential. */
export interface UploadBlob {
  /** What is there, committed or not. */
  look(signal?: AbortSignal): Promise<BlobBlocks>;
  /** Stages a block, its MD5 going along. Repeating it replaces the block by the same. */
  stage(id: string, bytes: Uint8Array, signal?: AbortSignal): Promise<void>;
  /** Makes the blob of these blocks. Repeating it makes the same blob. */
  commit(ids: readonly string[], signal?: AbortSignal): Promise<void>;
}

/** Blocks by id, with their sizes in bytes. */
export interface BlobBlocks {
  readonly staged: ReadonlyMap<string, number>;
  /** In the order of the blob. */
  readonly committed: readonly { readonly id: string; readonly size: number }[];
}

/** Milliseconds that one block may take, with its retries. */
const blockTimeoutMs = 120_000;

/**
 * Prepares the client; sends nothing. Throws `upload-url-invalid`.
 *
 * @param contentType of the blob; a ZIP unless told otherwise
 */
export function openUploadBlob(uploadUrl: string, contentType = 'application/zip'): UploadBlob {
  const client = blobAt(uploadUrl);
  return {
    look: (signal) => explained('look at the upload', () => look(client, signal)),
    stage: (id, bytes, signal) =>
      explained('send a block', async () => {
        const transactionalContentMD5 = createHash('md5').update(bytes).digest();
        const timeout = AbortSignal.timeout(blockTimeoutMs);
        const abortSignal = signal ? AbortSignal.any([signal, timeout]) : timeout;
        await client
          .stageBlock(id, bytes, bytes.length, { transactionalContentMD5, abortSignal })
          .catch((error: unknown) => {
            throw timeout.aborted && signal?.aborted !== true ? tooSlow() : error;
          });
      }),
    commit: (ids, signal) =>
      explained('commit the upload', async () => {
        await client.commitBlockList([...ids], {
          blobHTTPHeaders: { blobContentType: contentType },
          ...(signal ? { abortSignal: signal } : {}),
        });
      }),
  };
}

/** Whether the blob is exactly this plan. */
export function isComplete({ committed }: BlobBlocks, plan: ZipPlan): boolean {
  const { blocks } = plan;
  return (
    committed.length === blocks.length &&
    blocks.every(({ id, size }, index) => committed[index]?.id === id && committed[index].size === size)
  );
}

async function look(client: BlockBlobClient, signal: AbortSignal | undefined): Promise<BlobBlocks> {
  try {
    const list = await client.getBlockList('all', signal ? { abortSignal: signal } : {});
    return {
      staged: new Map((list.uncommittedBlocks ?? []).map(({ name, size }) => [name, size])),
      committed: (list.committedBlocks ?? []).map(({ name, size }) => ({ id: name, size })),
    };
  } catch (error) {
    if (error instanceof RestError && error.statusCode === 404 && error.code !== 'ContainerNotFound') {
      return { staged: new Map(), committed: [] };
    }
    throw error;
  }
}

async function explained<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PackageError || isAbort(error)) throw error;
    const failure = readStorageFailure(error);
    if (failure) throw meaning(what, failure);
    // Whatever else it is, its text may hold the address.
    throw new PackageError('upload-failed', `The storage client could not ${what}. This is a fault of this service.`);
  }
}

const isAbort = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError';

function meaning(what: string, failure: StorageFailure): PackageError {
  const detail = failureDetail(failure);
  const { status, reason, retryAfterMs } = failure;
  if (status === 401 || status === 403) {
    const message = `The upload address was refused (${reason}): it has expired. Ask for the submission again, for it has a fresh one.`;
    return new PackageError('upload-url-expired', message, { retryable: true, detail });
  }
  if (status === 404) {
    const message = `The upload address leads nowhere (${reason}). Ask for the submission again.`;
    return new PackageError('upload-url-invalid', message, { detail });
  }
  // A block that arrived damaged, or that another upload to the same blob swept away, can be sent again.
  const again = failure.transient || ['Md5Mismatch', 'InvalidBlockList'].includes(reason);
  const advice = again
    ? 'Try again: it goes on where it was.'
    : 'Ask for the submission again; if that does not help, start anew.';
  return new PackageError('upload-failed', `The storage of Partner Center did not ${what} (${reason}). ${advice}`, {
    retryable: again,
    retryAfterMs,
    detail,
  });
}

function tooSlow(): PackageError {
  return new PackageError(
    'upload-failed',
    'A block took too long to send. Try again: the upload goes on where it was.',
    {
      retryable: true,
      detail: { reason: 'ETIMEDOUT' },
    },
  );
}
