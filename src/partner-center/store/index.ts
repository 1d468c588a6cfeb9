export { createStoreClient, type StoreClient } from './client';
export { explainCreateConflict } from './create-conflict';
export { RolloutStatus, SubmissionStatus } from './enums';
export { storeFailure, type StoreFailure } from './errors';
export type { StoreMeaning } from './meaning';
export * from './schema';
export { UploadUrl } from './upload-url';
export { writable, type WritableSubmission } from './writable';
