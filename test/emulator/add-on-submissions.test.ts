/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- documents are loose JSON here */
import { BlockBlobClient } from '@azure/storage-blob';
import { solidPng } from '../../commands/sample-png';
import { ADD_ONS, APPS, emulatorForFile } from '../support/emulator';
import { buildZip } from '../support/msix';
import { Api, type Json } from './api';

const ADD_ON = `inappproducts/${ADD_ONS.published}`;
const FIRST = `inappproducts/${ADD_ONS.neverPublished}`;
const LIFETIMES =
  'Forever OneDay ThreeDays FiveDays OneWeek TwoWeeks OneMonth TwoMonths ThreeMonths SixMonths OneYear'.split(' ');
const emulator = emulatorForFile();
let api: Api;
let path: string;
let document: Json;
beforeEach(async () => {
  await emulator().reset();
  await emulator().actions.freezeClock();
  api = await Api.signIn(emulator());
  ({ path, document } = await api.draftOf(ADD_ON));
});
const listing = { title: 'Pro pack', description: 'Unlocks everything.' };
const update = async (change: object) => {
  const { status, body } = await api.put(path, { ...document, ...change });
  return [status, body.message, body.target];
};
const upload = async (archive: Record<string, Buffer>): Promise<void> => {
  const blob = new BlockBlobClient(document.fileUploadUrl.replaceAll('+', '%2B'));
  await blob.uploadData(await buildZip(archive));
};
const errorsOf = (status: Json) => status.statusDetails.errors.map(({ code, details }: Json) => [code, details]);

describe('R12: the first submission of an add-on', () => {
  test('R40: is an empty template', async () => {
    const first = await api.draftOf(FIRST);

    expect(first.document).toEqual({
      id: expect.stringMatching(/^\d{19}$/),
      contentType: 'NotSet',
      keywords: [],
      lifetime: 'Forever',
      listings: {},
      pricing: { marketSpecificPricings: {}, sales: [], priceId: 'Base', isAdvancedPricingModel: true },
      targetPublishDate: '1601-01-01T00:00:00.0000000Z',
      targetPublishMode: 'Immediate',
      tag: '',
      visibility: 'Public',
      status: 'PendingCommit',
      statusDetails: { errors: [], warnings: [], certificationReports: [] },
      fileUploadUrl: expect.stringMatching(/^https:/),
      friendlyName: 'Submission 1',
    });
    expect((await api.get(FIRST)).body.pendingInAppProductSubmission.id).toBe(first.document.id);
  });

  test('cannot be committed as it is', async () => {
    const { path: template } = await api.draftOf(FIRST);

    const status = await api.commitAndSettle(template);

    expect([status.status, errorsOf(status)]).toEqual([
      'CommitFailed',
      [['InvalidParameterValue', 'Validation error: MissingListing']],
    ]);
  });

  test('can be filled, published, and needs no age rating of its application', async () => {
    const { body: made } = await api.post('inappproducts', {
      applicationIds: [APPS.neverPublishedUnrated],
      productId: 'filters',
      productType: 'Durable',
    });
    const addOn = `inappproducts/${made.id}`;
    const first = await api.draftOf(addOn);
    const filled = { ...first.document, contentType: 'OnlineDataStorage', listings: { 'en-us': listing } };

    const put = await api.put(first.path, filled);
    const status = await api.commitAndSettle(first.path);

    expect([put.status, status.status]).toEqual([200, 'Published']);
    expect((await api.get(addOn)).body).toMatchObject({
      lastPublishedInAppProductSubmission: { id: first.document.id },
    });
    expect((await api.get(addOn)).body).not.toHaveProperty('pendingInAppProductSubmission');
  });
});

test('R13: a new submission of an add-on is a clone, whatever isMinimalResponse says', async () => {
  await api.delete(path);
  const { body } = await api.post(`${ADD_ON}/submissions?isMinimalResponse=true`);

  const { body: before } = await api.get(`${ADD_ON}/submissions/1152921505700512001`);
  expect(body).toEqual({
    ...before,
    id: body.id,
    status: 'PendingCommit',
    friendlyName: 'Submission 4',
    fileUploadUrl: expect.stringMatching(/^https:/),
  });
  expect(body.listings['en-us'].icon).toEqual({ fileName: 'icon.png', fileStatus: 'Uploaded' });
});

test('R14: a body on create is read as an update', async () => {
  await api.delete(path);

  const { status, body } = await api.post(`${ADD_ON}/submissions`, {});

  expect([status, body.message, body.target]).toEqual([400, 'The size of Listings must be 1 or more', 'listings']);
  expect((await api.get(ADD_ON)).body).not.toHaveProperty('pendingInAppProductSubmission');
});

