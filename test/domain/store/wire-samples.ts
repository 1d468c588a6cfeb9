import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChangeContext } from '../../../src/domain/store/changes/place';
import type { StoreKind } from '../../../src/domain/store/mapping';
import type { StoreSubmission } from '../../../src/domain/store/submission';

/** Submissions as the API answers them: the examples of its pages, and those that the emulator begins with. */

const unset = '1601-01-01T00:00:00.0000000Z';

export const app: StoreSubmission = {
  id: '1152921505700520589',
  applicationCategory: 'DeveloperTools_Utilities',
  pricing: {
    trialPeriod: 'NoFreeTrial',
    marketSpecificPricings: { LB: 'NotAvailable' },
    sales: [],
    priceId: 'Free',
    isAdvancedPricingModel: true,
  },
  visibility: 'Public',
  targetPublishMode: 'Immediate',
  targetPublishDate: unset,
  listings: {
    'en-us': {
      baseListing: {
        copyrightAndTrademarkInfo: '© Fabrikam',
        keywords: ['notes', 'markdown'],
        licenseTerms: '',
        privacyPolicy: '',
        supportContact: '',
        websiteUrl: '',
        description: 'A small note taker.',
        features: ['Fast', 'Offline'],
        releaseNotes: 'Fixes.\r\nFaster start.',
        images: [
          { fileName: 'main.png', fileStatus: 'Uploaded', id: '1152922700022186513', imageType: 'Screenshot' },
          {
            fileName: 'Assets\\en-us\\new.png',
            fileStatus: 'PendingUpload',
            description: 'Editor',
            imageType: 'Screenshot',
          },
        ],
        recommendedHardware: [],
        minimumHardware: [],
        title: 'Fabrikam Notes',
        shortDescription: 'Notes, quickly.',
        shortTitle: '',
        voiceTitle: '',
        devStudio: 'Fabrikam',
      },
      platformOverrides: {},
    },
  },
  hardwarePreferences: [],
  automaticBackupEnabled: true,
  canInstallOnRemovableMedia: true,
  isGameDvrEnabled: false,
  gamingOptions: [
    {
      genres: [],
      isLocalMultiplayer: false,
      isLocalCooperative: false,
      isOnlineMultiplayer: false,
      isOnlineCooperative: false,
      isBroadcastingPrivilegeGranted: true,
      isCrossPlayEnabled: false,
      kinectDataForExternal: 'Disabled',
    },
  ],
  hasExternalInAppProducts: false,
  meetAccessibilityGuidelines: false,
  notesForCertification: 'No account needed.',
  status: 'PendingCommit',
  statusDetails: { errors: [], warnings: [], certificationReports: [] },
  hasUploadUrl: true,
  applicationPackages: [
    {
      fileName: 'Fabrikam.Notes_1.4.0.0_x64.msix',
      fileStatus: 'Uploaded',
      id: '2000000000090432659',
      version: '1.4.0.0',
      architecture: 'x64',
      languages: ['en-US'],
    },
  ],
  packageDeliveryOptions: {
    packageRollout: {
      isPackageRollout: true,
      packageRolloutPercentage: 25,
      packageRolloutStatus: 'PackageRolloutNotStarted',
      fallbackSubmissionId: '0',
      isSeekEnabled: true,
    },
    isMandatoryUpdate: false,
    mandatoryUpdateEffectiveDate: unset,
  },
  enterpriseLicensing: 'Online',
  allowMicrosoftDecideAppAvailabilityToFutureDeviceFamilies: true,
  allowTargetFutureDeviceFamilies: {
    '7': true,
    Desktop: true,
    Mobile: false,
    Xbox: false,
    Team: false,
    Holographic: false,
  },
  friendlyName: 'Submission 19',
  trailers: [
    {
      id: '1158943556954955699',
      videoFileName: 'Trailers\\intro.mp4',
      videoFileId: '1159761554639123258',
      trailerAssets: {
        'en-us': {
          title: 'Intro',
          imageList: [{ fileName: 'Trailers\\intro.png', id: '1155546904097346923', description: 'First frame' }],
        },
      },
    },
  ],
};

export const flight: StoreSubmission = {
  id: '1152921504621243649',
  flightId: '7bfc11d5-f710-47c5-8a98-e04bb5aad310',
  status: 'PendingCommit',
  flightPackages: [{ fileName: 'Fabrikam.Notes_1.6.0.0_x64.msix', fileStatus: 'PendingUpload', id: '' }],
  packageDeliveryOptions: {
    packageRollout: { isPackageRollout: false, packageRolloutPercentage: 0, fallbackSubmissionId: '0' },
    isMandatoryUpdate: false,
    mandatoryUpdateEffectiveDate: unset,
  },
  targetPublishMode: 'Immediate',
  targetPublishDate: '',
  notesForCertification: '',
};

export const addOn: StoreSubmission = {
  id: '1152921504621243680',
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
  pricing: { marketSpecificPricings: { US: 'Tier1020' }, sales: [], priceId: 'Tier1012', isAdvancedPricingModel: true },
  targetPublishDate: unset,
  targetPublishMode: 'Immediate',
  tag: '',
  visibility: 'Public',
  status: 'PendingCommit',
  friendlyName: 'Submission 2',
};

/** Every submission document that the emulator is seeded with. */
function seeded(): [string, StoreKind, StoreSubmission][] {
  const seed: unknown = JSON.parse(readFileSync(join(__dirname, '../../../emulator/seed/default.json'), 'utf8'));
  return documentsIn(seed).map((document, index) => [`seeded ${index}`, kindOf(document), document]);
}

function documentsIn(value: unknown): StoreSubmission[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    name === 'document' ? [member as StoreSubmission] : documentsIn(member),
  );
}

function kindOf(document: StoreSubmission): StoreKind {
  if ('contentType' in document) return 'store-add-on';
  return 'flightPackages' in document ? 'store-flight' : 'store-app';
}

export const samples: [string, StoreKind, StoreSubmission][] = [
  ['app', 'store-app', app],
  ['flight', 'store-flight', flight],
  ['add-on', 'store-add-on', addOn],
  ['an app with nothing in it', 'store-app', { listings: {}, gamingOptions: null, trailers: null, pricing: null }],
  [
    'an add-on with nothing in it',
    'store-add-on',
    { contentType: 'NotSet', pricing: { priceId: 'Base' }, listings: {} },
  ],
  ...seeded(),
];

/** Every asset there is, each with bytes of its own. */
export function sha256(asset: string): string {
  return createHash('sha256').update(asset).digest('hex');
}

export const context: ChangeContext = { sha256Of: sha256, known: () => undefined };

/** What the service makes of a submission once it was processed: new files have ids, what was to be deleted is gone. */
export function processed(submission: StoreSubmission): StoreSubmission {
  const copy = structuredClone(submission);
  let next = 9000;
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((item) => item?.fileStatus !== 'PendingDelete').map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).filter(([, one]) => one?.fileStatus !== 'PendingDelete');
    const after = Object.fromEntries(members.map(([name, one]) => [name, visit(one)]));
    if (after['fileStatus'] === 'PendingUpload') Object.assign(after, { fileStatus: 'Uploaded', id: `${next++}` });
    if ('videoFileName' in after && !after['id']) Object.assign(after, { id: `${next++}`, videoFileId: `${next++}` });
    return after;
  };
  return visit(copy) as StoreSubmission;
}
