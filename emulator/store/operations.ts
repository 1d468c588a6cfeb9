import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { createAddOn } from './add-ons/create-add-on';
import { deleteAddOn } from './add-ons/delete-add-on';
import { getAddOn } from './add-ons/get-add-on';
import { listAddOns, listApplicationAddOns } from './add-ons/list-add-ons';
import { commitSubmission } from './commit-submission';
import { createSubmission } from './create-submission';
import { deleteSubmission } from './delete-submission';
import { createFlight } from './flights/create-flight';
import { deleteFlight } from './flights/delete-flight';
import { getFlight } from './flights/get-flight';
import { listFlights } from './flights/list-flights';
import { getApplication } from './get-application';
import { getSubmission } from './get-submission';
import { getSubmissionStatus } from './get-submission-status';
import { listApplications } from './list-applications';
import {
  finalizePackageRollout,
  getPackageRollout,
  haltPackageRollout,
  updateRolloutPercentage,
} from './package-rollout';
import { KINDS } from './products/kinds';
import type { ProductKind } from './products/product-kind';
import { unknownOperations } from './unknown-operations';
import { updateSubmission } from './update-submission';

/** All 37 operations of the submission API, and one for what it does not have. */
export function storeOperations(services: Services): Operation[] {
  return [
    listApplications(services),
    getApplication(services),
    listApplicationAddOns(services),
    listFlights(services),
    listAddOns(services),
    getAddOn(services),
    createAddOn(services),
    deleteAddOn(services),
    createFlight(services),
    getFlight(services),
    deleteFlight(services),
    ...Object.values(KINDS).flatMap((kind) => submissionOperations(services, kind)),
    ...[KINDS.application, KINDS.flight].flatMap((kind) => rolloutOperations(services, kind)),
    ...unknownOperations(services),
  ];
}

function submissionOperations(services: Services, kind: ProductKind): Operation[] {
  return [
    createSubmission(services, kind),
    getSubmission(services, kind),
    updateSubmission(services, kind),
    commitSubmission(services, kind),
    deleteSubmission(services, kind),
    getSubmissionStatus(services, kind),
  ];
}

function rolloutOperations(services: Services, kind: ProductKind): Operation[] {
  return [
    getPackageRollout(services, kind),
    updateRolloutPercentage(services, kind),
    haltPackageRollout(services, kind),
    finalizePackageRollout(services, kind),
  ];
}
