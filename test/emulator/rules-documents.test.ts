/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- documents are loose JSON here */
import { BlockBlobClient } from '@azure/storage-blob';
import { solidPng } from '../../commands/sample-png';
import { APPS, emulatorForFile } from '../support/emulator';
import { buildMsix, buildZip } from '../support/msix';
import { Api, type Json } from './api';

const NOTES = { name: 'Contoso.Notes', publisher: 'CN=0BE04A07-4250-427B-B4BC-000000000001' };
const MUSIC = '1152921505700510061';
const emulator = emulatorForFile();
let api: Api;
let path: string;
let document: Json;
beforeEach(async () => {
  await emulator().reset();
  await emulator().actions.freezeClock();
  api = await Api.signIn(emulator());
  ({ path, document } = await api.draft(APPS.published));
});
const listing = (): Json => document.listings['en-us'].baseListing;
const upload = async (files: Record<string, string | Buffer>): Promise<void> => {
  const blob = new BlockBlobClient(document.fileUploadUrl.replaceAll('+', '%2B'));
  await blob.uploadData(await buildZip(files));
};
const stored = async (): Promise<Json> => (await api.get(path)).body;

describe('R8: members and values', () => {
  test('a submission has the members of the wire in their order, ids as text', () => {
    expect(Object.keys(document)).toEqual(
      [
        'id applicationCategory pricing visibility targetPublishMode targetPublishDate listings hardwarePreferences',
        'automaticBackupEnabled canInstallOnRemovableMedia isGameDvrEnabled gamingOptions hasExternalInAppProducts',
        'meetAccessibilityGuidelines notesForCertification status statusDetails fileUploadUrl applicationPackages',
        'packageDeliveryOptions enterpriseLicensing allowMicrosoftDecideAppAvailabilityToFutureDeviceFamilies',
        'allowTargetFutureDeviceFamilies friendlyName trailers',
      ]
        .join(' ')
        .split(' '),
    );
    expect(Object.keys(document.pricing)).toEqual(
      'trialPeriod marketSpecificPricings sales priceId isAdvancedPricingModel'.split(' '),
    );
    expect(listing().images[0]).toEqual({
      fileName: 'main.png',
      fileStatus: 'Uploaded',
      id: '1152922700022100101',
      imageType: 'Screenshot',
    });
    expect(document.applicationPackages[0].id).toBe('2000000000090400001');
    expect(listing()).toMatchObject({ privacyPolicy: '', supportContact: '', websiteUrl: '' });
    expect(listing()).not.toHaveProperty('sortTitle');
  });

  test.each([
    ['visibility', ['Public', 'Private', 'Hidden', 'NotSet']],
    ['targetPublishMode', ['Immediate', 'Manual', 'SpecificDate', 'NotSet']],
    ['enterpriseLicensing', ['None', 'Online', 'OnlineAndOffline']],
    ['applicationCategory', ['NotSet', 'Games_Roleplaying', 'Business_CRM', 'UtilitiesAndTools_FileManager', 'Social']],
  ])('%s takes its values', async (name, values) => {
    for (const value of values) expect((await api.put(path, { ...document, [name]: value })).body[name]).toBe(value);
  });

  test.each<[string, (document: Json) => void, string]>([
    ['a preference', (d) => (d.hardwarePreferences = ['touch']), 'hardwarePreferences'],
    ['a trial', (d) => (d.pricing.trialPeriod = 'OneWeek'), 'trialPeriod'],
    ['a state of a sensor', (d) => (d.gamingOptions = [{ kinectDataForExternal: 'On' }]), 'kinectDataForExternal'],
    ['an image type', (d) => (d.listings['en-us'].baseListing.images[0].imageType = 'screenshot'), 'imageType'],
    ['a file status', (d) => (d.applicationPackages[0].fileStatus = 'uploaded'), 'fileStatus'],
    ['a category', (d) => (d.applicationCategory = 'Games_RolePlaying'), 'applicationCategory'],
    ['memory', (d) => (d.applicationPackages[0].minimumSystemRam = '2GB'), 'minimumSystemRam'],
    ['text where a flag belongs', (d) => (d.isGameDvrEnabled = 'true'), 'isGameDvrEnabled'],
  ])('%s that does not exist is refused', async (_name, change, target) => {
    change(document);

    const reply = await api.put(path, document);

    expect([reply.status, reply.body.code, reply.body.target]).toEqual([400, 'InvalidParameterValue', target]);
  });

  test('the hardware preferences and flags that were sent come back', async () => {
    const preferences = ['Touch', 'Keyboard', 'Mouse', 'Camera', 'NfcHce', 'Nfc', 'BluetoothLE', 'Telephony'];
    const change = {
      hardwarePreferences: preferences,
      isGameDvrEnabled: true,
      canInstallOnRemovableMedia: false,
      hasExternalInAppProducts: true,
      meetAccessibilityGuidelines: true,
      allowMicrosoftDecideAppAvailabilityToFutureDeviceFamilies: false,
    };

    await api.put(path, { ...document, ...change });

    expect(await stored()).toMatchObject(change);
  });
});

