export type { InstanceAddress } from './addresses';
export type { FeatureAvailability, ProductAvailability } from './availability-schema';
export type { AvailabilityAddress } from './availability-methods';
export { createIngestionClient, type IngestionClient } from './client';
export type { CosellAsset, CosellListing } from './cosell-schema';
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
export type { ListingFileAddress } from './listing-files';
export type { ListingAddress } from './listing-methods';
export type { Listing, ListingAsset, ListingImage, ListingVideo } from './listing-schema';
export type { IngestionMeaning } from './meaning';
export type { PackageConfiguration, PackageConfigurationType } from './package-configuration-schema';
export type { ListCall } from './pages';
export type { NewPackage, Package, PackageType } from './package-schema';
export type { Branch, NewProduct, Product, Setup } from './product-schema';
export type { Property } from './property-schema';
export type { ConditionalCall, PossiblyConditionalCall } from './requests';
export { readTime, type Draft, type TypeValuePair } from './resource-schema';
export type { LeadConfiguration, ResellerConfiguration } from './selling-schema';
export { latestSubmission, type SubmissionAddress } from './submission-methods';
export type {
  CertificationReport,
  NewSubmission,
  PublishOption,
  Submission,
  ValidationItem,
  WorkflowDetail,
} from './submission-schema';
export type { SupplementalContent } from './supplemental-content-schema';
export { ingestionTransport } from './transport';
export { testDriveVariantId, type Variant } from './variant-schema';
