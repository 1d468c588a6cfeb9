import { readRow, casUpdate, write, type RowAddress } from './cas';
import type { Storage } from './connect';
import { hashedKey, requiredText } from './row';

/** Which release a submission in Partner Center belongs to. */
export interface OwnSubmission {
  readonly releaseId: string;
  /** `adopted`: somebody else made it, and a release went on with it; it is never deleted as ours. */
  readonly how: 'made' | 'adopted';
}

/**
 * The submissions of this service: table `submissions`, one row each. What is not here is somebody else's work.
 * Rows are small and stay: an id is never used twice.
 */
export interface OwnSubmissions {
  /** Repeating it, also for another release that goes on with the same submission, keeps the first row's `how`. */
  put(product: string, submissionId: string, own: OwnSubmission): Promise<void>;
  get(product: string, submissionId: string): Promise<OwnSubmission | undefined>;
}

export function ownSubmissions(storage: Storage): OwnSubmissions {
  return {
    put: (product, submissionId, own) =>
      casUpdate(storage, addressOf(product, submissionId), (columns) => {
        const how = columns === undefined ? own.how : requiredText(columns, 'how');
        return write({ product, submissionId, releaseId: own.releaseId, how }, undefined);
      }),
    get: async (product, submissionId) => {
      const row = await readRow(storage, addressOf(product, submissionId));
      if (row === undefined) return undefined;
      const how = requiredText(row.columns, 'how') === 'adopted' ? 'adopted' : 'made';
      return { releaseId: requiredText(row.columns, 'releaseId'), how };
    },
  };
}

function addressOf(product: string, submissionId: string): RowAddress {
  return { table: 'submissions', partitionKey: hashedKey(product), rowKey: hashedKey(submissionId) };
}
