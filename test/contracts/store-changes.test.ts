import { z } from 'zod';
import { AssetPath } from '../../src/contracts/asset-files';
import { storeChangesFaults, storeChanges } from '../../src/contracts/store-changes';
import { faultCatalogue } from '../../src/domain/fault-catalogue';
import { exportOf } from '../../src/domain/store/apply-changes';
import type { StoreKind } from '../../src/domain/store/mapping';
import type { Json } from '../../src/contracts/strict-json';
import { samples } from '../domain/store/wire-samples';

// Tests send what no type allows.
const faults = (kind: StoreKind, changes: unknown): string[] =>
  storeChangesFaults(kind, changes as Json).map(({ pointer, code }) => `${pointer} ${code}`);
const app = (changes: unknown): string[] => faults('store-app', changes);
const addOn = (changes: unknown): string[] => faults('store-add-on', changes);
const flight = (changes: unknown): string[] => faults('store-flight', changes);
const texts = (baseListing: object): object => ({ listings: { 'en-us': { baseListing } } });
const at = '/changes/listings/en-us/baseListing';
const long = (length: number): string => 'x'.repeat(length);
const many = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const png = { file: 'a/b.png' };
const assets = { 'en-us': { title: 'T', imageList: [png] } };

test.each(samples)('the export of %s is a patch that is taken', (_name, kind, submission) => {
  expect(faults(kind, exportOf(kind, submission))).toEqual([]);
});

describe('what is taken', () => {
  test.each<[string, StoreKind, object]>([
    [
      'texts at their limits',
      'store-app',
      texts({
        title: long(256),
        shortTitle: long(50),
        sortTitle: long(255),
        voiceTitle: long(255),
        description: long(10_000),
        shortDescription: long(500),
        releaseNotes: long(1500),
        copyrightAndTrademarkInfo: long(200),
        licenseTerms: long(10_000),
        devStudio: long(255),
        keywords: many(7, long(30)),
        features: many(20, long(200)),
        recommendedHardware: many(11, long(200)),
        minimumHardware: many(11, long(200)),
      }),
    ],
    ['notes at their limit', 'store-flight', { notesForCertification: long(2000) }],
    [
      'an add-on at its limits',
      'store-add-on',
      {
        keywords: many(10, long(30)),
        tag: long(3000),
        listings: { 'en-US': { title: long(100), description: long(200), icon: png } },
      },
    ],
    [
      'pictures, new and old',
      'store-app',
      texts({
        images: {
          Screenshot: many(10, { ...png, description: long(200) }),
          MobileScreenshot: [{ id: '1', description: null }],
          Icon: null,
        },
      }),
    ],
    [
      'fifteen trailers',
      'store-app',
      { trailers: [...many(14, { id: '1' }), { file: 'a.MP4', trailerAssets: assets }] },
    ],
    ['nulls that clear', 'store-app', { gamingOptions: null, trailers: null, hardwarePreferences: null }],
    ['a language taken out', 'store-app', { listings: { 'fr-FR': null } }],
    ['no icon any more', 'store-add-on', { listings: { en: { icon: null } } }],
    ['markets however written', 'store-app', { pricing: { marketSpecificPricings: { de: 'Tier1012', US: null } } }],
    ['an update that is mandatory', 'store-flight', mandatory('2026-12-01T08:00:00Z')],
    ['one whose date is cleared', 'store-app', mandatory(null)],
  ])('%s', (_what, kind, changes) => {
    expect(faults(kind, changes)).toEqual([]);
  });
});

function mandatory(date: unknown): object {
  return { packageDeliveryOptions: { isMandatoryUpdate: true, mandatoryUpdateEffectiveDate: date } };
}

