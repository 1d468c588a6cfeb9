/**
 * The service's words, with their spelling (enum values are case-sensitive). Open when reading: a value that is not
 * listed is kept as it came. Source: spec/enumerations of the pages "Manage app submissions", "Manage apps" and
 * "Create an add-on".
 */

/** Where a submission stands. */
export const SubmissionStatus = {
  none: 'None',
  canceled: 'Canceled',
  pendingCommit: 'PendingCommit',
  commitStarted: 'CommitStarted',
  commitFailed: 'CommitFailed',
  pendingPublication: 'PendingPublication',
  publishing: 'Publishing',
  published: 'Published',
  publishFailed: 'PublishFailed',
  preProcessing: 'PreProcessing',
  preProcessingFailed: 'PreProcessingFailed',
  certification: 'Certification',
  certificationFailed: 'CertificationFailed',
  release: 'Release',
  releaseFailed: 'ReleaseFailed',
} as const;
export type SubmissionStatus = (typeof SubmissionStatus)[keyof typeof SubmissionStatus];

/** What is to become of a package or image of a submission. */
export const FileStatus = {
  none: 'None',
  pendingUpload: 'PendingUpload',
  uploaded: 'Uploaded',
  pendingDelete: 'PendingDelete',
} as const;
export type FileStatus = (typeof FileStatus)[keyof typeof FileStatus];

/** When a certified submission goes live. */
export const TargetPublishMode = {
  immediate: 'Immediate',
  manual: 'Manual',
  specificDate: 'SpecificDate',
  notSet: 'NotSet',
} as const;
export type TargetPublishMode = (typeof TargetPublishMode)[keyof typeof TargetPublishMode];

/** Where a gradual package rollout stands. */
export const RolloutStatus = {
  notStarted: 'PackageRolloutNotStarted',
  inProgress: 'PackageRolloutInProgress',
  complete: 'PackageRolloutComplete',
  stopped: 'PackageRolloutStopped',
} as const;
export type RolloutStatus = (typeof RolloutStatus)[keyof typeof RolloutStatus];

/** What kind of add-on a create can make. */
export const AddOnProductType = {
  durable: 'Durable',
  consumable: 'Consumable',
} as const;
export type AddOnProductType = (typeof AddOnProductType)[keyof typeof AddOnProductType];
