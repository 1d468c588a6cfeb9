import { empty, type Answer } from '../core/answer';
import type { Call } from '../core/call';
import type { Submission } from '../core/model';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import type { Switches } from '../core/settings';
import { findSubmission, refuseMadeInPortal } from './access';
import { notDeletable } from './errors';
import type { ProductKind } from './products/product-kind';
import { submissionPath } from './submission-paths';

/**
 * `DELETE …/submissions/{id}` (R29).
 *
 * - *Observed*: 204; the 409 literal past PendingCommit; 400 for submissions of the portal.
 * - *Documented*: failed submissions can be deleted. A cancelled one: unknown, switch `deleteCanceled`.
 */
export function deleteSubmission(services: Services, kind: ProductKind): Operation {
  return {
    name: `delete${kind.name}Submission`,
    surface: 'store',
    method: 'DELETE',
    path: submissionPath(kind),
    run: (call) => remove(services, call, kind),
  };
}

function remove(services: Services, call: Call, kind: ProductKind): Answer {
  const { product, submission } = findSubmission(services, call, kind);
  const { world } = services;
  refuseMadeInPortal(product, submission);
  if (!isDeletable(submission, world.settings.switches)) throw notDeletable();
  world.submissions.delete(submission.id);
  if (product.pending === submission.id) delete product.pending;
  return empty(204);
}

/** Whether the API deletes a submission in its status. */
export function isDeletable(submission: Submission, switches: Switches): boolean {
  if (submission.status === 'Canceled') return switches.deleteCanceled === 'allow';
  return submission.status === 'PendingCommit' || submission.status.endsWith('Failed');
}
