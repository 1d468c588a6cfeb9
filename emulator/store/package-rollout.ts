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
    run: (call) => json(200, renderRollout(findSubmission(services, call).submission)),
  };
}

/**
 * `POST …/updatepackagerolloutpercentage?percentage=` (R38). *Documented*; that the percentage may be lowered is *assumed*.
 * 100 % does not finalize.
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
      const percentage = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
      if (!(percentage <= 100)) throw invalidValue('The value of percentage must be between 0 and 100', 'percentage');
      return change(submission, 'PackageRolloutInProgress', percentage);
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
    run: (call) => change(running(services, call), 'PackageRolloutStopped', 0),
  };
}

/** `POST …/finalizepackagerollout` (R38). *Documented*: to 100 %, after which a new submission can be made. */
export function finalizePackageRollout(services: Services): Operation {
  return {
    name: 'finalizePackageRollout',
    surface: 'store',
    method: 'POST',
    path: `${BASE}/finalizepackagerollout`,
    run: (call) => change(running(services, call), 'PackageRolloutComplete', 100),
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

function change(submission: Submission, status: RolloutStatus, percentage: number): Answer {
  submission.rolloutStatus = status;
  submission.content.packageDeliveryOptions.packageRollout.packageRolloutPercentage = percentage;
  return json(200, renderRollout(submission));
}
