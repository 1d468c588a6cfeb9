import type { Answer, Call, Transport } from '../http';
import { AddOnSubmission, type AddOn } from './add-on-schema';
import { StoreAddOns, type NewAddOn } from './add-ons';
import { addOnAddress } from './addresses';
import { StoreOperation } from './operations';
import type { ListOptions } from './pages';
import type { WritableSubmission } from './products';
import type { CommitAnswer, CreatedSubmission, SubmissionState } from './submission-schema';
import { StoreSubmissions } from './submissions';
import type { UploadUrl } from './upload-url';
import { writable } from './writable';

/** Add-ons ("in-app products") and their submissions: rows 15–24. They have no packages and no rollouts. */
export interface AddOnMethods {
  /** Page: get-all-add-ons. Row 15. A read, of all apps of the account. 404 means none. */
  listAddOns(call: Call, options?: ListOptions): AsyncGenerator<AddOn>;

  /** Page: get-an-add-on. Row 16. A read. */
  getAddOn(addOnId: string, call: Call): Promise<Answer<AddOn>>;

  /**
   * Page: create-an-add-on. Row 17. Comes without a submission. Not repeatable: after an unclear answer list the add-ons
   * and look for the app and the product id. `product-conflict`: the product id is taken, or the app is in the way.
   * Unverified: with which words a product id that is taken is refused.
   */
  createAddOn(addOn: NewAddOn, call: Call): Promise<Answer<AddOn>>;

  /**
   * Page: delete-an-add-on. Row 18. Not repeatable, though a second one does no harm but 404.
   * `product-not-deletable`: it was published once, or a submission of it is under way.
   */
  deleteAddOn(addOnId: string, call: Call): Promise<Answer<unknown>>;

  /**
   * Page: create-an-add-on-submission. Row 19. Clones the last published one; the first is an empty template without
   * listings, of content type `NotSet`. Not repeatable: as `createAppSubmission`, with the add-on in place of the
   * application. The sparse answer of the other creates is not known here: the whole submission comes, and is read alike.
   */
  createAddOnSubmission(addOnId: string, call: Call): Promise<Answer<CreatedSubmission>>;

  /** Page: get-an-add-on-submission. Row 20. A read. The upload address is left out, see `getAddOnUploadUrl`. */
  getAddOnSubmission(addOnId: string, submissionId: string, call: Call): Promise<Answer<AddOnSubmission>>;

  /**
   * Page: update-an-add-on-submission. Row 21. Replaces the draft, `writable` members only; safe to repeat, and to be
   * compared, as `updateAppSubmission`. Without a listing, or with the content type `NotSet`, it is refused.
   */
  updateAddOnSubmission(
    addOnId: string,
    submissionId: string,
    document: WritableSubmission<'store-add-on'>,
    call: Call,
  ): Promise<Answer<AddOnSubmission>>;

  /** Page: commit-an-add-on-submission. Row 22. Not repeatable: as `commitAppSubmission`. */
  commitAddOnSubmission(addOnId: string, submissionId: string, call: Call): Promise<Answer<CommitAnswer>>;

  /** Page: delete-an-add-on-submission. Row 23. Not repeatable: as `deleteAppSubmission`. */
  deleteAddOnSubmission(addOnId: string, submissionId: string, call: Call): Promise<Answer<unknown>>;

  /** Page: get-status-for-an-add-on-submission. Row 24. A read. Steps may be skipped between two reads. */
  getAddOnSubmissionStatus(addOnId: string, submissionId: string, call: Call): Promise<Answer<SubmissionState>>;

  /** Row 20 again, for the upload address alone: as `getUploadUrl`. */
  getAddOnUploadUrl(addOnId: string, submissionId: string, call: Call): Promise<Answer<UploadUrl | undefined>>;
}

/** The methods on a transport whose base is the API's. */
export function addOnMethods(transport: Transport): AddOnMethods {
  const addOns = new StoreAddOns(transport);
  const submissions = new StoreSubmissions(transport, {
    address: addOnAddress,
    schema: AddOnSubmission,
    writable: (document: WritableSubmission<'store-add-on'>) => writable('store-add-on', document),
    sparseCreate: false,
    operations: {
      create: StoreOperation.createAddOnSubmission,
      get: StoreOperation.getAddOnSubmission,
      update: StoreOperation.updateAddOnSubmission,
      commit: StoreOperation.commitAddOnSubmission,
      delete: StoreOperation.deleteAddOnSubmission,
      getStatus: StoreOperation.getAddOnSubmissionStatus,
      getUploadUrl: StoreOperation.getAddOnUploadUrl,
    },
  });
  return {
    listAddOns: (...args) => addOns.list(...args),
    getAddOn: (...args) => addOns.get(...args),
    createAddOn: (...args) => addOns.create(...args),
    deleteAddOn: (...args) => addOns.delete(...args),
    createAddOnSubmission: (...args) => submissions.create(...args),
    getAddOnSubmission: (...args) => submissions.get(...args),
    updateAddOnSubmission: (...args) => submissions.update(...args),
    commitAddOnSubmission: (...args) => submissions.commit(...args),
    deleteAddOnSubmission: (...args) => submissions.delete(...args),
    getAddOnSubmissionStatus: (...args) => submissions.getStatus(...args),
    getAddOnUploadUrl: (...args) => submissions.getUploadUrl(...args),
  };
}
