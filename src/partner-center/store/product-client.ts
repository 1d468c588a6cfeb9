import type { Answer, Call } from '../http';
import type { StoreClient } from './client';
import type {
  Product,
  StoreAddOnRef,
  StoreAppRef,
  StoreFlightRef,
  StoreKind,
  StoreProductRef,
  Submission,
  WritableSubmission,
} from './products';
import type { CommitAnswer, CreatedSubmission, PackageRollout, SubmissionState } from './submission-schema';
import type { UploadUrl } from './upload-url';

/** Which submissions a product has. */
export interface ProductState<K extends StoreKind> {
  /** The live one; `null` if it was never published. */
  readonly publishedId: string | null;
  /** The one that holds the only slot; `null` if the slot is free. */
  readonly pendingId: string | null;
  /** The product as the API answers it. */
  readonly raw: Product<K>;
}

/** The gradual rollout of one product's submissions; documented at `StoreClient`. */
export interface ProductRollout {
  getPackageRollout(submissionId: string, call: Call): Promise<Answer<PackageRollout>>;
  updatePackageRolloutPercentage(submissionId: string, percentage: number, call: Call): Promise<Answer<PackageRollout>>;
  haltPackageRollout(submissionId: string, call: Call): Promise<Answer<PackageRollout>>;
  finalizePackageRollout(submissionId: string, call: Call): Promise<Answer<PackageRollout>>;
}

/**
 * One product and its submissions, in the same words whatever it is: the methods of `StoreClient`, documented there,
 * with the address of the product filled in. `kind` tells which documents it takes and gives.
 */
export interface ProductClient<K extends StoreKind> {
  readonly kind: K;
  getProduct(call: Call): Promise<Answer<ProductState<K>>>;
  createSubmission(call: Call): Promise<Answer<CreatedSubmission>>;
  getSubmission(submissionId: string, call: Call): Promise<Answer<Submission<K>>>;
  getUploadUrl(submissionId: string, call: Call): Promise<Answer<UploadUrl | undefined>>;
  updateSubmission(submissionId: string, document: WritableSubmission<K>, call: Call): Promise<Answer<Submission<K>>>;
  commitSubmission(submissionId: string, call: Call): Promise<Answer<CommitAnswer>>;
  deleteSubmission(submissionId: string, call: Call): Promise<Answer<unknown>>;
  getSubmissionStatus(submissionId: string, call: Call): Promise<Answer<SubmissionState>>;
  /** `undefined` for add-ons: they have no packages. */
  readonly rollout: K extends 'store-add-on' ? undefined : ProductRollout;
}

/** The client of a product's kind; of several kinds, one of theirs, told apart by `kind`. */
export type ProductClientOf<P extends StoreProductRef> = P extends StoreProductRef ? ProductClient<P['kind']> : never;

/** The client, for one product. */
export function productClient<P extends StoreProductRef>(client: StoreClient, product: P): ProductClientOf<P>;
export function productClient(client: StoreClient, product: StoreProductRef): ProductClientOf<StoreProductRef> {
  switch (product.kind) {
    case 'store-app':
      return ofApp(client, product);
    case 'store-flight':
      return ofFlight(client, product);
    case 'store-add-on':
      return ofAddOn(client, product);
  }
}

function ofApp(client: StoreClient, { kind, applicationId: app }: StoreAppRef): ProductClient<'store-app'> {
  return {
    kind,
    getProduct: async (call) => {
      const { value: raw, ...answer } = await client.getApplication(app, call);
      return { ...answer, value: state(raw, raw.lastPublishedApplicationSubmission, raw.pendingApplicationSubmission) };
    },
    createSubmission: (call) => client.createAppSubmission(app, call),
    getSubmission: (id, call) => client.getAppSubmission(app, id, call),
    getUploadUrl: (id, call) => client.getUploadUrl(app, id, call),
    updateSubmission: (id, document, call) => client.updateAppSubmission(app, id, document, call),
    commitSubmission: (id, call) => client.commitAppSubmission(app, id, call),
    deleteSubmission: (id, call) => client.deleteAppSubmission(app, id, call),
    getSubmissionStatus: (id, call) => client.getAppSubmissionStatus(app, id, call),
    rollout: {
      getPackageRollout: (id, call) => client.getPackageRollout(app, id, call),
      updatePackageRolloutPercentage: (id, percentage, call) =>
        client.updatePackageRolloutPercentage(app, id, percentage, call),
      haltPackageRollout: (id, call) => client.haltPackageRollout(app, id, call),
      finalizePackageRollout: (id, call) => client.finalizePackageRollout(app, id, call),
    },
  };
}

function ofFlight(client: StoreClient, flight: StoreFlightRef): ProductClient<'store-flight'> {
  return {
    kind: flight.kind,
    getProduct: async (call) => {
      const { value: raw, ...answer } = await client.getFlight(flight, call);
      return { ...answer, value: state(raw, raw.lastPublishedFlightSubmission, raw.pendingFlightSubmission) };
    },
    createSubmission: (call) => client.createFlightSubmission(flight, call),
    getSubmission: (id, call) => client.getFlightSubmission(flight, id, call),
    getUploadUrl: (id, call) => client.getFlightUploadUrl(flight, id, call),
    updateSubmission: (id, document, call) => client.updateFlightSubmission(flight, id, document, call),
    commitSubmission: (id, call) => client.commitFlightSubmission(flight, id, call),
    deleteSubmission: (id, call) => client.deleteFlightSubmission(flight, id, call),
    getSubmissionStatus: (id, call) => client.getFlightSubmissionStatus(flight, id, call),
    rollout: {
      getPackageRollout: (id, call) => client.getFlightPackageRollout(flight, id, call),
      updatePackageRolloutPercentage: (id, percentage, call) =>
        client.updateFlightPackageRolloutPercentage(flight, id, percentage, call),
      haltPackageRollout: (id, call) => client.haltFlightPackageRollout(flight, id, call),
      finalizePackageRollout: (id, call) => client.finalizeFlightPackageRollout(flight, id, call),
    },
  };
}

function ofAddOn(client: StoreClient, { kind, addOnId }: StoreAddOnRef): ProductClient<'store-add-on'> {
  return {
    kind,
    getProduct: async (call) => {
      const { value: raw, ...answer } = await client.getAddOn(addOnId, call);
      const { lastPublishedInAppProductSubmission: published, pendingInAppProductSubmission: pending } = raw;
      return { ...answer, value: state(raw, published, pending) };
    },
    createSubmission: (call) => client.createAddOnSubmission(addOnId, call),
    getSubmission: (id, call) => client.getAddOnSubmission(addOnId, id, call),
    getUploadUrl: (id, call) => client.getAddOnUploadUrl(addOnId, id, call),
    updateSubmission: (id, document, call) => client.updateAddOnSubmission(addOnId, id, document, call),
    commitSubmission: (id, call) => client.commitAddOnSubmission(addOnId, id, call),
    deleteSubmission: (id, call) => client.deleteAddOnSubmission(addOnId, id, call),
    getSubmissionStatus: (id, call) => client.getAddOnSubmissionStatus(addOnId, id, call),
    rollout: undefined,
  };
}

interface Named {
  readonly id: string;
}

function state<T>(raw: T, published: Named | undefined, pending: Named | undefined) {
  return { publishedId: published?.id ?? null, pendingId: pending?.id ?? null, raw };
}
