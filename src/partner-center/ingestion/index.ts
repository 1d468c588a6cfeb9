export { createIngestionClient, type IngestionClient } from './client';
export {
  FileState,
  Module,
  ProductType,
  ResellerState,
  SubmissionState,
  SubmissionSubstate,
  TargetEnvironment,
  WorkflowState,
} from './enums';
export { ingestionFailure, type IngestionFailure } from './errors';
export type { IngestionMeaning } from './meaning';
export type { ListCall } from './pages';
export type { Package, PackageType } from './package-schema';
export type { Product } from './product-schema';
export type { ConditionalCall } from './requests';
export { readTime, type Draft, type TypeValuePair } from './resource-schema';
export { latestSubmission } from './submission-methods';
export type {
  CertificationReport,
  NewSubmission,
  Submission,
  ValidationItem,
  WorkflowDetail,
} from './submission-schema';
export { ingestionTransport } from './transport';
export { testDriveVariantId, type Variant } from './variant-schema';
