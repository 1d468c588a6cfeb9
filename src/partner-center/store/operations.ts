/** Names of the client's calls, as errors and logs carry them. */
export const StoreOperation = {
  listApplications: 'listApplications',
  getApplication: 'getApplication',
  listApplicationAddOns: 'listApplicationAddOns',
  listApplicationFlights: 'listApplicationFlights',
  createAppSubmission: 'createAppSubmission',
  getAppSubmission: 'getAppSubmission',
  updateAppSubmission: 'updateAppSubmission',
  commitAppSubmission: 'commitAppSubmission',
  deleteAppSubmission: 'deleteAppSubmission',
  getAppSubmissionStatus: 'getAppSubmissionStatus',
  getPackageRollout: 'getPackageRollout',
  updatePackageRolloutPercentage: 'updatePackageRolloutPercentage',
  haltPackageRollout: 'haltPackageRollout',
  finalizePackageRollout: 'finalizePackageRollout',
  getUploadUrl: 'getUploadUrl',
} as const;
export type StoreOperation = (typeof StoreOperation)[keyof typeof StoreOperation];
