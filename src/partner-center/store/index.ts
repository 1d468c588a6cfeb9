export type { Application } from './app-schema';
export { createStoreClient, type StoreClient } from './client';
export { explainCreateConflict } from './create-conflict';
export { storeFailure, type StoreFailure } from './errors';
export type { StoreMeaning } from './meaning';
export { productClient, type ProductClient, type ProductRollout, type ProductState } from './product-client';
export type { StoreKind, Submission, WritableSubmission } from './products';
export type { PackageRollout, SubmissionState } from './submission-schema';
export { writable } from './writable';
