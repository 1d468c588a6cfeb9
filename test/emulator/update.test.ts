/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- documents are loose JSON here */
import { APPS, emulatorForFile } from '../support/emulator';
import { Api, type Json, type Reply } from './api';

const X64 = '2000000000090400001';
const ARM64 = '2000000000090400002';
const emulator = emulatorForFile();
let api: Api;
let path: string;
let document: Json;
beforeEach(async () => {
  await emulator().reset();
  api = await Api.signIn(emulator());
  ({ path, document } = await api.draft(APPS.published));
});
const stored = async () => (await api.get(path)).body;
const expectInvalid = (reply: Reply, message: string | RegExp, target?: string) => {
  expect([reply.status, reply.body.code]).toEqual([400, 'InvalidParameterValue']);
  if (typeof message === 'string') expect(reply.body.message).toBe(message);
  else expect(reply.body.message).toMatch(message);
  expect(reply.body.target).toBe(target);
};

describe('R8: names and values', () => {
  test('property names match without regard to case, unknown ones are ignored', async () => {
    const pascal = Object.fromEntries(
      Object.entries(document).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
    );

    const reply = await api.put(path, { ...pascal, NotesForCertification: 'Shouted.', SomethingNew: 1 });

    expect(reply.status).toBe(200);
    expect(reply.body.notesForCertification).toBe('Shouted.');
    expect(reply.body).not.toHaveProperty('SomethingNew');
  });

  test.each([
    ['visibility', 'public'],
    ['applicationCategory', 'productivity'],
    ['enterpriseLicensing', 'ONLINE'],
    ['targetPublishMode', 'immediate'],
  ])('%s "%s" is refused: values match exactly', async (name, value) => {
    const reply = await api.put(path, { ...document, [name]: value });

    expectInvalid(reply, /./, name);
  });

  test('keys that are data keep their case', async () => {
    document.pricing.marketSpecificPricings = { ID: 'NotAvailable', DE: 'Tier1012' };
    document.allowTargetFutureDeviceFamilies = { '7': false, Desktop: true };

    const { body } = await api.put(path, document);

    expect(body.pricing.marketSpecificPricings).toEqual({ ID: 'NotAvailable', DE: 'Tier1012' });
    expect(body.allowTargetFutureDeviceFamilies).toEqual({ '7': false, Desktop: true });
  });
});

test('R18: only a draft can be changed', async () => {
  await api.post(`${path}/commit`);

  const reply = await api.put(path, document);

  expect([reply.status, reply.body.code, reply.body.target]).toEqual([409, 'InvalidState', 'submissionId']);
});

describe('R19: an update replaces', () => {
  test('what is left out falls back to its default, or stays by switch', async () => {
    const { notesForCertification: _notes, ...rest } = document;
    await emulator().actions.setSwitches({ omittedFields: 'keep' });
    const kept = await api.put(path, rest);
    await emulator().actions.setSwitches({ omittedFields: 'reset' });
    const reset = await api.put(path, rest);

    expect(kept.body.notesForCertification).toBe('No account needed.');
    expect(reset.body.notesForCertification).toBe('');
  });

  test('read-only members are ignored, or refused by switch', async () => {
    const changed = { ...document, id: '1', status: 'Published', friendlyName: 'Mine' };

    const ignored = await api.put(path, changed);
    await emulator().actions.setSwitches({ readOnlyEcho: 'reject' });
    const refused = await api.put(path, changed);

    expect(ignored.body).toMatchObject({ id: document.id, status: 'PendingCommit', friendlyName: 'Submission 8' });
    expect(refused.status).toBe(400);
  });

  test('sales are dropped', async () => {
    document.pricing.sales = [{ name: 'Spring', basePriceId: 'Free' }];

    expect((await api.put(path, document)).body.pricing.sales).toEqual([]);
  });

  test('an echo changes nothing', async () => {
    const { fileUploadUrl: _url, ...before } = await stored();

    const { fileUploadUrl: _other, ...after } = (await api.put(path, document)).body;

    expect(after).toEqual(before);
  });
});

test.each([
  ['2027-01-02T03:04:05Z', '2027-01-02T03:04:05.0000000Z'],
  ['2027-01-02T03:04:05.5+01:00', '2027-01-02T02:04:05.5000000Z'],
  ['', '1601-01-01T00:00:00.0000000Z'],
])('date "%s" is kept as the API writes dates', async (targetPublishDate, kept) => {
  const { body } = await api.put(path, { ...document, targetPublishMode: 'SpecificDate', targetPublishDate });

  expect(body.targetPublishDate).toBe(kept);
});

