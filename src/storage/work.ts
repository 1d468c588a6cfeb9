import { deleteBlobs, getJsonBlob, insertBlob, putBlob, type BlobAddress } from './blobs';
import type { Storage } from './connect';

/**
 * What a release works with and keeps out of its history: inspection state, package facts, the planned submission.
 * JSON blobs `work/<releaseId>/<name>.json`; names are ours, as `plan` or `packages/0`. They hold no secrets.
 */
export interface Work {
  /** Writes a value, whatever was there. */
  put(releaseId: string, name: string, value: unknown): Promise<void>;
  /** Writes a value where none is, and answers the one that counts: the first. For what two copies must agree on. */
  putOnce<T>(releaseId: string, name: string, value: T): Promise<T>;
  /** `undefined` where there is none; the caller names the type that it wrote. */
  get<T>(releaseId: string, name: string): Promise<T | undefined>;
  /** Deletes everything of the release; killed in between, a repetition deletes the rest. */
  deleteAll(releaseId: string): Promise<void>;
}

export function work(storage: Storage): Work {
  const get = <T>(releaseId: string, name: string): Promise<T | undefined> =>
    getJsonBlob<T>(storage, addressOf(releaseId, name));
  return {
    put: (releaseId, name, value) => putBlob(storage, addressOf(releaseId, name), JSON.stringify(value)),
    putOnce: async <T>(releaseId: string, name: string, value: T) => {
      const inserted = await insertBlob(storage, addressOf(releaseId, name), JSON.stringify(value));
      return inserted ? value : ((await get<T>(releaseId, name)) ?? value);
    },
    get,
    deleteAll: (releaseId) => deleteBlobs(storage, 'work', `${releaseId}/`),
  };
}

function addressOf(releaseId: string, name: string): BlobAddress {
  return { container: 'work', name: `${releaseId}/${name}.json` };
}
