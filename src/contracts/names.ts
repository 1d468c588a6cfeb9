/**
 * Every name that the Functions host, durable history and function keys know.
 * They are in stored history and in people's keys: add, never rename.
 */
export const FunctionName = {
  publishToStore: 'PublishToStore',
  watchStoreSubmission: 'WatchStoreSubmission',
  rollOut: 'RollOut',
  publishToMarketplace: 'PublishToMarketplace',
  watchOffer: 'WatchOffer',
  makePlan: 'MakePlan',

  beginRun: 'BeginRun',
  checkpoint: 'Checkpoint',
  closeGate: 'CloseGate',
  checkToken: 'CheckToken',
  inspectPackage: 'InspectPackage',
  followReferences: 'FollowReferences',
  checkAssets: 'CheckAssets',
  findStoreProduct: 'FindStoreProduct',
  makeStoreProduct: 'MakeStoreProduct',
  acquireClaim: 'AcquireClaim',
  supersede: 'Supersede',
  releaseClaim: 'ReleaseClaim',
  lookAtStoreProduct: 'LookAtStoreProduct',
  clearStoreSubmission: 'ClearStoreSubmission',
  createStoreSubmission: 'CreateStoreSubmission',
  updateStoreSubmission: 'UpdateStoreSubmission',
  verifyStoreSubmission: 'VerifyStoreSubmission',
  uploadStorePackages: 'UploadStorePackages',
  commitStoreSubmission: 'CommitStoreSubmission',
  pollStoreSubmission: 'PollStoreSubmission',
  withdrawStoreSubmission: 'WithdrawStoreSubmission',
  rememberPublished: 'RememberPublished',
  readRollout: 'ReadRollout',
  changeRollout: 'ChangeRollout',
  findOffer: 'FindOffer',
  makeOffer: 'MakeOffer',
  lookAtOffer: 'LookAtOffer',
  writeOfferDraft: 'WriteOfferDraft',
  uploadOfferFiles: 'UploadOfferFiles',
  verifyOffer: 'VerifyOffer',
  publishOffer: 'PublishOffer',
  pollOffer: 'PollOffer',
  promoteOffer: 'PromoteOffer',
  withdrawOffer: 'WithdrawOffer',
  settleOffer: 'SettleOffer',
  readPlanBytes: 'ReadPlanBytes',
  judgePlan: 'JudgePlan',
  endPlan: 'EndPlan',

  startRelease: 'StartRelease',
  listReleases: 'ListReleases',
  getRelease: 'GetRelease',
  getReleaseDocument: 'GetReleaseDocument',
  getReleaseTimeline: 'GetReleaseTimeline',
  approveRelease: 'ApproveRelease',
  rejectRelease: 'RejectRelease',
  cancelRelease: 'CancelRelease',
  retryRelease: 'RetryRelease',
  planRelease: 'PlanRelease',
  getPlan: 'GetPlan',
  getReleasePlan: 'GetReleasePlan',
  getReleaseReport: 'GetReleaseReport',
  rollOutRelease: 'RollOutRelease',
  rollOutApp: 'RollOutApp',
  rollOutFlight: 'RollOutFlight',
  createUpload: 'CreateUpload',
  listAccounts: 'ListAccounts',
  checkAccount: 'CheckAccount',
  exportProduct: 'ExportProduct',
  listStoreApps: 'ListStoreApps',
  getStoreApp: 'GetStoreApp',
  getStoreAppSubmission: 'GetStoreAppSubmission',
  getStoreAppSubmissionStatus: 'GetStoreAppSubmissionStatus',
  getStoreAppRollout: 'GetStoreAppRollout',
  listStoreAppAddOns: 'ListStoreAppAddOns',
  listStoreFlights: 'ListStoreFlights',
  getStoreFlight: 'GetStoreFlight',
  getStoreFlightSubmission: 'GetStoreFlightSubmission',
  getStoreFlightSubmissionStatus: 'GetStoreFlightSubmissionStatus',
  getStoreFlightRollout: 'GetStoreFlightRollout',
  deleteStoreFlight: 'DeleteStoreFlight',
  listStoreAddOns: 'ListStoreAddOns',
  getStoreAddOn: 'GetStoreAddOn',
  getStoreAddOnSubmission: 'GetStoreAddOnSubmission',
  getStoreAddOnSubmissionStatus: 'GetStoreAddOnSubmissionStatus',
  deleteStoreAddOn: 'DeleteStoreAddOn',
  getHealth: 'GetHealth',
  getOpenApi: 'GetOpenApi',
  getSchema: 'GetSchema',

  sweep: 'Sweep',
} as const;
export type FunctionName = (typeof FunctionName)[keyof typeof FunctionName];

/** The instance of a run: one release may run several times, each under an id of its own. */
export function instanceIdOf(releaseId: string, run: number): string {
  return `${releaseId}-${run}`;
}

/** The instance that watches the submission of a run. */
export function watchInstanceIdOf(releaseId: string, run: number): string {
  return `${instanceIdOf(releaseId, run)}-watch`;
}

/** The instance that takes the rollout of a run through its stages. */
export function rolloutInstanceIdOf(releaseId: string, run: number): string {
  return `${instanceIdOf(releaseId, run)}-rollout`;
}

/** The event that wakes a run at one certain wait; it carries nothing. Never made from input. */
export function bellName(run: number, seq: number): string {
  return `wake:${run}.${seq}`;
}