test('R19: contact members are obsolete: ignored, and empty when read', async () => {
  Object.assign(listing(), { privacyPolicy: 'https://contoso.example', supportContact: 'me', websiteUrl: 'w' });

  await api.put(path, document);

  expect((await stored()).listings['en-us'].baseListing).toMatchObject({
    privacyPolicy: '',
    supportContact: '',
    websiteUrl: '',
  });
});

test.each([
  ['2027-05-06T07:08:09', '2027-05-06T07:08:09.0000000Z'],
  ['2027-05-06T07:08:09.5+02:00', '2027-05-06T05:08:09.5000000Z'],
  ['2027-05-06', '2027-05-06T00:00:00.0000000Z'],
  ['', '1601-01-01T00:00:00.0000000Z'],
])('R8: the date "%s" is kept as %s, wherever the emulator runs', async (sent, kept) => {
  expect((await api.put(path, { ...document, targetPublishDate: sent })).body.targetPublishDate).toBe(kept);
});

test.each(['5', 'tomorrow', '2027-13-01T00:00:00Z', 'May 6, 2027'])('R8: "%s" is no date', async (sent) => {
  expect((await api.put(path, { ...document, targetPublishDate: sent })).body.target).toBe('targetPublishDate');
});

test('R19: a mandatory update keeps its date as the API writes dates', async () => {
  Object.assign(document.packageDeliveryOptions, {
    isMandatoryUpdate: true,
    mandatoryUpdateEffectiveDate: '2027-05-06T07:08:09Z',
  });

  const { body } = await api.put(path, document);

  expect(body.packageDeliveryOptions).toMatchObject({
    isMandatoryUpdate: true,
    mandatoryUpdateEffectiveDate: '2027-05-06T07:08:09.0000000Z',
  });
});

test('R20: a package left out and one marked for upload again are both named, in stored order; None keeps', async () => {
  const [x64, arm64] = document.applicationPackages;
  const missing = 'The following packages are missing in your update: ';

  const both = await api.put(path, { ...document, applicationPackages: [{ ...x64, fileStatus: 'PendingUpload' }] });
  const kept = await api.put(path, { ...document, applicationPackages: [arm64, { ...x64, fileStatus: 'None' }] });

  expect(both.body.message).toContain(`${missing}2000000000090400001, 2000000000090400002`);
  expect(kept.body.applicationPackages.map((entry: Json) => [entry.architecture, entry.fileStatus])).toEqual([
    ['ARM64', 'Uploaded'],
    ['x64', 'Uploaded'],
  ]);
});

describe('R22: limits', () => {
  test.each<[string, number, (text: string) => unknown]>([
    ['licenseTerms', 10_000, (text) => (listing().licenseTerms = text)],
    ['sortTitle', 255, (text) => (listing().sortTitle = text)],
    ['voiceTitle', 255, (text) => (listing().voiceTitle = text)],
    ['recommendedHardware', 200, (text) => (listing().recommendedHardware = [text])],
    ['minimumHardware', 200, (text) => (listing().minimumHardware = [text])],
    ['description', 200, (text) => (listing().images[0].description = text)],
    ['shortTitle', 50, (text) => (document.listings['en-us'].platformOverrides = { Windows81: { shortTitle: text } })],
  ])('%s takes %i characters and no more', async (target, most, set) => {
    set('x'.repeat(most));
    const fits = await api.put(path, document);
    set('x'.repeat(most + 1));
    const refused = await api.put(path, document);

    expect(fits.status).toBe(200);
    expect([refused.status, refused.body.target]).toEqual([400, target]);
    expect(refused.body.message).toMatch(new RegExp(`^The length of \\w+ must be ${most} or less$`));
  });
});

