import { json } from '../core/answer';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { findSubmission } from './access';
import { advanceOnPoll } from './lifecycle/settle';
import type { ProductKind } from './products/product-kind';
import { renderStatusDetails } from './render/status-details';
import { submissionPath } from './submission-paths';

/** `GET …/submissions/{id}/status` (R30). *Observed*. */
export function getSubmissionStatus(services: Services, kind: ProductKind): Operation {
  return {
    name: `get${kind.name}SubmissionStatus`,
    surface: 'store',
    method: 'GET',
    path: `${submissionPath(kind)}/status`,
    run: async (call) => {
      const { submission } = findSubmission(services, call, kind);
      // As it is now: a reading that drives the submission on shows every status once.
      const details = structuredClone(renderStatusDetails(submission));
      const answer = json(200, { status: submission.status, statusDetails: details });
      await advanceOnPoll(services, submission);
      return answer;
    },
  };
}
