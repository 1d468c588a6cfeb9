/*
 * The service's words, with their spelling. Open when reading: a value that is not listed is kept as it came. Source:
 * the published OpenAPI document, and recorded answers where it is wrong.
 */

/** What a product is. The consumer's kinds (`Application`, …) belong to the Store submission API. */
export const ProductType = {
  azureApplication: 'AzureApplication',
  virtualMachine: 'AzureThirdPartyVirtualMachine',
  container: 'AzureContainer',
  developerService: 'AzureDeveloperService',
  visualStudioExtension: 'AzureVisualStudioExtension',
  dynamicsCustomerEngagement: 'AzureDynamics365ForCustomerEngagement',
  dynamicsOperations: 'AzureDynamics365ForOperations',
  dynamicsBusinessCentral: 'AzureDynamics365BusinessCentral',
  softwareAsAService: 'SoftwareAsAService',
} as const;
export type ProductType = (typeof ProductType)[keyof typeof ProductType];

/** A group of settings that are versioned together. The last one works, though the OpenAPI document lacks it. */
export const Module = {
  listing: 'Listing',
  property: 'Property',
  package: 'Package',
  availability: 'Availability',
  supplementalContent: 'SupplementalContent',
  cosell: 'Cosell',
  resellerConfiguration: 'ResellerConfiguration',
} as const;
export type Module = (typeof Module)[keyof typeof Module];

/** What became of a file: uploaded by the publisher, then processed by the service. */
export const FileState = {
  pendingUpload: 'PendingUpload',
  uploaded: 'Uploaded',
  inProcessing: 'InProcessing',
  processed: 'Processed',
  processFailed: 'ProcessFailed',
} as const;
export type FileState = (typeof FileState)[keyof typeof FileState];

/** `Published` already when the preview is ready: only with its substate does it say where a submission stands. */
export const SubmissionState = { inProgress: 'InProgress', published: 'Published' } as const;
export type SubmissionState = (typeof SubmissionState)[keyof typeof SubmissionState];

export const SubmissionSubstate = {
  inDraft: 'InDraft',
  submitted: 'Submitted',
  failed: 'Failed',
  failedInCertification: 'FailedInCertification',
  readyToPublish: 'ReadyToPublish',
  publishing: 'Publishing',
  published: 'Published',
  inStore: 'InStore',
} as const;
export type SubmissionSubstate = (typeof SubmissionSubstate)[keyof typeof SubmissionSubstate];

/** Of a workflow and of its steps. Anything else is a failure. */
export const WorkflowState = { notStarted: 'NotStarted', inProgress: 'InProgress', success: 'Success' } as const;
export type WorkflowState = (typeof WorkflowState)[keyof typeof WorkflowState];

/** Where a workflow leads. */
export const TargetEnvironment = { preview: 'Preview', live: 'Live' } as const;
export type TargetEnvironment = (typeof TargetEnvironment)[keyof typeof TargetEnvironment];

/** Whether resellers may sell a product. The older word `OptIn` silently becomes `Enabled`. */
export const ResellerState = {
  disabled: 'Disabled',
  partialOptIn: 'PartialOptIn',
  optOut: 'OptOut',
  enabled: 'Enabled',
} as const;
export type ResellerState = (typeof ResellerState)[keyof typeof ResellerState];