describe('a limit', () => {
  test.each<[string, number]>([
    ['title', 256],
    ['shortTitle', 50],
    ['sortTitle', 255],
    ['voiceTitle', 255],
    ['description', 10_000],
    ['shortDescription', 500],
    ['releaseNotes', 1500],
    ['copyrightAndTrademarkInfo', 200],
    ['licenseTerms', 10_000],
    ['devStudio', 255],
  ])('of the text %s is %i', (name, most) => {
    expect(app(texts({ [name]: long(most + 1) }))).toEqual([`${at}/${name} too-long`]);
    expect(app(texts({ [name]: `${long(most - 1)}\n` }))).toEqual([`${at}/${name} too-long`]);
  });

  test.each<[string, number, number]>([
    ['keywords', 7, 30],
    ['features', 20, 200],
    ['recommendedHardware', 11, 200],
    ['minimumHardware', 11, 200],
  ])('of the list %s is %i entries of %i', (name, most, length) => {
    expect(app(texts({ [name]: many(most + 1, 'x') }))).toEqual([`${at}/${name} too-long`]);
    expect(app(texts({ [name]: ['x', long(length + 1)] }))).toEqual([`${at}/${name}/1 too-long`]);
    expect(app(texts({ [name]: [''] }))).toEqual([`${at}/${name}/0 too-short`]);
  });

  test.each<[string, string[], string[]]>([
    ['words of keywords', app(texts({ keywords: many(6, 'a b c d') })), [`${at}/keywords too-long`]],
    ['screenshots', app(texts({ images: { Screenshot: many(11, png) } })), [`${at}/images/Screenshot too-long`]],
    [
      'screenshots of an Xbox',
      app(texts({ images: { XboxScreenshot: many(9, png) } })),
      [`${at}/images/XboxScreenshot too-long`],
    ],
    [
      'a caption',
      app(texts({ images: { Icon: [{ ...png, description: long(201) }] } })),
      [`${at}/images/Icon/0/description too-long`],
    ],
    ['notes', flight({ notesForCertification: long(2001) }), ['/changes/notesForCertification too-long']],
    ['trailers', app({ trailers: many(16, { id: '1' }) }), ['/changes/trailers too-long']],
    [
      "a trailer's title",
      app({ trailers: [{ id: '1', trailerAssets: { en: { title: long(256), imageList: [png] } } }] }),
      ['/changes/trailers/0/trailerAssets/en/title too-long'],
    ],
    [
      'thumbnails',
      app({ trailers: [{ id: '1', trailerAssets: { en: { title: 'T', imageList: [png, png] } } }] }),
      ['/changes/trailers/0/trailerAssets/en/imageList too-long'],
    ],
    [
      'thumbnails that are not there',
      app({ trailers: [{ id: '1', trailerAssets: { en: { title: 'T', imageList: [] } } }] }),
      ['/changes/trailers/0/trailerAssets/en/imageList too-short'],
    ],
    ["an add-on's title", addOn({ listings: { en: { title: long(101) } } }), ['/changes/listings/en/title too-long']],
    [
      "an add-on's description",
      addOn({ listings: { en: { description: long(201) } } }),
      ['/changes/listings/en/description too-long'],
    ],
    ["an add-on's tag", addOn({ tag: long(3001) }), ['/changes/tag too-long']],
    ["an add-on's keywords", addOn({ keywords: many(11, 'x') }), ['/changes/keywords too-long']],
    ["an add-on's keyword", addOn({ keywords: [long(31)] }), ['/changes/keywords/0 too-long']],
    [
      'players',
      app({ gamingOptions: { localMultiplayerMinPlayers: -1 } }),
      ['/changes/gamingOptions/localMultiplayerMinPlayers out-of-range'],
    ],
  ])('of %s', (_what, found, expected) => {
    expect(found).toEqual(expected);
  });
});

