import type { Answer } from '../core/answer';
import type { Call } from '../core/call';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { findSubmission, refuseMadeInPortal } from './access';
import { readObject } from './body';
import { invalidState } from './errors';
import { showSubmission } from './get-submission';
import type { ProductKind } from './products/product-kind';
import { submissionPath } from './submission-paths';

/**
 * `PUT …/submissions/{id}` (R17–R27).
 *
 * - *Documented*: replaces the draft, in PendingCommit only; answers the whole submission as stored.
 * - *Observed*: 400 for submissions of the portal; the literals.
 * - *Assumed*: the wording of the 409; no body means an empty document.
 */
export function updateSubmission(services: Services, kind: ProductKind): Operation {
  return {
    name: `update${kind.name}Submission`,
    surface: 'store',
    method: 'PUT',
    path: submissionPath(kind),
    run: (call) => update(services, call, kind),
    reread: (call) => showSubmission(services, call, kind),
  };
}

async function update(services: Services, call: Call, kind: ProductKind): Promise<Answer> {
  const { application, product, submission } = findSubmission(services, call, kind);
  refuseMadeInPortal(product, submission);
  if (submission.status !== 'PendingCommit') {
    throw invalidState('Submission in its current state cannot be updated', 'submissionId');
  }
  const body = readObject(call) ?? {};
  const { switches } = services.world.settings;
  const { content, hiddenPrice } = submission;
  const next = kind.read(body, { stored: { content, hiddenPrice }, application, switches, isCreate: false });
  submission.content = next.content;
  if (next.hiddenPrice === undefined) delete submission.hiddenPrice;
  else submission.hiddenPrice = next.hiddenPrice;
  return showSubmission(services, call, kind);
}
