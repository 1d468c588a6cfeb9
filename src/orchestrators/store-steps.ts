import { activities } from '../contracts/activities';
import type { RemoteCall, SubmissionCall } from '../contracts/activities';
import type { Flow } from '../contracts/durable';
import { act, attempt, checkpoint, enter, skip } from './run';
import type { Run, StoreRun } from './run';
import { stopFailed } from './stopped';

/** Makes the submission, or finds the one that an attempt with a lost answer has made. */
export function* createSubmission(run: StoreRun, product: RemoteCall, adopt: string | null): Flow<SubmissionCall> {
  yield* enter(run, 'createSubmission');
  const { submissionId, how } = yield* act(run, activities.createStoreSubmission, { ...product, adopt });
  run.submission = { id: submissionId, committed: false };
  yield* checkpoint(run, [{ type: 'submission-made', submissionId, how }]);
  return { ...product, submissionId };
}

/** How often an update that was accepted and not stored is sent again: it is a PUT. */
const mostUpdates = 3;

/** Merges the changes and packages, updates, and reads back what was really stored. */
export function* updateSubmission(run: Run, submission: SubmissionCall): Flow<void> {
  yield* enter(run, 'updateSubmission');
  for (let update = 1; ; update++) {
    yield* act(run, activities.updateStoreSubmission, submission);
    const read = yield* attempt(run, activities.verifyStoreSubmission, { ...submission, after: 'update' });
    if (read.ok) return;
    if (read.failure.code !== 'not-stored' || update === mostUpdates) stopFailed(read.failure);
  }
}

/** Uploads one ZIP of everything new, slice by slice. */
export function* uploadPackages(run: Run, submission: SubmissionCall, hasFiles: boolean): Flow<void> {
  if (!hasFiles) return yield* skip(run, 'uploadPackages', 'there is nothing to upload');
  yield* enter(run, 'uploadPackages');
  for (let fromBlock = 0; ;) {
    const slice = yield* act(run, activities.uploadStorePackages, { ...submission, fromBlock });
    const done = slice.done ? slice.total : slice.sent;
    yield* checkpoint(run, [{ type: 'progress', step: 'uploadPackages', done, total: slice.total }]);
    if (slice.done) return;
    fromBlock = slice.nextBlock;
  }
}

/** Commits, unless a cancel came first: one compare-and-swap decides between the two. Then reads back. */
export function* commit(run: StoreRun, submission: SubmissionCall): Flow<void> {
  yield* enter(run, 'commit');
  const result = yield* attempt(run, activities.commitStoreSubmission, submission);
  if (!result.ok) {
    // Partner Center may have it, although no answer said so.
    if (result.failure.unclear === true) run.submission = { id: submission.submissionId, committed: true };
    stopFailed(result.failure);
  }
  if (!result.value.committed) {
    yield* checkpoint(run, []);
    stopFailed({ code: 'activity-interrupted', message: 'The commit met a cancel that is gone.', retryable: true });
  }
  run.submission = { id: submission.submissionId, committed: true };
  yield* act(run, activities.verifyStoreSubmission, { ...submission, after: 'commit' });
}
