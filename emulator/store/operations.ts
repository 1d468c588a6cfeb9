import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { commitSubmission } from './commit-submission';
import { createSubmission } from './create-submission';
import { deleteSubmission } from './delete-submission';
import { getApplication } from './get-application';
import { getSubmission } from './get-submission';
import { getSubmissionStatus } from './get-submission-status';
import { listApplications } from './list-applications';
import { missingOperations } from './missing-operations';
import {
  finalizePackageRollout,
  getPackageRollout,
  haltPackageRollout,
  updateRolloutPercentage,
} from './package-rollout';
import { updateSubmission } from './update-submission';

/** Every operation of the submission API, the ones that are not emulated included. */
export function storeOperations(services: Services): Operation[] {
  return [
    listApplications(services),
    getApplication(services),
    createSubmission(services),
    getSubmission(services),
    updateSubmission(services),
    commitSubmission(services),
    deleteSubmission(services),
    getSubmissionStatus(services),
    getPackageRollout(services),
    updateRolloutPercentage(services),
    haltPackageRollout(services),
    finalizePackageRollout(services),
    ...missingOperations(services),
  ];
}
