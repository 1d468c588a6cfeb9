import type { PollOutput, SubmissionCall } from '../contracts/activities';
import { ok } from '../domain/failure';
import { asText } from '../domain/json-value';
import type { StoreSubmission } from '../domain/store/submission';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { remoteView } from './remote-view';
import { openSession } from './store-call';
import { submissionFiles } from './submission-files';
import { guarded } from './to-failure';

/** Reads the status of a committed submission. A read; repeat at will. */
export function createPollStoreSubmission(deps: ActivityDeps): Activity<SubmissionCall, PollOutput> {
  return (input) =>
    guarded(async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const { product, submissionId } = input;
      const { product: remoteProduct, call, tenant } = await openSession(deps, input, 1);
      const answer = await remoteProduct.getSubmissionStatus(submissionId, call);
      const plan = await submissionFiles(deps.work, input.releaseId, submissionId).plan();
      return ok({
        remote: remoteView(product, submissionId, answer.value),
        publishMode: plan?.targetPublishMode ?? 'Immediate',
        ...publishDate(plan),
        // A count may be some seconds old, but this release is one of them.
        activeReleases: Math.max(1, await deps.releases.countActive(tenant)),
        correlationId: answer.correlationId,
      });
    });
}

/** With another mode the date says nothing. */
function publishDate(plan: StoreSubmission | undefined): Pick<PollOutput, 'publishAt'> {
  const publishAt = asText(plan?.['targetPublishDate']);
  return plan?.targetPublishMode === 'SpecificDate' && !Number.isNaN(Date.parse(publishAt)) ? { publishAt } : {};
}
