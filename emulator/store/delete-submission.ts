import { empty, type Answer } from '../core/answer';
import type { Call } from '../core/call';
import type { Submission } from '../core/model';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import type { Switches } from '../core/settings';
import { findSubmission, refuseMadeInPortal } from './access';
import { notDeletable } from './errors';

/**
 * `DELETE applications/{id}/submissions/{id}` (R29).
 *
 * - *Observed*: 204; the 409 literal past PendingCommit; 400 for submissions of the portal.
 * - *Documented*: failed submissions can be deleted. A cancelled one: unknown, switch `deleteCanceled`.
 */
export function deleteSubmission(services: Services): Operation {
  return {
    name: 'deleteSubmission',
    surface: 'store',
    method: 'DELETE',
    path: '/v1.0/my/applications/:applicationId/submissions/:submissionId',
    run: (call) => remove(services, call),
  };
}

function remove(services: Services, call: Call): Answer {
  const { application, submission } = findSubmission(services, call);
  const { world } = services;
  refuseMadeInPortal(application, submission);
  if (!isDeletable(submission, world.settings.switches)) throw notDeletable();
  world.submissions.delete(submission.id);
  if (application.pending === submission.id) delete application.pending;
  return empty(204);
}

function isDeletable(submission: Submission, switches: Switches): boolean {
  if (submission.status === 'Canceled') return switches.deleteCanceled === 'allow';
  return submission.status === 'PendingCommit' || submission.status.endsWith('Failed');
}