test('an override of a platform carries only what differs', async () => {
  document.listings['en-us'].platformOverrides = { Windows81: { description: 'For an older system.' } };

  const { body } = await api.put(path, document);

  expect(body.listings['en-us'].platformOverrides).toEqual({ Windows81: { description: 'For an older system.' } });
});

describe('R20: packages', () => {
  const missing = (...ids: string[]) =>
    `Please keep all file entries for existing packages. If you wish to remove a package, mark it as PendingDelete. The following packages are missing in your update: ${ids.join(', ')}`;

  test('leaving out packages names all of them in stored order', async () => {
    document.applicationPackages = [];

    expectInvalid(await api.put(path, document), missing(X64, ARM64), 'packages');
  });

  test('marking an existing package PendingUpload reports it as missing', async () => {
    document.applicationPackages[1].fileStatus = 'PendingUpload';

    expectInvalid(await api.put(path, document), missing(ARM64), 'packages');
  });

  test('existing packages match by id, else by file name; what is read-only in them stays', async () => {
    delete document.applicationPackages[0].id;
    document.applicationPackages[0].version = '9.9.9.9';
    document.applicationPackages[1].fileStatus = 'PendingDelete';
    document.applicationPackages.reverse();

    const { body } = await api.put(path, document);

    expect(body.applicationPackages).toMatchObject([
      { id: ARM64, fileStatus: 'PendingDelete' },
      { id: X64, fileStatus: 'Uploaded', version: '1.4.0.0' },
    ]);
  });

  test('a new package has neither id nor version until commit, and may be dropped again', async () => {
    const fresh = { fileName: 'New.msix', fileStatus: 'PendingUpload', version: '7.0.0.0', minimumSystemRam: 'None' };

    const added = await api.put(path, { ...document, applicationPackages: [...document.applicationPackages, fresh] });
    const dropped = await api.put(path, document);

    expect(added.body.applicationPackages[2]).toEqual({
      fileName: 'New.msix',
      fileStatus: 'PendingUpload',
      minimumDirectXVersion: 'None',
      minimumSystemRam: 'None',
    });
    expect(dropped.body.applicationPackages).toHaveLength(2);
  });

  test('a new package with another status is refused', async () => {
    document.applicationPackages.push({ fileName: 'New.msix', fileStatus: 'Uploaded' });

    expectInvalid(await api.put(path, document), /New\.msix/, 'packages');
  });
});

describe('R21: images', () => {
  test('an existing image needs its id', async () => {
    delete document.listings['en-us'].baseListing.images[0].id;

    expectInvalid(await api.put(path, document), 'Existing Image (main.png) should contain Id');
  });

  test('an image that is left out stays', async () => {
    document.listings['en-us'].baseListing.images = [
      { fileName: 'new.png', fileStatus: 'PendingUpload', imageType: 'Screenshot' },
    ];

    const { body } = await api.put(path, document);

    expect(body.listings['en-us'].baseListing.images).toMatchObject([
      { fileName: 'main.png', fileStatus: 'Uploaded' },
      { fileName: 'icon.png', fileStatus: 'Uploaded' },
      { fileName: 'new.png', fileStatus: 'PendingUpload' },
    ]);
  });

  test('an image can be marked for deletion', async () => {
    document.listings['en-us'].baseListing.images[0].fileStatus = 'PendingDelete';

    const { body } = await api.put(path, document);

    expect(body.listings['en-us'].baseListing.images.map((i: Json) => [i.fileName, i.fileStatus])).toEqual(
      [
        ['icon.png', 'Uploaded'],
        ['main.png', 'PendingDelete'],
      ].reverse(),
    );
  });
});