test('R16: submissions answer under their own add-on only', async () => {
  const paths = [`${ADD_ON}/submissions/1000000000000000000`, `${ADD_ON}/submissions/1152921505700512022`];

  const replies = await Promise.all(
    paths.flatMap((wrong) => [api.get(wrong), api.put(wrong, {}), api.post(`${wrong}/commit`), api.delete(wrong)]),
  );

  expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 409, 409, 409, 409]);
});

describe('an update of an add-on', () => {
  test('R19: replaces what is sent, resets what is not, ignores what is read-only', async () => {
    const sent = {
      ContentType: 'BookDownload',
      Listings: { 'de-de': { Title: 'Profipaket' } },
      id: '1',
      status: 'Published',
      friendlyName: 'Mine',
      sales: [{ name: 'Sale' }],
    };

    const { status, body } = await api.put(path, sent);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: document.id,
      contentType: 'BookDownload',
      keywords: [],
      lifetime: 'Forever',
      listings: { 'de-de': { description: '', title: 'Profipaket' } },
      tag: '',
      status: 'PendingCommit',
      friendlyName: 'Submission 3',
    });
    expect(Object.keys(body.listings)).toEqual(['de-de']);
  });

  test.each(LIFETIMES)('R8: lifetime %s is stored, with any visibility', async (lifetime) => {
    const { status, body } = await api.put(path, { ...document, lifetime, visibility: 'Hidden' });
    const lower = await api.put(path, { ...document, lifetime: lifetime.toLowerCase() });

    expect([status, body.lifetime, body.visibility, lower.status]).toEqual([200, lifetime, 'Hidden', 400]);
  });

  test.each([
    [{ keywords: Array(11).fill('pro') }, 'The size of Keywords must be 10 or less', 'keywords'],
    [{ keywords: ['x'.repeat(31)] }, 'The length of Keyword must be 30 or less', 'keyword'],
    [{ tag: 'x'.repeat(3001) }, 'The length of Tag must be 3000 or less', 'tag'],
    [
      { listings: { 'en-us': { ...listing, description: 'x'.repeat(201) } } },
      'The length of Description must be 200 or less',
      'description',
    ],
    [
      { listings: { 'en-us': { ...listing, title: 'x'.repeat(101) } } },
      'The length of Title must be 100 or less',
      undefined,
    ],
    [{ listings: { 'en-us': { description: 'No title.' } } }, 'The length of Title must be 1 or more', undefined],
    [{ listings: { 'EN-US': listing } }, 'The language code EN-US is not valid', 'listings'],
  ])('R22: %# is beyond a limit, and nothing is stored', async (change, message, target) => {
    expect(await update(change)).toEqual([400, message, target]);
    expect((await api.get(path)).body).toMatchObject({ keywords: ['pro'], tag: 'pro' });
  });

  test('R22: the limits themselves are fine', async () => {
    const change = {
      keywords: Array(10).fill('x'.repeat(30)),
      tag: 'x'.repeat(3000),
      listings: { 'en-us': { description: 'x'.repeat(200), title: 'x'.repeat(100) } },
    };

    expect(await update(change)).toEqual([200, undefined, undefined]);
  });

  test.each([{}, undefined])('R23: without listings (%j) it is refused', async (listings) => {
    expect(await update({ listings })).toEqual([400, 'The size of Listings must be 1 or more', 'listings']);
  });

  test.each(['NotSet', undefined, 'onlinedatastorage'])('R24: content type %s is refused', async (contentType) => {
    const [status, message, target] = await update({ contentType });

    expect([status, target]).toEqual([400, 'contentType']);
    expect(message).toMatch(/^The value of ContentType is not one of /);
  });

  test.each([
    [{ priceId: '9.99' }, 400],
    [{ priceId: 'Tier2', marketSpecificPricings: { US: 'Tier1020', JP: 'NotAvailable' } }, 200],
    [{ priceId: 'Free', marketSpecificPricings: { US: 'cheap' } }, 400],
    [{ priceId: 'Free', trialPeriod: 'OneDay', isAdvancedPricingModel: false }, 200],
  ] as [Json, number][])('R26: prices %j', async (pricing, expected) => {
    const { status, body } = await api.put(path, { ...document, pricing });

    expect(status).toBe(expected);
    if (status === 200) {
      expect(body.pricing).toEqual({
        marketSpecificPricings: pricing.marketSpecificPricings ?? {},
        sales: [],
        priceId: pricing.priceId,
        isAdvancedPricingModel: true,
      });
    }
  });

  test('R26: without prices they stay', async () => {
    await update({ pricing: undefined });

    expect((await api.get(path)).body.pricing.priceId).toBe('Tier1012');
  });

  test('R27: warnings name the languages that came and went', async () => {
    const { body } = await api.put(path, { ...document, listings: { 'de-de': listing } });

    expect(body.statusDetails.warnings).toEqual([
      { code: 'ListingOptOutWarning', details: 'You have removed listing language(s): [en-us]' },
      { code: 'ListingOptInWarning', details: 'You have added listing language(s): [de-de]' },
    ]);
  });

  test('a listing has its members in the order of the wire, with an icon or without', async () => {
    const icon = { fileName: 'icon.png', fileStatus: 'PendingUpload' };

    const { body } = await api.put(path, { ...document, listings: { en: { ...listing, icon }, 'de-de': listing } });

    expect(Object.values<object>(body.listings).map((one) => Object.keys(one))).toEqual([
      ['description', 'icon', 'title'],
      ['description', 'title'],
    ]);
  });
});