describe('a word that the API does not know', () => {
  test.each<[string, StoreKind, object, string, string]>([
    ['visibility', 'store-app', { visibility: 'public' }, '/changes/visibility', 'Public'],
    ['category', 'store-app', { applicationCategory: 'Games_casino' }, '/changes/applicationCategory', 'Games_Casino'],
    ['trial', 'store-app', { pricing: { trialPeriod: 'oneDay' } }, '/changes/pricing/trialPeriod', 'OneDay'],
    ['licensing', 'store-app', { enterpriseLicensing: 'online' }, '/changes/enterpriseLicensing', 'Online'],
    ['hardware', 'store-app', { hardwarePreferences: ['touch'] }, '/changes/hardwarePreferences/0', 'Touch'],
    [
      'genre',
      'store-app',
      { gamingOptions: { genres: ['Games_Roleplaying'] } },
      '/changes/gamingOptions/genres/0',
      'Games_RolePlaying',
    ],
    [
      'Kinect',
      'store-app',
      { gamingOptions: { kinectDataForExternal: 'enabled' } },
      '/changes/gamingOptions/kinectDataForExternal',
      'Enabled',
    ],
    ['image type', 'store-app', texts({ images: { screenshot: [] } }), `${at}/images/screenshot`, 'Screenshot'],
    [
      'platform',
      'store-app',
      { listings: { en: { platformOverrides: { windows81: {} } } } },
      '/changes/listings/en/platformOverrides/windows81',
      'Windows81',
    ],
    [
      'device family',
      'store-app',
      { allowTargetFutureDeviceFamilies: { desktop: true } },
      '/changes/allowTargetFutureDeviceFamilies/desktop',
      'Desktop',
    ],
    ['content type', 'store-add-on', { contentType: 'bookdownload' }, '/changes/contentType', 'BookDownload'],
    ['lifetime', 'store-add-on', { lifetime: 'oneday' }, '/changes/lifetime', 'OneDay'],
  ])('is told its right spelling: %s', (_what, kind, changes, ...[pointer, right]) => {
    const found = storeChangesFaults(kind, changes as Json);

    expect(found).toEqual([{ pointer, code: 'invalid-value', message: `Write it "${right}": case matters.` }]);
  });

  test.each<[string, string[], string[]]>([
    ['any other', app({ visibility: 'Secret' }), ['/changes/visibility invalid-value']],
    [
      'a category that nobody chooses',
      app({ applicationCategory: 'NotSet' }),
      ['/changes/applicationCategory invalid-value'],
    ],
    ['a content type that nobody chooses', addOn({ contentType: 'NotSet' }), ['/changes/contentType invalid-value']],
    ['an image type', app(texts({ images: { Poster: [] } })), [`${at}/images/Poster unknown-member`]],
    ['a tier', app({ pricing: { priceId: 'tier5' } }), ['/changes/pricing/priceId invalid-value']],
    ['a tier without a number', addOn({ pricing: { priceId: 'Tier' } }), ['/changes/pricing/priceId invalid-value']],
    [
      'a market, and one that is there twice',
      app({ pricing: { marketSpecificPricings: { DEU: 'Free', de: 'Free', DE: 'Free' } } }),
      [
        '/changes/pricing/marketSpecificPricings/DEU invalid-format',
        '/changes/pricing/marketSpecificPricings/DE duplicate',
      ],
    ],
    [
      'a date',
      app(mandatory('tomorrow')),
      ['/changes/packageDeliveryOptions/mandatoryUpdateEffectiveDate invalid-format'],
    ],
    [
      'a language, and one that is there twice',
      app({ listings: { klingon: null, en: null, EN: null } }),
      ['/changes/listings/klingon unknown-language', '/changes/listings/EN duplicate'],
    ],
    [
      "an add-on's language",
      addOn({ listings: { klingon: { title: 'T' } } }),
      ['/changes/listings/klingon unknown-language'],
    ],
    [
      "a trailer's language, and one that is there twice",
      app({
        trailers: [{ id: '1', trailerAssets: { klingon: assets['en-us'], en: assets['en-us'], EN: assets['en-us'] } }],
      }),
      ['/changes/trailers/0/trailerAssets/klingon unknown-language', '/changes/trailers/0/trailerAssets/EN duplicate'],
    ],
  ])('is a fault: %s', (_what, found, expected) => {
    expect(found).toEqual(expected);
  });
});

