import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical-json';
import { cutUrlQueries, withUrlQueries, type UrlQueries } from '../domain/url-queries';
import { deleteBlob, deleteBlobs, getJsonBlob, insertBlob, putBlob, type BlobAddress } from './blobs';
import type { Storage } from './connect';

/**
 * SHA-256 in hexadecimal over the document as canonical JSON, the queries of its URLs left out: documents that differ in
 * the order of members or in a fresh signature alone are the same document.
 */
export function hashOfDocument(document: unknown): string {
  return createHash('sha256')
    .update(canonicalJson(cutUrlQueries(document).document))
    .digest('hex');
}

/**
 * Release documents as they were sent: blob `documents/<releaseId>.json`, the queries of its URLs apart in
 * `<releaseId>.sealed.json` until the release has succeeded or been canceled. Documents are JSON that was checked.
 */
export interface Documents {
  /** Writes both blobs where they are not there yet; killed in between, a repetition writes the other. */
  insert(releaseId: string, document: unknown): Promise<void>;
  /** The document without queries; `undefined` where there is none. For people. */
  read<T>(releaseId: string): Promise<T | undefined>;
  /** The document with its queries, as far as they are still sealed; `undefined` where there is none. For the run. */
  readWhole<T>(releaseId: string): Promise<T | undefined>;
  /** Puts fresh queries in the place of the sealed ones: the same document was sent again, signed anew. */
  reseal(releaseId: string, document: unknown): Promise<void>;
  /** Deletes the sealed queries, or finds them gone. */
  deleteSealed(releaseId: string): Promise<void>;
  /** Deletes all blobs of the release; killed in between, a repetition deletes the rest. */
  deleteAll(releaseId: string): Promise<void>;
}

export function documents(storage: Storage): Documents {
  const read = <T>(releaseId: string): Promise<T | undefined> => getJsonBlob<T>(storage, plain(releaseId));
  return {
    insert: async (releaseId, document) => {
      const cut = cutUrlQueries(document);
      // Sealed first: where the document is, its queries are.
      if (Object.keys(cut.queries).length > 0) {
        await insertBlob(storage, sealed(releaseId), JSON.stringify(cut.queries));
      }
      await insertBlob(storage, plain(releaseId), JSON.stringify(cut.document));
    },
    read,
    readWhole: async <T>(releaseId: string) => {
      const document = await read<T>(releaseId);
      if (document === undefined) return undefined;
      return withUrlQueries(document, (await getJsonBlob<UrlQueries>(storage, sealed(releaseId))) ?? {});
    },
    reseal: async (releaseId, document) => {
      const { queries } = cutUrlQueries(document);
      if (Object.keys(queries).length > 0) await putBlob(storage, sealed(releaseId), JSON.stringify(queries));
    },
    deleteSealed: (releaseId) => deleteBlob(storage, sealed(releaseId)),
    deleteAll: (releaseId) => deleteBlobs(storage, 'documents', `${releaseId}.`),
  };
}

function plain(releaseId: string): BlobAddress {
  return { container: 'documents', name: `${releaseId}.json` };
}

function sealed(releaseId: string): BlobAddress {
  return { container: 'documents', name: `${releaseId}.sealed.json` };
}
