import { json, type Answer } from '../core/answer';
import type { Call } from '../core/call';
import type { Outcome, Submission } from '../core/model';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { findSubmission, refuseMadeInPortal } from './access';
import { checkBody } from './body';
import { invalidState } from './errors';
import { findings } from './lifecycle/findings';
import type { ProductKind } from './products/product-kind';
import { submissionPath } from './submission-paths';

/**
 * `POST …/submissions/{id}/commit` (R28).
 *
 * - *Documented*: from PendingCommit only; files are looked at afterwards.
 * - *Observed*: 202 with `{"status":"CommitStarted"}`; 400 for submissions of the portal.
 * - *Assumed*: the wording of the 409; a body is ignored.
 */
export function commitSubmission(services: Services, kind: ProductKind): Operation {
  return {
    name: `commit${kind.name}Submission`,
    surface: 'store',
    method: 'POST',
    path: `${submissionPath(kind)}/commit`,
    run: (call) => commit(services, call, kind),
  };
}

function commit(services: Services, call: Call, kind: ProductKind): Answer {
  const { product, submission } = findSubmission(services, call, kind);
  checkBody(call);
  refuseMadeInPortal(product, submission);
  if (submission.status !== 'PendingCommit') {
    throw invalidState('Submission in its current state cannot be committed', 'submissionId');
  }
  startCertification(services, submission);
  return json(202, { status: submission.status });
}

/** Enters CommitStarted; takes the outcome that was set for the next commit of this product. */
export function startCertification(services: Services, submission: Submission): void {
  const { world, clock } = services;
  const outcome = takeOutcome(world.outcomes, submission);
  submission.status = 'CommitStarted';
  submission.since = clock.now();
  submission.warnings = outcome?.warnings ?? [];
  submission.commit = {
    at: submission.since,
    duration: world.settings.switches.progress === 'poll' ? 0 : world.settings.certification,
    ...(outcome && { outcome }),
  };
  Object.assign(submission, findings(submission));
}

function takeOutcome(outcomes: Outcome[], submission: Submission): Outcome | undefined {
  const index = outcomes.findIndex(({ application, flight, addOn }) => {
    const product = flight ?? addOn ?? application;
    return product === undefined || product === submission.product;
  });
  return index < 0 ? undefined : outcomes.splice(index, 1)[0];
}