describe('what nothing can be cleared to', () => {
  test.each<[StoreKind, object, string]>([
    ['store-app', { applicationCategory: null }, '/applicationCategory'],
    ['store-app', { visibility: null }, '/visibility'],
    ['store-app', { listings: null }, '/listings'],
    ['store-app', { listings: { en: { baseListing: null } } }, '/listings/en/baseListing'],
    ['store-app', { listings: { en: { baseListing: { description: null } } } }, '/listings/en/baseListing/description'],
    ['store-app', { pricing: null }, '/pricing'],
    ['store-app', { pricing: { priceId: null } }, '/pricing/priceId'],
    ['store-app', { automaticBackupEnabled: null }, '/automaticBackupEnabled'],
    ['store-app', { packageDeliveryOptions: null }, '/packageDeliveryOptions'],
    ['store-app', { allowTargetFutureDeviceFamilies: { Xbox: null } }, '/allowTargetFutureDeviceFamilies/Xbox'],
    [
      'store-flight',
      { packageDeliveryOptions: { isMandatoryUpdate: null } },
      '/packageDeliveryOptions/isMandatoryUpdate',
    ],
    ['store-add-on', { contentType: null }, '/contentType'],
    ['store-add-on', { lifetime: null }, '/lifetime'],
    ['store-add-on', { listings: { en: { title: null } } }, '/listings/en/title'],
  ])('%s %j', (kind, changes, pointer) => {
    expect(faults(kind, changes)).toEqual([`/changes${pointer} not-clearable`]);
  });
});

describe('a member that is not taken', () => {
  const submission = ['id', 'status', 'statusDetails', 'fileUploadUrl', 'hasUploadUrl', 'friendlyName'];
  const kinds: StoreKind[] = ['store-app', 'store-flight', 'store-add-on'];

  test.each(kinds.flatMap((kind) => submission.map((name) => [kind, name] as const)))(
    '%s: %s is read-only',
    (kind, name) => {
      expect(faults(kind, { [name]: 1 })).toEqual([`/changes/${name} read-only-member`]);
    },
  );

  test.each<[StoreKind, string, object, string]>([
    ['store-app', '/applicationPackages', { applicationPackages: [] }, '"packages"'],
    ['store-flight', '/flightPackages', { flightPackages: [] }, '"packages"'],
    ['store-app', '/targetPublishMode', { targetPublishMode: 'Manual' }, '"options.publishAt"'],
    ['store-add-on', '/targetPublishDate', { targetPublishDate: '' }, '"options.publishAt"'],
    [
      'store-flight',
      '/packageDeliveryOptions/packageRollout',
      { packageDeliveryOptions: { packageRollout: {} } },
      '"options.rollout"',
    ],
    ['store-flight', '/listings', { listings: {} }, 'a release of the app'],
    ['store-flight', '/pricing', { pricing: {} }, 'a release of the app'],
    ['store-add-on', '/trailers', { trailers: [] }, 'a release of the app'],
    ['store-add-on', '/pricing/trialPeriod', { pricing: { trialPeriod: 'OneDay' } }, 'no trial'],
    [
      'store-add-on',
      '/listings/en/baseListing',
      { listings: { en: { baseListing: {} } } },
      'title, description and icon',
    ],
  ])('%s: %s is said elsewhere', (kind, pointer, changes, where) => {
    expect(storeChangesFaults(kind, changes as Json)).toEqual([
      { pointer: `/changes${pointer}`, code: 'owned-elsewhere', message: expect.stringContaining(where) },
    ]);
  });

  test.each<[string, string[], string[]]>([
    [
      'contacts',
      app(texts({ privacyPolicy: '', supportContact: '', websiteUrl: '' })),
      [`${at}/privacyPolicy ignored-member`, `${at}/supportContact ignored-member`, `${at}/websiteUrl ignored-member`],
    ],
    [
      'sales',
      app({ pricing: { sales: [], isAdvancedPricingModel: true } }),
      ['/changes/pricing/sales ignored-member', '/changes/pricing/isAdvancedPricingModel read-only-member'],
    ],
    [
      "an image's name",
      app(texts({ images: { Icon: [{ id: '1', fileName: 'a.png', fileStatus: 'None' }] } })),
      [`${at}/images/Icon/0/fileName read-only-member`, `${at}/images/Icon/0/fileStatus read-only-member`],
    ],
    [
      "a trailer's name",
      app({ trailers: [{ id: '1', videoFileName: 'a.mp4' }] }),
      ['/changes/trailers/0/videoFileName read-only-member'],
    ],
    [
      "an icon's name",
      addOn({ listings: { en: { icon: { id: 'a', fileName: 'a' } } } }),
      ['/changes/listings/en/icon/fileName read-only-member'],
    ],
    ['what nobody knows', app({ surprise: 1 }), ['/changes/surprise unknown-member']],
  ])('%s', (_what, found, expected) => {
    expect(found).toEqual(expected);
  });
});

