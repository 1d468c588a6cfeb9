import type { Answer } from '../core/answer';
import type { Call } from '../core/call';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { findSubmission, refuseMadeInPortal } from './access';
import { readObject } from './body';
import { readUpdate } from './document/read-update';
import { limitExceeded } from './document/literals';
import { invalidState } from './errors';
import { showSubmission } from './get-submission';

/**
 * `PUT applications/{id}/submissions/{id}` (R17–R27).
 *
 * - *Documented*: replaces the draft, in PendingCommit only; answers the whole submission as stored.
 * - *Observed*: 400 for submissions of the portal; the literals.
 * - *Assumed*: the wording of the 409.
 */
export function updateSubmission(services: Services): Operation {
  return {
    name: 'updateSubmission',
    surface: 'store',
    method: 'PUT',
    path: '/v1.0/my/applications/:applicationId/submissions/:submissionId',
    run: (call) => update(services, call),
    reread: (call) => showSubmission(services, call),
  };
}

async function update(services: Services, call: Call): Promise<Answer> {
  const { application, submission } = findSubmission(services, call);
  refuseMadeInPortal(application, submission);
  if (submission.status !== 'PendingCommit') {
    throw invalidState('Submission in its current state cannot be updated', 'submissionId');
  }
  const body = readObject(call);
  if (!body) throw limitExceeded('size', 'AppListings', 1, 'more');
  const { switches } = services.world.settings;
  const next = readUpdate(body, submission, application, { switches, emptyListings: 'AppListings' });
  submission.content = next.content;
  if (next.hiddenPrice === undefined) delete submission.hiddenPrice;
  else submission.hiddenPrice = next.hiddenPrice;
  return showSubmission(services, call);
}