describe('R22: text limits', () => {
  const long = (length: number) => 'x'.repeat(length);

  test.each([
    ['keywords', [long(31)], 'The length of Keyword must be 30 or less', 'keyword'],
    ['keywords', Array(8).fill('word'), 'The size of Keywords must be 7 or less', 'keywords'],
    ['shortDescription', long(501), 'The length of ShortDescription must be 500 or less', undefined],
    ['description', long(10_001), 'The length of Description must be 10000 or less', 'description'],
    ['releaseNotes', long(1501), 'The length of ReleaseNotes must be 1500 or less', 'releaseNotes'],
    ['features', Array(21).fill('f'), 'The size of Features must be 20 or less', 'features'],
    ['features', [long(201)], 'The length of Feature must be 200 or less', 'feature'],
    ['minimumHardware', Array(12).fill('h'), 'The size of MinimumHardware must be 11 or less', 'minimumHardware'],
    [
      'copyrightAndTrademarkInfo',
      long(201),
      'The length of CopyrightAndTrademarkInfo must be 200 or less',
      'copyrightAndTrademarkInfo',
    ],
    ['shortTitle', long(51), 'The length of ShortTitle must be 50 or less', 'shortTitle'],
    ['devStudio', long(256), 'The length of DevStudio must be 255 or less', 'devStudio'],
  ])('%s: %s', async (name, value, message, target) => {
    const before = await stored();
    document.listings['en-us'].baseListing[name] = value;

    const reply = await api.put(path, { ...document, notesForCertification: 'Not to be stored.' });

    expectInvalid(reply, message, target);
    expect((await stored()).notesForCertification).toBe(before.notesForCertification);
  });

  test('notes for certification are limited too', async () => {
    const reply = await api.put(path, { ...document, notesForCertification: long(2001) });

    expectInvalid(reply, 'The length of NotesForCertification must be 2000 or less', 'notesForCertification');
  });

  test('keywords in more than 21 languages, or by switch more than 21 words in one', async () => {
    const listing = document.listings['en-us'];
    const codes = Array.from({ length: 22 }, (_, index) => `en-${String.fromCharCode(97 + index)}a`);
    const many = Object.fromEntries(
      codes.map((code) => [code, { ...listing, baseListing: { ...listing.baseListing, images: [] } }]),
    );
    const words = structuredClone(document);
    words.listings['en-us'].baseListing.keywords = Array(6).fill('one two three four');
    const message = 'The size of KeywordsTotalCount must be 21 or less';

    expectInvalid(await api.put(path, { ...document, listings: many }), message);
    expect((await api.put(path, words)).status).toBe(200);
    await emulator().actions.setSwitches({ keywordsTotalCount: 'words' });
    expect((await api.put(path, { ...document, listings: many })).status).toBe(200);
    expectInvalid(await api.put(path, words), message);
  });
});

describe('R23: listings', () => {
  test.each([{}, null, undefined])('%p are not enough', async (listings) => {
    expectInvalid(
      await api.put(path, { ...document, listings }),
      'The size of AppListings must be 1 or more',
      'appListings',
    );
  });

  test('an empty body is not enough', async () => {
    expectInvalid(await api.put(path, {}), 'The size of AppListings must be 1 or more', 'appListings');
  });

  test('language keys are lower-case', async () => {
    document.listings = { 'en-US': document.listings['en-us'] };

    expectInvalid(await api.put(path, document), 'The language code en-US is not valid', 'listings');
  });
});

describe('R25: gaming options and trailers', () => {
  const trailer = (images: number) => ({
    videoFileName: 'Trailers\\intro.mp4',
    trailerAssets: { 'en-us': { title: 'Intro', imageList: Array(images).fill({ fileName: 'Trailers\\intro.png' }) } },
  });

  test.each([
    ['gamingOptions', [{}, {}], 'The size of GamingOptions must be 1 or less', 'gamingOptions'],
    ['trailers', Array(16).fill(trailer(1)), 'The size of Trailers must be 15 or less', 'trailers'],
    ['trailers', [trailer(0)], 'The size of ImageList must be 1 or more', 'imageList'],
    ['trailers', [trailer(2)], 'The size of ImageList must be 1 or less', 'imageList'],
  ])('%s', async (name, value, message, target) => {
    expectInvalid(await api.put(path, { ...document, [name]: value }), message, target);
  });

  test('they need the advanced listing permission', async () => {
    const simple = await api.draft(APPS.simple);

    const reply = await api.put(simple.path, { ...simple.document, trailers: [trailer(1)] });

    expectInvalid(reply, /advanced listing permission/, 'trailers');
  });
});