describe('R21: icons', () => {
  const withIcon = (icon: object | undefined) => ({ listings: { 'en-us': { ...listing, icon } } });
  const iconAfter = async (icon: object | undefined) => {
    const { body } = await api.put(path, { ...document, ...withIcon(icon) });
    return body.listings?.['en-us'].icon ?? body.message;
  };

  test('one that is left out stays, one that is repeated too', async () => {
    const stored = { fileName: 'icon.png', fileStatus: 'Uploaded' };

    expect(await iconAfter(undefined)).toEqual(stored);
    expect(await iconAfter({ fileName: 'icon.png', fileStatus: 'None' })).toEqual(stored);
  });

  test('a new one is announced by its name, and stays announced', async () => {
    const announced = { fileName: 'icons\\new.png', fileStatus: 'PendingUpload' };

    expect(await iconAfter({ fileStatus: 'PendingUpload' })).toBe('The value of FileName is not valid');
    expect(await iconAfter(announced)).toEqual(announced);
    expect(await iconAfter(undefined)).toEqual(announced);
  });

  test('one that is not there cannot be kept', async () => {
    const first = await api.draftOf(FIRST);
    const icon = { fileName: 'icon.png', fileStatus: 'Uploaded' };

    const { status } = await api.put(first.path, {
      ...first.document,
      contentType: 'OnlineDataStorage',
      ...withIcon(icon),
    });

    expect(status).toBe(400);
  });

  test('R33: after the commit a new one is there, and one marked for deletion is gone', async () => {
    await iconAfter({ fileName: 'icons\\new.png', fileStatus: 'PendingUpload' });
    await upload({ 'icons/new.png': solidPng(300, 300) });
    const { status } = await api.commitAndSettle(path);
    const { body: published } = await api.get(path);
    ({ path, document } = await api.draftOf(ADD_ON));
    await iconAfter({ fileName: 'icons\\new.png', fileStatus: 'PendingDelete' });
    await api.commitAndSettle(path);

    expect(status).toBe('Published');
    expect(published.listings['en-us'].icon).toEqual({ fileName: 'icons\\new.png', fileStatus: 'Uploaded' });
    expect((await api.get(path)).body.listings['en-us']).not.toHaveProperty('icon');
  });

  test.each([
    [undefined, ['MissingFiles', 'The following files are missing from the archive: icons/new.png']],
    [
      solidPng(301, 300),
      ['InvalidParameterValue', 'The image icons\\new.png of 301 x 300 pixels is not allowed as Icon'],
    ],
    [Buffer.from('GIF89a'), ['InvalidParameterValue', 'The image icons\\new.png is not a PNG image']],
  ])('R31: what is wrong with one fails the commit (%#)', async (file, error) => {
    await iconAfter({ fileName: 'icons\\new.png', fileStatus: 'PendingUpload' });
    await upload(file ? { 'icons/new.png': file } : { 'other.png': solidPng(300, 300) });

    const status = await api.commitAndSettle(path);

    expect([status.status, errorsOf(status)]).toEqual(['CommitFailed', [error]]);
  });
});

test('R34: an add-on and its application are published each for itself', async () => {
  const { body: before } = await api.application(APPS.published);

  const { status } = await api.commitAndSettle(path);

  expect(status).toBe('Published');
  expect((await api.get(ADD_ON)).body.lastPublishedInAppProductSubmission.id).toBe(document.id);
  expect((await api.application(APPS.published)).body).toEqual(before);
});

test('R38: add-ons have no package rollout', async () => {
  const replies = [await api.get(`${path}/packagerollout`), await api.post(`${path}/haltpackagerollout`)];

  expect(replies.map(({ status }) => status)).toEqual([404, 404]);
});
