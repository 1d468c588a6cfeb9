import type { Answer, Call, Transport } from '../http';
import { applicationAddress } from './addresses';
import { AppSubmission, type AddOnRow, type Application } from './app-schema';
import { StoreApplications } from './applications';
import type { Flight } from './flight-schema';
import { StoreOperation } from './operations';
import type { ListOptions } from './pages';
import type { WritableSubmission } from './products';
import { StoreRollouts } from './rollouts';
import type { CommitAnswer, CreatedSubmission, PackageRollout, SubmissionState } from './submission-schema';
import { StoreSubmissions } from './submissions';
import type { UploadUrl } from './upload-url';
import { writable } from './writable';

/** Apps, their submissions and rollouts: rows 1–14. */
export interface AppMethods {
  /** Page: get-all-apps. Row 1. A read. An identity that sees no app gets no rows (the page says 404: read as none). */
  listApplications(call: Call, options?: ListOptions): AsyncGenerator<Application>;

  /** Page: get-an-app. Row 2. A read. An app of another account is `forbidden`. */
  getApplication(applicationId: string, call: Call): Promise<Answer<Application>>;

  /** Page: get-add-ons-for-an-app. Row 3. A read. 404 means none; an unknown app cannot always be told from it. */
  listApplicationAddOns(applicationId: string, call: Call, options?: ListOptions): AsyncGenerator<AddOnRow>;

  /** Page: get-flights-for-an-app. Row 4. A read. 404 as in `listApplicationAddOns`. */
  listApplicationFlights(applicationId: string, call: Call, options?: ListOptions): AsyncGenerator<Flight>;

  /**
   * Page: create-an-app-submission. Row 5. Clones the last published (or halted) submission into a new draft.
   * Not repeatable: after an unclear answer read the application and adopt its pending submission only if it is
   * provably the new one. Sent without a body (a body is read as content) and with the undocumented
   * `isMinimalResponse=true`, which keeps big apps below the gateway's time limit: read the submission afterwards.
   * Unverified: what the first submission of a never published app answers.
   */
  createAppSubmission(applicationId: string, call: Call): Promise<Answer<CreatedSubmission>>;

  /** Page: get-an-app-submission. Row 6. A read. The upload address is left out, see `getUploadUrl`. */
  getAppSubmission(applicationId: string, submissionId: string, call: Call): Promise<Answer<AppSubmission>>;

  /**
   * Page: update-an-app-submission. Row 7. Replaces the draft by the document, `writable` members only. Safe to repeat,
   * as long as nobody else writes: it replaces. The answer is what was stored: compare it, for a 200 does not prove it.
   * A refused update leaves the old draft, which a commit would ship. Missing packages are refused, missing images kept.
   * Unverified: whether members left out keep their value, so send the whole document.
   */
  updateAppSubmission(
    applicationId: string,
    submissionId: string,
    document: WritableSubmission,
    call: Call,
  ): Promise<Answer<AppSubmission>>;

  /**
   * Page: commit-an-app-submission. Row 8. Not repeatable: any status but `PendingCommit` afterwards means that it was
   * taken. Files are read from the upload address after this call; what is wrong with them shows up as `CommitFailed`.
   */
  commitAppSubmission(applicationId: string, submissionId: string, call: Call): Promise<Answer<CommitAnswer>>;

  /**
   * Page: delete-an-app-submission. Row 9. Not repeatable, though a second one does no harm but 404: after an unclear
   * answer look whether the application still has the pending submission. Its list may lag.
   */
  deleteAppSubmission(applicationId: string, submissionId: string, call: Call): Promise<Answer<unknown>>;

  /** Page: get-status-for-an-app-submission. Row 10. A read. Steps may be skipped between two reads. */
  getAppSubmissionStatus(applicationId: string, submissionId: string, call: Call): Promise<Answer<SubmissionState>>;

  /** Page: get-package-rollout-info-for-an-app-submission. Row 11. A read. */
  getPackageRollout(applicationId: string, submissionId: string, call: Call): Promise<Answer<PackageRollout>>;

  /**
   * Page: update-the-package-rollout-percentage-for-an-app-submission. Row 12. 0–100, a float, in the query. 100 is not
   * the end: finalize. A POST, not repeated here; after an unclear answer read the rollout.
   * Unverified: whether the percentage may be lowered.
   */
  updatePackageRolloutPercentage(
    applicationId: string,
    submissionId: string,
    percentage: number,
    call: Call,
  ): Promise<Answer<PackageRollout>>;

  /** Page: halt-the-package-rollout-for-an-app-submission. Row 13. Not repeated here; after an unclear answer read the rollout. */
  haltPackageRollout(applicationId: string, submissionId: string, call: Call): Promise<Answer<PackageRollout>>;

  /** Page: finalize-the-package-rollout-for-an-app-submission. Row 14. As `haltPackageRollout`. */
  finalizePackageRollout(applicationId: string, submissionId: string, call: Call): Promise<Answer<PackageRollout>>;

  /**
   * Row 6 again, for the upload address alone; undefined when there is none, as for submissions made in Partner Center.
   * A read. Unverified: whether reading again renews an address that has expired.
   */
  getUploadUrl(applicationId: string, submissionId: string, call: Call): Promise<Answer<UploadUrl | undefined>>;
}

/** The methods on a transport whose base is the API's. */
export function appMethods(transport: Transport): AppMethods {
  const applications = new StoreApplications(transport);
  const submissions = new StoreSubmissions(transport, {
    address: applicationAddress,
    schema: AppSubmission,
    writable: (document: WritableSubmission) => writable('store-app', document),
    sparseCreate: true,
    operations: {
      create: StoreOperation.createAppSubmission,
      get: StoreOperation.getAppSubmission,
      update: StoreOperation.updateAppSubmission,
      commit: StoreOperation.commitAppSubmission,
      delete: StoreOperation.deleteAppSubmission,
      getStatus: StoreOperation.getAppSubmissionStatus,
      getUploadUrl: StoreOperation.getUploadUrl,
    },
  });
  const rollouts = new StoreRollouts(transport, {
    address: applicationAddress,
    operations: {
      get: StoreOperation.getPackageRollout,
      updatePercentage: StoreOperation.updatePackageRolloutPercentage,
      halt: StoreOperation.haltPackageRollout,
      finalize: StoreOperation.finalizePackageRollout,
    },
  });
  return {
    listApplications: (...args) => applications.list(...args),
    getApplication: (...args) => applications.get(...args),
    listApplicationAddOns: (...args) => applications.listAddOns(...args),
    listApplicationFlights: (...args) => applications.listFlights(...args),
    createAppSubmission: (...args) => submissions.create(...args),
    getAppSubmission: (...args) => submissions.get(...args),
    updateAppSubmission: (...args) => submissions.update(...args),
    commitAppSubmission: (...args) => submissions.commit(...args),
    deleteAppSubmission: (...args) => submissions.delete(...args),
    getAppSubmissionStatus: (...args) => submissions.getStatus(...args),
    getPackageRollout: (...args) => rollouts.get(...args),
    updatePackageRolloutPercentage: (...args) => rollouts.updatePercentage(...args),
    haltPackageRollout: (...args) => rollouts.halt(...args),
    finalizePackageRollout: (...args) => rollouts.finalize(...args),
    getUploadUrl: (...args) => submissions.getUploadUrl(...args),
  };
}
