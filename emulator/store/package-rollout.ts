import { json, type Answer } from '../core/answer';
import type { Call } from '../core/call';
import type { RolloutStatus, Submission } from '../core/model';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { findSubmission } from './access';
import { checkBody } from './body';
import { invalidState, invalidValue } from './errors';
import { renderRollout } from './render/submission';

const BASE = '/v1.0/my/applications/:applicationId/submissions/:submissionId';

/** `GET …/packagerollout`. *Documented*. */
export function getPackageRollout(services: Services): Operation {
  return {
    name: 'getPackageRollout',
    surface: 'store',
    method: 'GET',
    path: `${BASE}/packagerollout`,
    run: (call) => json(200, rollout(services, findSubmission(services, call).submission)),
  };
}

/**
 * `POST …/updatepackagerolloutpercentage?percentage=` (R38). *Documented*: a number with a dot; 100 % does not finalize.
 * Whether the percentage may be lowered is unknown (switch `lowerPercentage`); what the refusal says is *assumed*.
 */
export function updateRolloutPercentage(services: Services): Operation {
  return {
    name: 'updateRolloutPercentage',
    surface: 'store',
    method: 'POST',
    path: `${BASE}/updatepackagerolloutpercentage`,
    run: (call) => {
      const submission = running(services, call);
      const text = call.query.get('percentage') ?? '';
      const percentage = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
      if (!(percentage <= 100)) throw invalidValue('The value of percentage must be between 0 and 100', 'percentage');
      const { packageRolloutPercentage } = submission.content.packageDeliveryOptions.packageRollout;
      if (services.world.settings.switches.lowerPercentage === 'refuse' && percentage < packageRolloutPercentage) {
        throw invalidValue(`The value of percentage must be ${packageRolloutPercentage} or more`, 'percentage');
      }
      return change(services, submission, { status: 'PackageRolloutInProgress', percentage });
    },
  };
}

/** `POST …/haltpackagerollout` (R38). *Documented*: back to 0 %; the submission stays the last published one. */
export function haltPackageRollout(services: Services): Operation {
  return {
    name: 'haltPackageRollout',
    surface: 'store',
    method: 'POST',
    path: `${BASE}/haltpackagerollout`,
    run: (call) => change(services, running(services, call), { status: 'PackageRolloutStopped', percentage: 0 }),
  };
}

/** `POST …/finalizepackagerollout` (R38). *Documented*: to 100 %, after which a new submission can be made. */
export function finalizePackageRollout(services: Services): Operation {
  return {
    name: 'finalizePackageRollout',
    surface: 'store',
    method: 'POST',
    path: `${BASE}/finalizepackagerollout`,
    run: (call) => change(services, running(services, call), { status: 'PackageRolloutComplete', percentage: 100 }),
  };
}

/** *Documented*: 409 unless published with a rollout in progress. Wording is *assumed*. */
function running(services: Services, call: Call): Submission {
  const { submission } = findSubmission(services, call);
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
  submission.content.packageDeliveryOptions.packageRollout.packageRolloutPercentage = next.percentage;
  return json(200, rollout(services, submission));
}

function rollout(services: Services, submission: Submission): Record<string, unknown> {
  return renderRollout(submission, services.world.settings.switches);
}
