import { json, type Answer } from '../core/answer';
import type { Call } from '../core/call';
import type { RolloutStatus, Submission } from '../core/model';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { findSubmission } from './access';
import { checkBody } from './body';
import { rolloutOf } from './document/content';
import { invalidState, invalidValue } from './errors';
import type { ProductKind } from './products/product-kind';
import { renderRollout } from './render/delivery';
import { submissionPath } from './submission-paths';

/** `GET …/packagerollout`. *Documented*. */
export function getPackageRollout(services: Services, kind: ProductKind): Operation {
  return {
    name: `get${kind.name}PackageRollout`,
    surface: 'store',
    method: 'GET',
    path: `${submissionPath(kind)}/packagerollout`,
    run: (call) => json(200, rollout(services, findSubmission(services, call, kind).submission)),
  };
}

/**
 * `POST …/updatepackagerolloutpercentage?percentage=` (R38). *Documented*: a number with a dot; 100 % does not finalize.
 * Whether the percentage may be lowered is unknown (switch `lowerPercentage`); what the refusal says is *assumed*.
 */
export function updateRolloutPercentage(services: Services, kind: ProductKind): Operation {
  return {
    name: `update${kind.name}RolloutPercentage`,
    surface: 'store',
    method: 'POST',
    path: `${submissionPath(kind)}/updatepackagerolloutpercentage`,
    run: (call) => {
      const submission = running(services, call, kind);
      const text = call.query.get('percentage') ?? '';
      const percentage = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
      if (!(percentage <= 100)) throw invalidValue('The value of percentage must be between 0 and 100', 'percentage');
      const least = rolloutOf(submission.content)?.packageRolloutPercentage ?? 0;
      if (services.world.settings.switches.lowerPercentage === 'refuse' && percentage < least) {
        throw invalidValue(`The value of percentage must be ${least} or more`, 'percentage');
      }
      return change(services, submission, { status: 'PackageRolloutInProgress', percentage });
    },
  };
}

/** `POST …/haltpackagerollout` (R38). *Documented*: back to 0 %; the submission stays the last published one. */
export function haltPackageRollout(services: Services, kind: ProductKind): Operation {
  return {
    name: `halt${kind.name}PackageRollout`,
    surface: 'store',
    method: 'POST',
    path: `${submissionPath(kind)}/haltpackagerollout`,
    run: (call) => change(services, running(services, call, kind), { status: 'PackageRolloutStopped', percentage: 0 }),
  };
}

/** `POST …/finalizepackagerollout` (R38). *Documented*: to 100 %, after which a new submission can be made. */
export function finalizePackageRollout(services: Services, kind: ProductKind): Operation {
  return {
    name: `finalize${kind.name}PackageRollout`,
    surface: 'store',
    method: 'POST',
    path: `${submissionPath(kind)}/finalizepackagerollout`,
    run: (call) =>
      change(services, running(services, call, kind), { status: 'PackageRolloutComplete', percentage: 100 }),
  };
}

/** *Documented*: 409 unless published with a rollout in progress. Wording is *assumed*. */
function running(services: Services, call: Call, kind: ProductKind): Submission {
  const { submission } = findSubmission(services, call, kind);
  checkBody(call);
  if (submission.status !== 'Published' || submission.rolloutStatus !== 'PackageRolloutInProgress') {
    throw invalidState('The package rollout is not in progress', 'submission');
  }
  return submission;
}

function change(
  services: Services,
  submission: Submission,
  next: { status: RolloutStatus; percentage: number },
): Answer {
  submission.rolloutStatus = next.status;
  Object.assign(rolloutOf(submission.content) ?? {}, { packageRolloutPercentage: next.percentage });
  return json(200, rollout(services, submission));
}

function rollout(services: Services, submission: Submission): Record<string, unknown> {
  return renderRollout(submission, services.world.settings.switches);
}
