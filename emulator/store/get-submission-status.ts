import { json } from '../core/answer';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { findSubmission } from './access';
import { renderStatusDetails } from './render/status-details';

/** `GET applications/{id}/submissions/{id}/status` (R30). *Observed*. */
export function getSubmissionStatus(services: Services): Operation {
  return {
    name: 'getSubmissionStatus',
    surface: 'store',
    method: 'GET',
    path: '/v1.0/my/applications/:applicationId/submissions/:submissionId/status',
    run: (call) => {
      const { submission } = findSubmission(services, call);
      return json(200, { status: submission.status, statusDetails: renderStatusDetails(submission) });
    },
  };
}
