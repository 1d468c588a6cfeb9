/** Answers as they come over the wire, each with a member that no schema knows. */

export const ids = {
  product: 'e285d721-50ad-559a-92ca-f9063163dc0c',
  instance: '45fedbf0-4546-5d4f-a2a8-1e8776a36668',
  row: '2d73a129-44e2-5303-838b-e3788ba1a74c',
  file: '6059489b-39cd-579b-86ae-18a97ac30e62',
  submission: '1152921505700000881',
};

export const etag = '"7c01a2d4-0000-0800-0000-680271130000"';
const signature = 'sv=2018-03-28&sr=b&sig=SECRETsig+a%2F%3D&se=2026-11-20T08%3A15%3A00Z&sp=rwl';
export const address = `https://ingestionpackages.blob.core.windows.net/file/3050487256000000123?${signature}`;
export const secret = /SECRETsig|sig=|sv=2018/;

const entity = { '@odata.etag': etag, id: ids.row, unheardOf: { deep: [1, 'two'] } };
const pair = { type: 'Scope', value: 'Preview' };

export const product = {
  resourceType: 'AzureContainer',
  name: 'Contoso tools',
  externalIDs: [{ type: 'AzureOfferId', value: 'contoso-tools' }],
  isModularPublishing: true,
  id: ids.product,
  unheardOf: true,
};
export const setup = {
  resourceType: 'AzureProductSetup',
  sellingOption: 'SellElsewhere',
  trialUri: '',
  enableTestDrive: false,
  channelStates: [{ type: 'Reseller', value: 'Enabled' }],
};
export const branch = {
  resourceType: 'Branch',
  friendlyName: 'Main',
  type: 'Main',
  module: 'Listing',
  currentDraftInstanceID: ids.instance,
};
export const productAvailability = {
  ...entity,
  resourceType: 'ProductAvailability',
  visibility: 'Public',
  audiences: [{ Type: 'PreviewMarketplaceGroup', Values: [ids.row] }],
};
export const property = {
  ...entity,
  resourceType: 'AzureProperty',
  leveledCategories: { 'developer-tools': ['cli'] },
  submissionVersion: ids.file,
};
export const listing = {
  ...entity,
  resourceType: 'AzureListing',
  listingUris: [],
  listingContacts: [{ type: 'Engineering', name: 'Contoso', colour: 'red' }],
  gettingStartedInstructions: '',
  languageCode: 'en-us',
  title: 'Contoso tools',
  keywords: [],
};
export const image = {
  ...entity,
  resourceType: 'ListingImage',
  fileName: 'large.png',
  type: 'AzureLogoLarge',
  state: 'PendingUpload',
  order: 0,
  fileSasUri: address,
};
export const asset = {
  ...entity,
  resourceType: 'ListingAsset',
  fileName: 'guide.pdf',
  type: 'Document',
  state: 'PendingUpload',
  fileSasUri: address,
  publisherDefinedSasUri: address,
};
export const video = {
  ...entity,
  resourceType: 'ListingVideo',
  fileName: 'film.mp4',
  state: 'Uploaded',
  streamingUri: 'https://video.contoso.com/1',
  thumbnail: { fileName: 'film.png', fileSasUri: address },
};
export const configuration = {
  ...entity,
  resourceType: 'AzureManagedApplicationPackageConfiguration',
  version: '1.0.0',
  canEnableCustomerActions: 'true',
  packageReferences: [{ type: 'AzureApplicationPackage', value: ids.file }],
};
export const packageRow = { ...entity, resourceType: '', fileName: 'app.zip', state: 'Processed', fileSasUri: address };
export const variant = {
  resourceType: 'AzureSkuVariant',
  state: 'Active',
  friendlyName: 'Basic',
  conversionPaths: '*',
  externalID: 'basic',
  certificationsAzureGovernment: [],
  cloudAvailabilities: ['public-azure'],
  subType: 'managed-application',
  extendedProperties: [],
  ...entity,
};
export const featureAvailability = {
  ...entity,
  resourceType: 'FeatureAvailability',
  visibility: 'Private',
  marketStates: [{ marketCode: 'DE', state: 'Enabled' }],
  trial: { type: 'NoTrial' },
  priceSchedules: [{ isBaseSchedule: true, schedules: [{ retailPrice: { openPrice: 4.5 }, pricingModel: 'Flat' }] }],
};
export const submission = {
  resourceType: 'Submission',
  state: 'InProgress',
  substate: 'Submitted',
  targets: [pair],
  resources: [{ type: 'Availability', value: ids.instance }],
  variantResources: [],
  publishedTimeInUtc: '1601-01-01T00:00:00Z',
  pendingUpdateInfo: { updateType: 'Create', status: 'Completed' },
  releaseNumber: 26,
  friendlyName: 'Submission 26',
  areResourcesReady: true,
  id: ids.submission,
};
export const workflow = {
  type: 'Push',
  state: 'InProgress',
  targetEnvironment: 'Live',
  workflowSteps: [{ name: 'Certification', state: 'Baking', startDateTimeInUtc: '2025-02-01T10:37:37.4038218' }],
  startDateTimeInUtc: '2025-02-01T10:37:37.4038218',
};
export const validation = {
  errorCode: 'Resell-20007',
  severity: 'Error',
  message: 'ResellerConfiguration module is missing..',
  resource: 'Resell',
};
export const report = { reportTimeInUtc: '2025-02-01T10:37:37', status: 'Passed', fileUri: address };
export const lead = { resourceType: 'HttpsEndpointLeadConfiguration', httpsEndpointUri: 'https://leads.contoso.com' };
export const reseller = { resourceType: 'ResellerConfiguration', resellerChannelState: 'Enabled', tenantIds: [] };
export const supplemental = {
  ...entity,
  resourceType: 'SupplementalContent',
  targetRelease: '2026 wave 2',
  supportedEditions: [],
  assets: [{ assetID: 'a', fileName: 'test-plan.pdf', type: 'Plan', fileSasUri: address }],
};
export const cosellAsset = { ...entity, resourceType: 'CosellAsset', fileName: 'deck.pdf', fileSasUri: address };
export const cosellListing = {
  ...entity,
  resourceType: 'CosellListing',
  offerPlatforms: ['azure'],
  assetReferences: [],
};
