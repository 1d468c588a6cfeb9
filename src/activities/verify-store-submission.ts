import type { SubmissionCall } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import type { RemoteView } from '../domain/release';
import { differences, isOfRollout } from '../domain/store/compare-submissions';
import type { StoreSubmission } from '../domain/store/submission';
import { failedStatuses } from '../domain/store/submission-status';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { remoteView } from './remote-view';
import { openSession } from './store-call';
import { submissionFiles } from './submission-files';
import type { SubmissionFiles } from './submission-files';
import { guarded } from './to-failure';

type Input = SubmissionCall & { readonly after: 'update' | 'commit' | 'publish' };

/**
 * Reads the submission back and compares it with what was sent: an update that answered 200 may not have been stored,
 * and a published one may have kept old packages. What it read after an update is kept, for the commit to compare. A read;
 * repeat at will.
 */
export function createVerifyStoreSubmission(deps: ActivityDeps): Activity<Input, { remote: RemoteView }> {
  return (input) =>
    guarded(async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const session = await openSession(deps, input, 1);
      const submission = await session.getSubmission(input.submissionId);
      const remote = remoteView(input.product, input.submissionId, submission);
      const files = submissionFiles(deps.work, input.releaseId, input.submissionId);
      const plan = await files.plan();
      const stored = submission.document;
      const unlike = plan === undefined ? [] : differences(plan, stored).filter((at) => !isOfStages(at, input, plan));
      if (input.after === 'update') await (unlike.length === 0 ? files.keepReadBack(stored) : files.keepNotStored());
      // What failed says so itself, and may have lost half its content.
      if (unlike.length === 0 || failedStatuses.includes(submission.status)) return ok({ remote });
      const isPartial = await storedInPart(files, stored);
      return differs(input, unlike, isPartial && unlike.every(isOfRollout));
    });
}

/** The rollout moves on once it was published: its stages read it back themselves, and say better what became of it. */
function isOfStages(pointer: string, { after }: Input, plan: StoreSubmission): boolean {
  const isStaged = plan.packageDeliveryOptions?.packageRollout?.['isPackageRollout'] === true;
  return after === 'publish' && isStaged && isOfRollout(pointer);
}

/** Something of the update was stored; where nothing was, it is sent again. */
async function storedInPart(files: SubmissionFiles, stored: StoreSubmission): Promise<boolean> {
  const base = await files.base();
  return base !== undefined && differences(base, stored).length > 0;
}

/** @param isRollout the update was stored, all but its rollout */
function differs({ after, submissionId }: Input, pointers: readonly string[], isRollout: boolean): Result<never> {
  const where = pointers.slice(0, 10).join(', ');
  if (after === 'update') {
    const message = `The update of ${submissionId} was accepted, and what is stored differs at ${where}.`;
    return failed({ code: isRollout ? 'rollout-not-stored' : 'not-stored', message, retryable: false });
  }
  const message = `The submission ${submissionId} differs from what was sent, at ${where}.`;
  return failed({ code: 'published-differs', message, retryable: false });
}