describe('R25: gaming options and trailers', () => {
  const trailer = () => ({
    videoFileName: 'Trailers\\intro.mp4',
    trailerAssets: {
      'en-us': { title: 'Intro', imageList: [{ fileName: 'Trailers\\intro.png', description: 'First frame' }] },
    },
  });
  const files = { 'Trailers/intro.mp4': 'video', 'Trailers/intro.png': solidPng(1920, 1080) };

  test('gaming options come back with what applies', async () => {
    const options = { genres: ['Games_Word'], isLocalMultiplayer: true, localMultiplayerMaxPlayers: 4 };

    const { body } = await api.put(path, { ...document, gamingOptions: [options] });

    expect(body.gamingOptions).toEqual([
      {
        genres: ['Games_Word'],
        isLocalMultiplayer: true,
        isLocalCooperative: false,
        isOnlineMultiplayer: false,
        isOnlineCooperative: false,
        localMultiplayerMaxPlayers: 4,
        isBroadcastingPrivilegeGranted: false,
        isCrossPlayEnabled: false,
        kinectDataForExternal: 'NotSet',
      },
    ]);
  });

  test('a trailer gets its ids when it was taken over, and is then echoed', async () => {
    await api.put(path, { ...document, trailers: [trailer()] });
    await upload(files);

    const { status } = await api.commitAndSettle(path);
    const [first] = (await stored()).trailers;
    const next = await api.draft(APPS.published);
    const echo = await api.put(next.path, next.document);

    const id = expect.stringMatching(/^\d{19}$/);
    expect(status).toBe('Published');
    expect(first).toMatchObject({ id, videoFileId: id, trailerAssets: { 'en-us': { imageList: [{ id }] } } });
    expect(echo.body.trailers).toEqual([first]);
    expect((await api.commitAndSettle(next.path)).status).toBe('Published');
  });

  test('a new thumbnail of a trailer that is there has to be uploaded', async () => {
    await api.put(path, { ...document, trailers: [trailer()] });
    await upload(files);
    await api.commitAndSettle(path);
    ({ path, document } = await api.draft(APPS.published));
    document.trailers[0].trailerAssets['en-us'].imageList = [{ fileName: 'other.png' }];
    await api.put(path, document);

    const { statusDetails } = await api.commitAndSettle(path);

    expect(statusDetails.errors).toEqual([
      { code: 'MissingFiles', details: 'The following files are missing from the archive: other.png' },
    ]);
  });

  test.each<[string, Record<string, string | Buffer>, string, RegExp]>([
    ['no video', { 'Trailers/intro.png': solidPng(1920, 1080) }, 'MissingFiles', /: Trailers\/intro\.mp4$/],
    ['a small thumbnail', { ...files, 'Trailers/intro.png': solidPng(640, 360) }, 'InvalidParameterValue', /640 x 360/],
  ])('%s fails the commit', async (_name, archive, code, details) => {
    await api.put(path, { ...document, trailers: [trailer()] });
    await upload(archive);

    const { status, statusDetails } = await api.commitAndSettle(path);

    expect(status).toBe('CommitFailed');
    expect(statusDetails.errors).toEqual([{ code, details: expect.stringMatching(details) }]);
  });

  test('a video of another format fails the commit', async () => {
    await api.put(path, { ...document, trailers: [{ ...trailer(), videoFileName: 'intro.avi' }] });
    await upload({ ...files, 'intro.avi': 'video' });

    const { statusDetails } = await api.commitAndSettle(path);

    expect(statusDetails.errors[0].details).toMatch(/intro\.avi is neither MP4 nor MOV/);
  });
});

test('R26: tiers of both price models, of a market too', async () => {
  for (const priceId of ['Base', 'NotAvailable', 'Free', 'Tier2', 'Tier96', 'Tier1424']) {
    document.pricing = { ...document.pricing, priceId, marketSpecificPricings: { LB: 'NotAvailable', DE: priceId } };
    expect((await api.put(path, document)).body.pricing).toMatchObject({
      priceId,
      marketSpecificPricings: { DE: priceId },
    });
  }
  document.pricing.marketSpecificPricings = { DE: 'Gratis' };

  const refused = await api.put(path, document);

  expect([refused.status, refused.body.code]).toEqual([400, 'InvalidParameterValue']);
});

test('R27: sales are warned of in every submission; a language of a package without a listing is out', async () => {
  const codes = async (reading: string): Promise<unknown> =>
    (await api.get(reading)).body.statusDetails.warnings.map((warning: Json) => warning.code);
  document.applicationPackages.push({ fileName: 'New.msix', fileStatus: 'PendingUpload' });
  await api.put(path, document);
  const msix = await buildMsix({ ...NOTES, version: '1.5.0.0', languages: ['en-US', 'it-IT'] });
  await upload({ 'New.msix': msix });

  const published = await codes(`applications/${APPS.published}/submissions/1152921505700510003`);
  const failed = await codes(`applications/${APPS.failed}/submissions/1152921505700510101`);
  const before = await codes(path);
  const { statusDetails } = await api.commitAndSettle(path);

  expect([published, failed, before]).toEqual(Array(3).fill(['SalesUnsupportedWarning']));
  expect(statusDetails.warnings.slice(1)).toEqual([
    { code: 'ListingOptOutWarning', details: expect.stringContaining('it-it') },
  ]);
});

