import { originOf } from '../../../src/domain/plain-document';
import type { StoreDocument } from '../../../src/domain/release-document';
import { readSubmissionDocument } from '../../../src/domain/store/submission-document';

const app: Pick<StoreDocument, 'target' | 'options'> = {
  target: { kind: 'store-app', applicationId: '9NBLGGH4R315' },
};
const addOn: Pick<StoreDocument, 'target'> = { target: { kind: 'store-add-on', addOnId: '9NADDONPRO01' } };
const flight: Pick<StoreDocument, 'target'> = {
  target: { kind: 'store-flight', applicationId: '9NBLGGH4R315', flightId: '0f11e000-0000-4000-8000-00000000000a' },
};

function faultsOf(submission: object, document = app): string[] {
  return readSubmissionDocument(document, { ...submission }).faults.map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('a document of the official CLI, which spells members with a capital', () => {
  const camel = {
    id: '1',
    pricing: { priceId: 'Free', marketSpecificPricings: { LB: 'NotAvailable' } },
    targetPublishMode: 'Immediate',
    targetPublishDate: '1601-01-01T00:00:00Z',
    listings: {
      'en-us': {
        baseListing: {
          releaseNotes: 'Faster.',
          images: [
            { fileName: 'a.png', fileStatus: 'PendingUpload', id: null, imageType: 'Screenshot' },
            { fileName: 'b.png', fileStatus: 'Uploaded', id: '7', imageType: 'Screenshot' },
          ],
        },
        platformOverrides: {},
      },
    },
    gamingOptions: [{ genres: [], isLocalMultiplayer: false }],
    fileUploadUrl: 'https://a.example/?sig=1',
    applicationPackages: [
      { fileName: 'new.msix', fileStatus: 'PendingUpload' },
      { fileName: 'old.msix', fileStatus: 'PendingDelete' },
      { fileName: 'live.msix', fileStatus: 'Uploaded' },
    ],
    packageDeliveryOptions: { packageRollout: { isPackageRollout: true }, isMandatoryUpdate: false },
    allowTargetFutureDeviceFamilies: { Desktop: true, '7': true },
    trailers: [{ id: '9', videoFileName: 'v.mp4', trailerAssets: { 'en-us': { title: 'T', imageList: [] } } }],
  };
  const data = ['en-us', 'LB', 'Desktop', '7'];
  const capital = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(capital);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [
        data.includes(name) ? name : name.charAt(0).toUpperCase() + name.slice(1),
        capital(one),
      ]),
    );
  };
  const written = capital(camel) as Record<string, unknown>;

  test('says what the same document says in the spelling of the API', () => {
    const read = readSubmissionDocument(app, written);
    const { changes, publication } = readSubmissionDocument(app, camel);

    expect(read.changes).toEqual(changes);
    expect(read.publication).toEqual(publication);
    expect(read.packages).toEqual([
      { fileName: 'new.msix', pointer: '/submission/ApplicationPackages/0', status: 'PendingUpload' },
    ]);
    expect(read.remove).toMatchObject([{ fileName: 'old.msix', pointer: '/submission/ApplicationPackages/1' }]);
    expect(read.expected).toMatchObject([{ fileName: 'live.msix' }]);
  });

  test('has its faults at its own places', () => {
    const read = readSubmissionDocument(app, written);
    const at = (pointer: string): string => originOf(pointer, read.origins);

    expect(read.faults).toMatchObject([
      { pointer: '/submission/PackageDeliveryOptions/PackageRollout/IsPackageRollout', code: 'owned-elsewhere' },
    ]);
    expect(at('/changes/listings/en-us/baseListing/images/Screenshot/1')).toBe(
      '/submission/Listings/en-us/BaseListing/Images/1',
    );
    expect(at('/changes/trailers/0/file')).toBe('/submission/Trailers/0/VideoFileName');
  });

  test('may not say the same twice', () => {
    expect(faultsOf({ notesForCertification: 'a', NotesForCertification: 'b' })).toEqual([
      '/submission/NotesForCertification duplicate',
    ]);
  });
});

test('what is read-only, ignored, null or not set says nothing; what nobody knows is still there', () => {
  const { changes, faults, publication } = readSubmissionDocument(app, {
    id: '1',
    appId: '9nblggh4r315',
    status: 'PendingCommit',
    statusDetails: {},
    fileUploadUrl: 'https://a.example/?sig=1',
    friendlyName: 'Submission 2',
    applicationCategory: 'NotSet',
    targetPublishMode: 'NotSet',
    gamingOptions: [],
    trailers: null,
    pricing: { priceId: 'Free', trialPeriod: 'NotSet', sales: [], isAdvancedPricingModel: true },
    packageDeliveryOptions: {
      packageRollout: { isPackageRollout: false },
      isMandatoryUpdate: false,
      mandatoryUpdateEffectiveDate: '1601-01-01T00:00:00.0000000Z',
    },
    listings: { 'en-us': { baseListing: { title: 'A', privacyPolicy: '', description: null }, platformOverrides: {} } },
    notesForCertification: 'a\r\nb',
    applicationPakages: [],
  });

  expect(faults).toEqual([]);
  expect(publication).toBeUndefined();
  expect(changes).toEqual({
    notesForCertification: 'a\nb',
    applicationPakages: [],
    pricing: { priceId: 'Free' },
    packageDeliveryOptions: { isMandatoryUpdate: false },
    listings: { 'en-us': { baseListing: { title: 'A' } } },
  });
});

