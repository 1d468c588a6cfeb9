import type { Answer, Call, Transport } from '../http';
import { flightAddress } from './addresses';
import { FlightSubmission, type Flight } from './flight-schema';
import { StoreFlights, type NewFlight } from './flights';
import { StoreOperation } from './operations';
import type { FlightAddress, WritableSubmission } from './products';
import { StoreRollouts } from './rollouts';
import type { CommitAnswer, CreatedSubmission, PackageRollout, SubmissionState } from './submission-schema';
import { StoreSubmissions } from './submissions';
import type { UploadUrl } from './upload-url';
import { writable } from './writable';

/** Package flights, their submissions and rollouts: rows 25–37. Nothing changes a flight itself but making and deleting. */
export interface FlightMethods {
  /**
   * Page: create-a-flight. Row 25. Not repeatable: after an unclear answer list the app's flights and look for the name.
   * The page says that a flight comes without a submission; in fact the first one is made with it: use
   * `pendingFlightSubmission` (of the answer, or read the flight), do not create another.
   * Unverified: what a name that is taken answers; whether an unknown name in `rankHigherThan` is a 400.
   */
  createFlight(applicationId: string, flight: NewFlight, call: Call): Promise<Answer<Flight>>;

  /**
   * Page: get-a-flight. Row 26. A read. The addresses of its submissions (`resourceLocation`) lack the app in front:
   * go by their ids.
   */
  getFlight(flight: FlightAddress, call: Call): Promise<Answer<Flight>>;

  /**
   * Page: delete-a-flight. Row 27. Not repeatable, though a second one does no harm but 404.
   * Unverified: in which states it is refused with 409 (`product-not-deletable`).
   */
  deleteFlight(flight: FlightAddress, call: Call): Promise<Answer<unknown>>;

  /**
   * Page: create-a-flight-submission. Row 28. Clones the last published (or halted) one. Not repeatable: as
   * `createAppSubmission`, with the flight in place of the application, and sparse in the same undocumented way.
   * `flight-dead`: the flight's first and only submission was deleted; no other can ever be made.
   */
  createFlightSubmission(flight: FlightAddress, call: Call): Promise<Answer<CreatedSubmission>>;

  /** Page: get-a-flight-submission. Row 29. A read. The upload address is left out, see `getFlightUploadUrl`. */
  getFlightSubmission(flight: FlightAddress, submissionId: string, call: Call): Promise<Answer<FlightSubmission>>;

  /**
   * Page: update-a-flight-submission. Row 30. Replaces the draft, `writable` members only; safe to repeat, and to be
   * compared, as `updateAppSubmission`. Packages that are there must come with their `id`, or they lose their identity.
   * Unverified: whether the empty `targetPublishDate` of the pages' samples is taken back.
   */
  updateFlightSubmission(
    flight: FlightAddress,
    submissionId: string,
    document: WritableSubmission<'store-flight'>,
    call: Call,
  ): Promise<Answer<FlightSubmission>>;

  /** Page: commit-a-flight-submission. Row 31. Not repeatable: as `commitAppSubmission`. */
  commitFlightSubmission(flight: FlightAddress, submissionId: string, call: Call): Promise<Answer<CommitAnswer>>;

  /**
   * Page: delete-a-flight-submission. Row 32. Not repeatable: as `deleteAppSubmission`. Deleting the only submission
   * of a flight kills the flight: see `createFlightSubmission`.
   */
  deleteFlightSubmission(flight: FlightAddress, submissionId: string, call: Call): Promise<Answer<unknown>>;

  /** Page: get-status-for-a-flight-submission. Row 33. A read. Steps may be skipped between two reads. */
  getFlightSubmissionStatus(flight: FlightAddress, submissionId: string, call: Call): Promise<Answer<SubmissionState>>;

  /** Page: get-package-rollout-info-for-a-flight-submission. Row 34. A read. */
  getFlightPackageRollout(flight: FlightAddress, submissionId: string, call: Call): Promise<Answer<PackageRollout>>;

  /**
   * Page: update-the-package-rollout-percentage-for-a-flight-submission. Row 35. Not repeated here: as
   * `updatePackageRolloutPercentage`.
   */
  updateFlightPackageRolloutPercentage(
    flight: FlightAddress,
    submissionId: string,
    percentage: number,
    call: Call,
  ): Promise<Answer<PackageRollout>>;

  /** Page: halt-the-package-rollout-for-a-flight-submission. Row 36. Not repeated here: as `haltPackageRollout`. */
  haltFlightPackageRollout(flight: FlightAddress, submissionId: string, call: Call): Promise<Answer<PackageRollout>>;

  /** Page: finalize-the-package-rollout-for-a-flight-submission. Row 37. Not repeated here: as `haltPackageRollout`. */
  finalizeFlightPackageRollout(
    flight: FlightAddress,
    submissionId: string,
    call: Call,
  ): Promise<Answer<PackageRollout>>;

  /** Row 29 again, for the upload address alone: as `getUploadUrl`. None for a flight that was made in Partner Center. */
  getFlightUploadUrl(flight: FlightAddress, submissionId: string, call: Call): Promise<Answer<UploadUrl | undefined>>;
}

/** The methods on a transport whose base is the API's. */
export function flightMethods(transport: Transport): FlightMethods {
  const flights = new StoreFlights(transport);
  const submissions = new StoreSubmissions(transport, {
    address: flightAddress,
    schema: FlightSubmission,
    writable: (document: WritableSubmission<'store-flight'>) => writable('store-flight', document),
    sparseCreate: true,
    operations: {
      create: StoreOperation.createFlightSubmission,
      get: StoreOperation.getFlightSubmission,
      update: StoreOperation.updateFlightSubmission,
      commit: StoreOperation.commitFlightSubmission,
      delete: StoreOperation.deleteFlightSubmission,
      getStatus: StoreOperation.getFlightSubmissionStatus,
      getUploadUrl: StoreOperation.getFlightUploadUrl,
    },
  });
  const rollouts = new StoreRollouts(transport, {
    address: flightAddress,
    operations: {
      get: StoreOperation.getFlightPackageRollout,
      updatePercentage: StoreOperation.updateFlightPackageRolloutPercentage,
      halt: StoreOperation.haltFlightPackageRollout,
      finalize: StoreOperation.finalizeFlightPackageRollout,
    },
  });
  return {
    createFlight: (...args) => flights.create(...args),
    getFlight: (...args) => flights.get(...args),
    deleteFlight: (...args) => flights.delete(...args),
    createFlightSubmission: (...args) => submissions.create(...args),
    getFlightSubmission: (...args) => submissions.get(...args),
    updateFlightSubmission: (...args) => submissions.update(...args),
    commitFlightSubmission: (...args) => submissions.commit(...args),
    deleteFlightSubmission: (...args) => submissions.delete(...args),
    getFlightSubmissionStatus: (...args) => submissions.getStatus(...args),
    getFlightPackageRollout: (...args) => rollouts.get(...args),
    updateFlightPackageRolloutPercentage: (...args) => rollouts.updatePercentage(...args),
    haltFlightPackageRollout: (...args) => rollouts.halt(...args),
    finalizeFlightPackageRollout: (...args) => rollouts.finalize(...args),
    getFlightUploadUrl: (...args) => submissions.getUploadUrl(...args),
  };
}