describe('R26: pricing', () => {
  test.each(['Tier', 'tier2', '9.99', 'free', 'Tier2 '])('price "%s" is refused', async (priceId) => {
    document.pricing.priceId = priceId;

    expectInvalid(await api.put(path, document), /PriceId/, 'priceId');
  });

  test('isAdvancedPricingModel cannot be changed', async () => {
    document.pricing.isAdvancedPricingModel = false;

    expect((await api.put(path, document)).body.pricing.isAdvancedPricingModel).toBe(true);
  });

  test.each([
    ['echoed', (d: Json) => d, {}, '9.99 USD'],
    ['left out', ({ pricing: _pricing, ...d }: Json) => d, {}, '9.99 USD'],
    ['set to a tier', (d: Json) => ({ ...d, pricing: { ...d.pricing, priceId: 'Tier1020' } }), {}, undefined],
    ['set to free', (d: Json) => ({ ...d, pricing: { ...d.pricing, priceId: 'Free' } }), {}, undefined],
    ['echoed, with the switch that loses it', (d: Json) => d, { basePriceEcho: 'reset' }, undefined],
  ] as const)(
    'the hidden price of a paid application when pricing is %s',
    async (_name, change, switches, expected) => {
      await emulator().actions.setSwitches(switches);
      const paid = await api.draft(APPS.paidHidden);

      const reply = await api.put(paid.path, change(paid.document));

      expect(reply.status).toBe(200);
      expect(JSON.stringify(reply.body)).not.toContain('9.99 USD');
      const state: Json = await emulator().actions.state();
      expect(state.submissions[paid.document.id].hiddenPrice).toBe(expected);
    },
  );
});

test('R27: warnings name the unsupported sales and the languages that came and went', async () => {
  const codes = (body: Json) => body.statusDetails.warnings.map((w: Json) => [w.code, w.details]);
  const sales = [
    'SalesUnsupportedWarning',
    'The sales resource is no longer supported. To view or edit the sales data for this submission, use the Dev Center dashboard.',
  ];
  document.listings['fr-fr'] = { baseListing: { title: 'Notes', description: 'Des notes.' } };
  delete document.listings['de-de'];

  const { body } = await api.put(path, document);

  expect(codes(document)).toEqual([sales]);
  expect(codes(body)).toEqual([
    sales,
    ['ListingOptOutWarning', 'You have removed listing language(s): [de-de]'],
    ['ListingOptInWarning', 'You have added listing language(s): [fr-fr]'],
  ]);
});

test('R8: images and trailers have their members in the order of the wire, however they were sent', async () => {
  const { images } = document.listings['en-us'].baseListing;
  images.push({ imageType: 'Screenshot', description: 'New.', fileStatus: 'PendingUpload', fileName: 'new.png' });
  images[0].description = 'Old.';
  document.trailers = [
    {
      trailerAssets: { 'en-us': { imageList: [{ description: 'First', fileName: 't.png' }], title: 'Intro' } },
      videoFileName: 'intro.mp4',
    },
  ];

  const { body } = await api.put(path, document);

  const { images: shown } = body.listings['en-us'].baseListing;
  const [asset] = body.trailers.map((trailer: Json) => trailer.trailerAssets['en-us']);
  expect(Object.keys(shown[0])).toEqual(['fileName', 'fileStatus', 'id', 'description', 'imageType']);
  expect(Object.keys(shown.at(-1))).toEqual(['fileName', 'fileStatus', 'description', 'imageType']);
  expect(Object.keys(body.trailers[0])).toEqual(['videoFileName', 'trailerAssets']);
  expect([Object.keys(asset), Object.keys(asset.imageList[0])]).toEqual([
    ['title', 'imageList'],
    ['fileName', 'description'],
  ]);
});

test('R39: rollout status and fallback in an update are ignored', async () => {
  document.packageDeliveryOptions.packageRollout = {
    isPackageRollout: true,
    packageRolloutPercentage: 25,
    packageRolloutStatus: 'PackageRolloutComplete',
    fallbackSubmissionId: '42',
  };

  const { body } = await api.put(path, document);

  expect(body.packageDeliveryOptions.packageRollout).toEqual({
    isPackageRollout: true,
    packageRolloutPercentage: 25,
    packageRolloutStatus: 'PackageRolloutNotStarted',
    fallbackSubmissionId: '0',
  });
});

test('a rollout that is null means no rollout', async () => {
  document.packageDeliveryOptions.packageRollout = null;

  expect((await api.put(path, document)).body.packageDeliveryOptions.packageRollout.isPackageRollout).toBe(false);
});
