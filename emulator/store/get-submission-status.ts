import { json } from '../core/answer';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { findSubmission } from './access';
import { advanceOnPoll } from './lifecycle/settle';
import { renderStatusDetails } from './render/status-details';

/** `GET applications/{id}/submissions/{id}/status` (R30). *Observed*. */
export function getSubmissionStatus(services: Services): Operation {
  return {
    name: 'getSubmissionStatus',
    surface: 'store',
    method: 'GET',
    path: '/v1.0/my/applications/:applicationId/submissions/:submissionId/status',
    run: async (call) => {
      const { submission } = findSubmission(services, call);
      // As it is now: a reading that drives the submission on shows every status once.
      const details = structuredClone(renderStatusDetails(submission));
      const answer = json(200, { status: submission.status, statusDetails: details });
      await advanceOnPoll(services, submission);
      return answer;
    },
  };
}
