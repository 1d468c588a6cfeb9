import { activities } from '../contracts/activities';
import type { RemoteCall, SubmissionCall } from '../contracts/activities';
import type { Flow } from '../contracts/durable';
import { boundFaults } from '../domain/bound-faults';
import { ok } from '../domain/failure';
import type { Failure, Result } from '../domain/failure';
import type { PackageView } from '../domain/release';
import { act, attempt, checkpoint, enter, skip } from './run';
import type { Run } from './run';
import { stopFailed } from './stopped';

/** Whether the account can sign in; the token itself never leaves its activity. */
export function* acquireToken(run: Run): Flow<void> {
  yield* enter(run, 'acquireToken');
  yield* act(run, activities.checkToken, { ...run.fence, account: run.plan.account });
}

/** Opens every package, all faults together, before anything is made. */
export function* checkPackages(run: Run): Flow<void> {
  if (run.plan.packages === 0) return yield* skip(run, 'checkPackages', 'the release has no packages');
  yield* enter(run, 'checkPackages');
  const packages: PackageView[] = [];
  const failures: Failure[] = [];
  for (let index = 0; index < run.plan.packages; index++) {
    const checked = yield* checkPackage(run, index);
    if (checked.ok) packages.push(checked.value);
    else failures.push(checked.failure);
  }
  if (failures.length > 0) stopFailed(together(failures));
  yield* checkpoint(run, [{ type: 'packages-checked', packages }]);
}

function* checkPackage(run: Run, index: number): Flow<Result<PackageView>> {
  for (;;) {
    const result = yield* attempt(run, activities.inspectPackage, { ...run.fence, index });
    if (!result.ok) return result.failure.errors === undefined ? stopFailed(result.failure) : result;
    if (result.value.done) return ok(result.value.package);
    const { read: done, total } = result.value;
    yield* checkpoint(run, [{ type: 'progress', step: 'checkPackages', done, total }]);
  }
}

function together(failures: readonly Failure[]): Failure {
  const unavailable = failures.every((failure) => failure.code === 'package-unavailable');
  return {
    code: unavailable ? 'package-unavailable' : 'package-invalid',
    message: failures
      .map((failure) => failure.message)
      .join(' ')
      .slice(0, 2000),
    retryable: false,
    errors: boundFaults(failures.flatMap((failure) => failure.errors ?? [])),
  };
}

/** Makes the submission, or finds the one that an attempt with a lost answer has made. */
export function* createSubmission(run: Run, product: RemoteCall, adopt: string | null): Flow<SubmissionCall> {
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
export function* commit(run: Run, submission: SubmissionCall): Flow<void> {
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