test('R35: a language that a package has needs no title', async () => {
  Object.assign(listing(), { title: '' });
  await api.put(path, document);

  expect((await api.commitAndSettle(path)).status).toBe('Published');
});

test.each([
  ['Screenshot', 10],
  ['XboxScreenshot', 8],
  ['MobileScreenshot', 8],
])('R31: more than so many images of type %s (%i) fail the commit', async (imageType, most) => {
  const sizes: Record<string, Buffer> = { MobileScreenshot: solidPng(1080, 1920) };
  const names = Array.from({ length: most + 1 }, (_, index) => `${index}.png`);
  const bytes = sizes[imageType] ?? solidPng(1920, 1080);
  listing().images = [
    ...listing().images.map((image: Json) => ({ ...image, fileStatus: 'PendingDelete' })),
    ...names.map((fileName) => ({ fileName, fileStatus: 'PendingUpload', imageType })),
  ];
  await api.put(path, document);
  await upload(Object.fromEntries(names.map((name) => [name, bytes])));

  const tooMany = await api.commitAndSettle(path);
  await api.delete(path);
  ({ path, document } = await api.draft(APPS.published));
  listing().images = [
    ...listing().images.map((image: Json) => ({ ...image, fileStatus: 'PendingDelete' })),
    ...names.slice(1).map((fileName) => ({ fileName, fileStatus: 'PendingUpload', imageType })),
  ];
  await api.put(path, document);
  await upload(Object.fromEntries(names.map((name) => [name, bytes])));
  const enough = await api.commitAndSettle(path);

  expect([tooMany.status, tooMany.statusDetails.errors[0].details]).toEqual([
    'CommitFailed',
    expect.stringContaining(imageType),
  ]);
  expect(enough.status).toBe('Published');
});

test('R33: old packages stay until they are marked, release after release', async () => {
  const release = async (version: string, change: (packages: Json[]) => void = () => undefined): Promise<unknown> => {
    const fileName = `Notes_${version}.msix`;
    document.applicationPackages.push({ fileName, fileStatus: 'PendingUpload' });
    change(document.applicationPackages);
    await api.put(path, document);
    await upload({ [fileName]: await buildMsix({ ...NOTES, version }) });
    await api.commitAndSettle(path);
    const versions = (await stored()).applicationPackages.map((entry: Json) => entry.version);
    ({ path, document } = await api.draft(APPS.published));
    return versions;
  };

  const first = await release('1.5.0.0');
  const second = await release('1.6.0.0');
  const third = await release('1.7.0.0', (packages) => {
    for (const entry of packages.slice(0, -1)) entry.fileStatus = 'PendingDelete';
  });

  expect(first).toEqual(['1.4.0.0', '1.4.0.0', '1.5.0.0']);
  expect(second).toEqual(['1.4.0.0', '1.4.0.0', '1.5.0.0', '1.6.0.0']);
  expect(third).toEqual(['1.7.0.0']);
  expect(document.applicationPackages.map((entry: Json) => [entry.version, entry.fileStatus])).toEqual([
    ['1.7.0.0', 'Uploaded'],
  ]);
});

describe('R34: what a rollout falls back to', () => {
  const publishRollout = async (): Promise<Json> => {
    ({ path, document } = await api.draft(APPS.rollout));
    document.packageDeliveryOptions.packageRollout = { isPackageRollout: true, packageRolloutPercentage: 10 };
    const draft = (await api.put(path, document)).body;
    await api.commitAndSettle(path);
    const published = await stored();
    return {
      draft: draft.packageDeliveryOptions.packageRollout,
      published: published.packageDeliveryOptions.packageRollout,
    };
  };

  test.each([
    ['finalized', 'finalizepackagerollout', MUSIC],
    ['halted', 'haltpackagerollout', '1152921505700510060'],
  ])('after one that was %s: what users had', async (_name, verb, fallback) => {
    await api.post(`applications/${APPS.rollout}/submissions/${MUSIC}/${verb}`);

    const rollout = await publishRollout();

    expect(rollout.draft).toMatchObject({
      packageRolloutStatus: 'PackageRolloutNotStarted',
      fallbackSubmissionId: '0',
    });
    expect(rollout.published).toEqual({
      isPackageRollout: true,
      packageRolloutPercentage: 10,
      packageRolloutStatus: 'PackageRolloutInProgress',
      fallbackSubmissionId: fallback,
    });
  });
});