describe('a file', () => {
  const image = (item: object): string[] => app(texts({ images: { Icon: [item] } }));
  const icon = `${at}/images/Icon/0`;

  test.each<[string, string[], string[]]>([
    ['of another kind', image({ file: 'a.jpg' }), [`${icon}/file wrong-file-type`]],
    ['out of the document', image({ file: '../a.png' }), [`${icon}/file invalid-file-name`]],
    ['on a drive', image({ file: 'C:\\a.png' }), [`${icon}/file invalid-file-name`]],
    ['beside an id', image({ file: 'a.png', id: '1' }), [`${icon} invalid-value`]],
    ['nor an id', image({ description: 'x' }), [`${icon} invalid-value`]],
    [
      'that is no trailer',
      app({ trailers: [{ file: 'a.avi', trailerAssets: assets }] }),
      ['/changes/trailers/0/file wrong-file-type'],
    ],
    ['of a trailer without the rest', app({ trailers: [{ file: 'a.mp4' }] }), ['/changes/trailers/0 missing-member']],
    [
      'of a trailer without a language',
      app({ trailers: [{ file: 'a.mp4', trailerAssets: {} }] }),
      ['/changes/trailers/0 missing-member'],
    ],
  ])('%s', (_what, found, expected) => {
    expect(found).toEqual(expected);
  });
});

test.each<[string, boolean]>([
  ['logo.png', true],
  ['listing/', true],
  ['listing/en-us/1.png', true],
  ['', false],
  ['/', false],
  ['/logo.png', false],
  ['../logo.png', false],
  ['a//b', false],
  ['listing\\1.png', false],
  [`${long(257)}.png`, false],
])('an asset may lie at %j: %j', (path, expected) => {
  expect(AssetPath.safeParse(path).success).toBe(expected);
});

test('all faults are told at once, each with a code of the catalogue', () => {
  const found = storeChangesFaults('store-app', {
    id: '1',
    visibility: 'public',
    listings: { en: { baseListing: { keywords: [long(31)], websiteUrl: '' } } },
  });

  expect(found).toHaveLength(4);
  for (const { code } of found) expect(Object.keys(faultCatalogue)).toContain(code);
});

test.each(Object.entries(storeChanges))('%s has a schema for editors', (kind, schema) => {
  const { $ref, $defs = {} } = z.toJSONSchema(z.object({ changes: schema }), { io: 'input' });
  const named = Object.entries($defs);

  expect($ref).toBeUndefined();
  expect(named.map(([id]) => id)).toContain(schema.meta()?.id);
  for (const [id, { description, additionalProperties }] of named) {
    expect([kind, id, description, additionalProperties]).toEqual([kind, id, expect.any(String), false]);
  }
});