test('pictures come by type: new ones as files, kept ones by id, and what is to be deleted is left out', () => {
  const image = (fileName: string, fileStatus: string, more: object = {}) => ({
    fileName,
    fileStatus,
    imageType: 'Screenshot',
    ...more,
  });
  const { changes, origins } = readSubmissionDocument(app, {
    listings: {
      de: {
        baseListing: {
          images: [
            image('old.png', 'PendingDelete', { id: '7' }),
            image('kept.png', 'Uploaded', { id: '8' }),
            image('Assets\\de\\new.png', 'PendingUpload', { description: '' }),
            image('logo.png', 'PendingDelete', { id: '9', imageType: 'Icon' }),
          ],
        },
      },
    },
  });

  expect(changes).toEqual({
    listings: {
      de: {
        baseListing: {
          images: { Screenshot: [{ id: '8' }, { file: 'Assets/de/new.png', description: null }], Icon: [] },
        },
      },
    },
  });
  const at = '/listings/de/baseListing/images';
  expect(originOf(`/changes${at}/Screenshot/1/file`, origins)).toBe(`/submission${at}/2/fileName`);
  expect(originOf(`/changes${at}/Screenshot/0/description`, origins)).toBe(`/submission${at}/1/description`);
  expect(originOf('/changes/listings/de/baseListing/title', origins)).toBe('/submission/listings/de/baseListing/title');
  expect(originOf('/options/price', origins)).toBe('/options/price');
});

test('trailers and their thumbnails are new where they have no id', () => {
  const asset = (id?: string) => ({ title: 'T', imageList: [{ fileName: 'Trailers\\t.png', ...(id ? { id } : {}) }] });
  const { changes } = readSubmissionDocument(app, {
    trailers: [
      { id: '1', videoFileName: 'a.mp4', videoFileId: '2', trailerAssets: { 'en-us': asset('3') } },
      { videoFileName: 'Trailers\\b.mp4', trailerAssets: { 'en-us': asset() } },
    ],
  });

  expect(changes['trailers']).toEqual([
    { id: '1', trailerAssets: { 'en-us': { title: 'T', imageList: [{ id: '3' }] } } },
    { file: 'Trailers/b.mp4', trailerAssets: { 'en-us': { title: 'T', imageList: [{ file: 'Trailers/t.png' }] } } },
  ]);
});

test.each([
  ['is kept', { fileName: 'icon.png', fileStatus: 'Uploaded' }, { id: 'icon.png' }],
  ['is new', { fileName: 'a\\icon.png', fileStatus: 'PendingUpload' }, { file: 'a/icon.png' }],
  ['goes', { fileName: 'icon.png', fileStatus: 'PendingDelete' }, null],
])('the icon of an add-on %s', (_what, icon, expected) => {
  const { changes } = readSubmissionDocument(addOn, { listings: { en: { title: 'Pro', icon } } });

  expect(changes).toEqual({ listings: { en: { title: 'Pro', icon: expected } } });
});

test('packages are told apart by their status, with their places', () => {
  const entry = (fileName: string, fileStatus: string) => ({ fileName, fileStatus });
  const read = readSubmissionDocument(flight, {
    flightPackages: [
      entry('old.msix', 'Uploaded'),
      entry('gone.msix', 'PendingDelete'),
      entry('a\\new.msix', 'PendingUpload'),
    ],
  });

  expect(read.expected).toMatchObject([{ fileName: 'old.msix', pointer: '/submission/flightPackages/0' }]);
  expect(read.remove).toMatchObject([{ fileName: 'gone.msix' }]);
  expect(read.packages).toMatchObject([{ fileName: 'a/new.msix' }]);
  expect(originOf('/packages/0', read.origins)).toBe('/submission/flightPackages/2');
  expect(originOf('/oldPackages/remove/0', read.origins)).toBe('/submission/flightPackages/1');
});

test.each([
  ['Immediate', undefined, { targetPublishMode: 'Immediate', targetPublishDate: '1601-01-01T00:00:00.0000000Z' }],
  [
    'SpecificDate',
    '2026-12-01T08:00:00+01:00',
    { targetPublishMode: 'SpecificDate', targetPublishDate: '2026-12-01T07:00:00.000Z' },
  ],
])('is published as it says: %s', (targetPublishMode, targetPublishDate, expected) => {
  expect(readSubmissionDocument(app, { targetPublishMode, targetPublishDate }).publication).toEqual(expected);
});

test.each([
  ['a product of its own', app, { appId: '9NBLGGH00000' }, '/submission/appId invalid-value'],
  ['an add-on of its own', addOn, { iapId: '9NADDON00000' }, '/submission/iapId invalid-value'],
  ['a mode that nobody knows', app, { targetPublishMode: 'Soon' }, '/submission/targetPublishMode invalid-value'],
  ['no date', app, { targetPublishMode: 'SpecificDate' }, '/submission/targetPublishDate invalid-format'],
  [
    'packages of another target',
    flight,
    { applicationPackages: [{}] },
    '/submission/applicationPackages unknown-member',
  ],
  [
    'a package without name',
    app,
    { applicationPackages: [{}] },
    '/submission/applicationPackages/0/fileName missing-member',
  ],
])('refuses %s', (_what, document, submission, expected) => {
  expect(faultsOf(submission, document)).toEqual([expected]);
});

test('a rollout is for the options of the release to say', () => {
  const submission = {
    packageDeliveryOptions: { packageRollout: { isPackageRollout: true, packageRolloutPercentage: 5 } },
  };
  const at = '/submission/packageDeliveryOptions/packageRollout/isPackageRollout';

  expect(faultsOf(submission)).toEqual([`${at} owned-elsewhere`]);
  expect(faultsOf(submission, { ...app, options: { rollout: { stages: [{ percentage: 5 }] } } })).toEqual([]);
});
