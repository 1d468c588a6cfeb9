/** Answers as the pages of the submission API show them, and as clients have seen them: the wire, not our types. */

export const ids = {
  app: '9NEXAMPLE001',
  flight: '7bfc11d5-f710-47c5-8a98-e04bb5aad310',
  addOn: '9NEXAMPLE0A1',
  submission: '1152921504621243649',
} as const;

/** With a plus in its signature, as the service sends some. */
export const uploadAddress =
  'https://ingestionpackagesprod1.blob.core.windows.net/ingestion/8b389577-5d5e-4cbe-a744-1ff2e97a9eb8' +
  '?sv=2024-05-04&se=2026-11-21T08%3A00%3A00Z&sr=b&sp=rwl&sig=AbC+deF%2FghISECRETsig%3D';

const details = { errors: [], warnings: [], certificationReports: [] };

export const application = {
  id: ids.app,
  primaryName: 'Fabrikam Notes',
  packageIdentityName: 'Fabrikam.Notes',
  lastPublishedApplicationSubmission: { id: '1', resourceLocation: `applications/${ids.app}/submissions/1` },
};

export const flight = {
  flightId: ids.flight,
  friendlyName: 'Insiders',
  lastPublishedFlightSubmission: { id: '1', resourceLocation: `flights/${ids.flight}/submissions/1` },
  pendingFlightSubmission: {
    id: ids.submission,
    resourceLocation: `flights/${ids.flight}/submissions/${ids.submission}`,
  },
  groupIds: ['1152921504606962205'],
  rankHigherThan: 'Non-flighted submission',
};

export const addOn = {
  applications: { value: [{ id: ids.app, resourceLocation: `applications/${ids.app}` }], totalCount: 1 },
  id: ids.addOn,
  productId: 'pro-pack',
  productType: 'Durable',
  pendingInAppProductSubmission: {
    id: ids.submission,
    resourceLocation: `inappproducts/${ids.addOn}/submissions/${ids.submission}`,
  },
};

export const appSubmission = {
  id: ids.submission,
  applicationCategory: 'DeveloperTools_Utilities',
  listings: { 'en-us': { baseListing: { title: 'Fabrikam Notes' }, platformOverrides: {} } },
  status: 'PendingCommit',
  statusDetails: details,
  fileUploadUrl: uploadAddress,
  applicationPackages: [{ fileName: 'a.msix', fileStatus: 'Uploaded', id: '2000000000090432659' }],
  friendlyName: 'Submission 2',
};

/** What of `flightSubmission` a PUT can write. */
export const flightContent = {
  flightPackages: [
    {
      fileName: 'Fabrikam.Notes_1.6.0.0_x64.msix',
      fileStatus: 'PendingUpload',
      id: '',
      version: '1.6.0.0',
      architecture: 'x64',
      languages: ['en-us'],
      capabilities: [],
      minimumDirectXVersion: 'None',
      minimumSystemRam: 'None',
    },
  ],
  packageDeliveryOptions: {
    packageRollout: {
      isPackageRollout: false,
      packageRolloutPercentage: 0,
      packageRolloutStatus: 'PackageRolloutNotStarted',
      fallbackSubmissionId: '0',
    },
    isMandatoryUpdate: false,
    mandatoryUpdateEffectiveDate: '1601-01-01T00:00:00.0000000Z',
  },
  targetPublishMode: 'Immediate',
  targetPublishDate: '',
  notesForCertification: 'Keine Anmeldung nötig',
};

export const flightSubmission = {
  id: ids.submission,
  flightId: ids.flight,
  status: 'PendingCommit',
  statusDetails: details,
  fileUploadUrl: uploadAddress,
  ...flightContent,
};

/** What of `addOnSubmission` a PUT can write. */
export const addOnContent = {
  contentType: 'OnlineDataStorage',
  keywords: ['pro'],
  lifetime: 'Forever',
  listings: {
    en: {
      description: 'Unlocks everything.',
      icon: { fileName: 'icons\\pro-en.png', fileStatus: 'PendingUpload' },
      title: 'Pro pack',
    },
  },
  pricing: {
    marketSpecificPricings: { US: 'Tier1020' },
    sales: [],
    priceId: 'Tier1012',
    isAdvancedPricingModel: true,
  },
  targetPublishDate: '1601-01-01T00:00:00.0000000Z',
  targetPublishMode: 'Immediate',
  tag: 'own data',
  visibility: 'Public',
};

export const addOnSubmission = {
  id: ids.submission,
  ...addOnContent,
  status: 'PendingCommit',
  statusDetails: {
    ...details,
    warnings: [{ code: 'ListingOptOutWarning', details: 'You have removed listing language(s): []' }],
  },
  fileUploadUrl: uploadAddress,
  friendlyName: 'Submission 2',
};

export const status = { status: 'Certification', statusDetails: details };

export const commit = { status: 'CommitStarted' };

export const rollout = {
  isPackageRollout: true,
  packageRolloutPercentage: 25,
  packageRolloutStatus: 'PackageRolloutInProgress',
  fallbackSubmissionId: '1',
};
