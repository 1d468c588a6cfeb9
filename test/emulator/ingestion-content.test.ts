/* eslint-disable @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-call -- JSON of the wire, looked at member by member */
import { emulatorForFile } from '../support/emulator';
import { send, type Json } from './api';
import { applicationPackage, IngestionApi, PLANS, png, PRODUCTS, refusalOf, upload } from './ingestion-api';

const emulator = emulatorForFile();
let api: IngestionApi;
beforeEach(async () => {
  await emulator().reset();
  api = await IngestionApi.signIn(emulator());
});

const base = `products/${PRODUCTS.monitor}`;

async function listing(): Promise<{ path: string; body: Json }> {
  const [body] = await api.rows(PRODUCTS.monitor, 'listings', 'Listing');
  return { path: `${base}/listings/${body.id}`, body };
}

async function newImage(type = 'AzureLogoWide'): Promise<{ path: string; body: Json; listing: string }> {
  const { path } = await listing();
  const made = await api.post(`${path}/images`, {
    resourceType: 'ListingImage',
    fileName: 'wide.png',
    type,
    state: 'PendingUpload',
    order: 0,
  });
  expect(made.status).toBe(201);
  return { path: `${path}/images/${made.body.id}`, body: made.body, listing: path };
}

describe('B-R6: If-Match', () => {
  test.each([
    ['listings', 'Listing', undefined],
    ['properties', 'Property', undefined],
    ['productAvailabilities', 'Availability', undefined],
    ['packageConfigurations', 'Package', undefined],
    ['featureAvailabilities', 'Availability', PLANS.basic],
    ['supplementalContents', 'SupplementalContent', undefined],
  ] as const)('%s need it; the current etag and * fit, a stale one does not', async (kind, module, plan) => {
    const [row] = await api.rows(PRODUCTS.monitor, kind, module, plan);
    const path = `${base}/${kind}/${row.id}`;

    const missing = await api.put(path, row, null);
    const current = await api.put(path, row, row['@odata.etag']);
    const stale = await api.put(path, row, row['@odata.etag']);
    const any = await api.put(path, row, '*');

    expect([missing.status, missing.body]).toEqual([400, expect.stringContaining('Parameter name: IfMatch')]);
    expect([current.status, stale.status, any.status]).toEqual([200, 412, 200]);
    expect(current.headers.get('etag')).toBe(current.body['@odata.etag']);
    expect(current.body['@odata.etag']).not.toBe(row['@odata.etag']);
    expect(typeof stale.body).toBe('string');
  });

  test('images need it too; packages, plans, videos and assets do not, but a stale one is refused', async () => {
    const image = await newImage();
    const { path } = await listing();
    const video = await api.post(`${path}/videos`, {
      fileName: 'tour.mp4',
      streamingUri: 'https://contoso.example/tour',
    });
    const asset = await api.post(`${path}/assets`, { fileName: 'guide.pdf', type: 'Document' });
    const pack = await api.post(`${base}/packages`, { resourceType: 'AzureApplicationPackage', fileName: 'a.zip' });
    const plan = await api.get(`${base}/variants/${PLANS.basic}`);

    const needed = await api.put(image.path, image.body, null);
    const paths = [
      [`${path}/videos/${video.body.id}`, video.body],
      [`${path}/assets/${asset.body.id}`, asset.body],
      [`${base}/packages/${pack.body.id}`, pack.body],
      [`${base}/variants/${PLANS.basic}`, plan.body],
    ] as const;
    const free = await Promise.all(paths.map(([at, body]) => api.put(at, body, null)));
    const stale = await Promise.all(paths.map(([at, body]) => api.put(at, body, '"0-0"')));

    expect(needed.status).toBe(400);
    expect(free.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(stale.map(({ status }) => status)).toEqual([412, 412, 412, 412]);
  });

  test('etags are strong and tell the time of writing', async () => {
    await emulator().actions.freezeClock(Date.parse('2030-04-18T15:34:43Z'));
    api = await IngestionApi.signIn(emulator());
    const { path, body } = await listing();

    const { body: after } = await api.put(path, body);

    expect(after['@odata.etag']).toMatch(/^"[0-9a-f]{8}-0000-0800-0000-[0-9a-f]{12}"$/);
    expect(parseInt(after['@odata.etag'].slice(-13, -5), 16)).toBe(Date.parse('2030-04-18T15:34:43Z') / 1000);
  });
});

describe('B-R7: listings', () => {
  test('an update replaces the whole but for the language', async () => {
    const { path, body } = await listing();

    const after = await api.put(path, {
      Title: 'New',
      languageCode: 'de-de',
      id: 'x',
      '@odata.etag': 'y',
      summary: null,
    });

    expect(after.status).toBe(200);
    expect(after.body).toEqual({
      resourceType: 'AzureListing',
      listingUris: [],
      listingContacts: [],
      languageCode: 'en-us',
      title: 'New',
      '@odata.etag': after.headers.get('etag'),
      id: body.id,
    });
    expect((await api.get(path)).body).toEqual(after.body);
  });

  test('without a title they answer 400 with "Missing"; members of a wrong kind are all named', async () => {
    const { path } = await listing();

    const untitled = await api.put(path, { description: 'x' });
    const wrong = await api.put(path, { title: 1, keywords: 'x', listingUris: [{ uri: 5 }] });

    expect(refusalOf(untitled)).toEqual({ status: 400, data: { Title: ['Missing Title.'] } });
    expect(refusalOf(wrong).data).toEqual({
      Title: ['The field Title is invalid.'],
      Keywords: ['The field Keywords is invalid.'],
      'ListingUris[0].Uri': ['The field ListingUris[0].Uri is invalid.'],
    });
  });

  test('languages are added once and deleted but for the last', async () => {
    const instance = await api.draft(PRODUCTS.monitor, 'Listing');
    const create = `${base}/listings/createWithInstanceID(instanceID=${instance})`;
    const { path, body } = await listing();

    const german = await api.post(create, { languageCode: 'de-de', title: 'Contoso Monitor' });
    const twice = await api.post(create, { languageCode: 'DE-DE', title: 'Contoso Monitor' });
    const rows = await api.rows(PRODUCTS.monitor, 'listings', 'Listing');
    const gone = await api.delete(`${base}/listings/${german.body.id}`);
    const last = await api.delete(path);

    expect([german.status, twice.status, gone.status, last.status]).toEqual([201, 409, 204, 409]);
    expect(german.headers.get('location')).toBe(
      `${emulator().https}/v1.0/ingestion/${base}/listings/${german.body.id}`,
    );
    expect(rows.map((row) => row.id)).toEqual([body.id, german.body.id]);
  });
});

describe('B-R8: files', () => {
  test('an image is uploaded with a URL of 15 minutes and read with one of 8 hours', async () => {
    const image = await newImage();
    const write = new URL(image.body.fileSasUri);

    const untyped = await upload(image.body.fileSasUri, png(255, 115), {});
    const sent = await upload(image.body.fileSasUri, png(255, 115));
    const done = await api.put(image.path, { ...image.body, state: 'Uploaded' });
    const read = new URL(done.body.fileSasUri);
    const got = await send(read.href);
    const written = await upload(read.href, png(1, 1));

    expect(image.body).toMatchObject({ state: 'PendingUpload', order: 0, resourceType: 'ListingImage' });
    expect(write.searchParams.get('sp')).toBe('rwl');
    expect(minutesLeft(write)).toBeCloseTo(15, 0);
    expect([untyped.status, sent.status, done.status]).toEqual([400, 201, 200]);
    expect(untyped.body).toContain('<Code>MissingRequiredHeader</Code>');
    expect(done.body.state).toBe('Uploaded');
    expect(read.searchParams.get('sp')).toBe('rl');
    expect(read.search).toMatch(/^\?\d{4}-\d\d-\d\dT\d\d%3A\d\d%3A\d\dZ&/);
    expect(minutesLeft(read)).toBeCloseTo(480, 0);
    expect([got.status, written.status]).toEqual([200, 403]);
  });

  test('a URL expires by the emulator clock', async () => {
    const image = await newImage();
    await emulator().actions.advanceClock('16m');

    const late = await upload(image.body.fileSasUri, png(255, 115));
    const fresh = await upload((await api.get(image.path)).body.fileSasUri, png(255, 115));

    expect([late.status, fresh.status]).toEqual([403, 201]);
    expect(late.body).toContain('<Code>AuthenticationFailed</Code>');
  });

  test('Uploaded before the file is there answers 400; other states are the server’s', async () => {
    const image = await newImage();

    const early = await api.put(image.path, { ...image.body, state: 'Uploaded' });
    const processed = await api.put(image.path, { ...image.body, state: 'Processed' });

    expect(early.status).toBe(400);
    expect(processed.body.state).toBe('PendingUpload');
  });

  test('a package is uploaded, then processed, then done', async () => {
    const packages = `${base}/packages`;
    const made = await api.post(packages, { resourceType: 'AzureApplicationPackage', fileName: 'app.zip' });
    const path = `${packages}/${made.body.id}`;
    const states = [made.body.state];
    await emulator().actions.freezeClock();
    await upload(made.body.fileSasUri, await applicationPackage());
    states.push((await api.put(path, { ...made.body, State: 'Uploaded' }, null)).body.state);
    for (const step of ['3s', '3s']) {
      await emulator().actions.advanceClock(step);
      states.push((await api.get(path)).body.state);
    }

    expect(states).toEqual(['PendingUpload', 'Uploaded', 'InProcessing', 'Processed']);
  });

  test('a package of Business Central is done at once', async () => {
    const packages = `products/${PRODUCTS.ledger}/packages`;
    const type = 'Dynamics365BusinessCentralAddOnExtensionPackage';
    const made = await api.post(packages, { resourceType: type, fileName: 'ledger.app' });
    await upload(made.body.fileSasUri, Buffer.from('NAVX'));

    const done = await api.put(`${packages}/${made.body.id}`, { ...made.body, state: 'Uploaded' });

    expect(done.body.state).toBe('Processed');
  });

  test('a video has a place for its thumbnail as well', async () => {
    const { path } = await listing();
    const made = await api.post(`${path}/videos`, { fileName: 'tour.mp4', thumbnail: { fileName: 'tour.png' } });
    await upload(made.body.thumbnail.fileSasUri, png(533, 324));

    const done = await api.put(`${path}/videos/${made.body.id}`, {
      ...made.body,
      thumbnail: { ...made.body.thumbnail, state: 'Uploaded' },
    });

    expect([made.status, made.body.thumbnail.state, made.body.state]).toEqual([201, 'PendingUpload', 'PendingUpload']);
    expect([done.body.thumbnail.state, done.body.state]).toEqual(['Uploaded', 'PendingUpload']);
  });

  test('files for co-selling are uploaded as images are', async () => {
    const made = await api.post(`products/${PRODUCTS.hub}/cosellAssets`, { fileName: 'deck.pdf', type: 'PitchDeck' });
    const path = `products/${PRODUCTS.hub}/cosellAssets/${made.body.id}`;
    await upload(made.body.fileSasUri, Buffer.from('%PDF'));
    const done = await api.put(path, { ...made.body, state: 'Uploaded' }, null);
    const rows = await api.rows(PRODUCTS.hub, 'cosellAssets', 'Cosell');
    const gone = await api.delete(path);

    expect([made.status, done.body.state, rows.length, gone.status]).toEqual([200, 'Uploaded', 1, 204]);
    expect((await api.get(`products/${PRODUCTS.hub}/cosellAssets`)).body.value).toEqual([]);
  });

  test('files can be deleted', async () => {
    const image = await newImage();
    const gone = await api.delete(image.path);

    expect([gone.status, (await api.get(image.path)).status]).toEqual([204, 404]);
  });
});

function minutesLeft(url: URL): number {
  return (Date.parse(url.searchParams.get('se') ?? '') - Date.now()) / 60_000;
}

describe('B-R9: what shows on demand only', () => {
  test('URLs of files in lists', async () => {
    const image = await newImage();
    const [hidden] = (await api.all(`${image.listing}/images`)).slice(-1);
    const [shown] = (await api.all(`${image.listing}/images?$expand=FileSasUri`)).slice(-1);
    const unknown = await api.get(`${image.listing}/images?$expand=$expand=FileSasUri`);

    expect(hidden).not.toHaveProperty('fileSasUri');
    expect(shown.fileSasUri).toContain('sig=');
    expect(unknown.status).toBe(200);
    expect(unknown.body.value[0]).not.toHaveProperty('fileSasUri');
  });

  test('markets, trial and prices of a plan', async () => {
    const instance = await api.draft(PRODUCTS.monitor, 'Availability', PLANS.basic);
    const path = `${base}/featureAvailabilities/getByInstanceID(instanceID=${instance})`;

    const [plain] = await api.all(path);
    const [whole] = await api.all(`${path}?$expand=MarketStates,Trial,PriceSchedules`);
    const one = await api.get(`${base}/featureavailabilities/${plain.id}?$expand=trial`);

    expect(Object.keys(plain)).toEqual(['resourceType', 'visibility', '@odata.etag', 'id']);
    expect(whole.marketStates).toHaveLength(141);
    expect(whole.marketStates.filter((market: Json) => market.state === 'Enabled')).toHaveLength(4);
    expect(whole.priceSchedules[0].schedules[0].retailPrice.openPrice).toBe(25);
    expect(one.body.trial).toEqual({ type: 'NoTrial' });
    expect(one.body).not.toHaveProperty('marketStates');
  });
});

describe('configurations', () => {
  test('GUIDs that are none are told so', async () => {
    const [row] = await api.rows(PRODUCTS.monitor, 'packageConfigurations', 'Package', PLANS.basic);

    const reply = await api.put(`${base}/packageconfigurations/${row.id}`, {
      ...row,
      publicAzureTenantID: 'contoso',
      publicAzureAuthorizations: [{ principalID: 'x', roleDefinitionID: PLANS.basic }],
    });

    expect(refusalOf(reply).data).toEqual({
      PublicAzureTenantID: ['Enter a valid GUID'],
      'PublicAzureAuthorizations[0].PrincipalID': ['Enter a valid GUID'],
    });
  });

  test('of another type are refused; what a client is known to send is kept', async () => {
    const [row] = await api.rows(PRODUCTS.monitor, 'packageConfigurations', 'Package', PLANS.basic);
    const path = `${base}/packageconfigurations/${row.id}`;

    const other = await api.put(path, { ...row, resourceType: 'AzureSolutionTemplatePackageConfiguration' });
    const extras = await api.put(path, {
      ...row,
      PublisherManagementMode: 'Managed',
      canEnableCustomerActions: 'true',
    });

    expect(other.status).toBe(400);
    expect(extras.body).toMatchObject({ publisherManagementMode: 'Managed', canEnableCustomerActions: 'true' });
  });
});

test('POST to the collections of properties and product availabilities replaces the draft', async () => {
  const property = await api.post(`${base}/properties`, { appVersion: '2' });
  const availability = await api.post(`${base}/productavailabilities`, { visibility: 'Private' });
  const list = await api.get(`${base}/properties`);

  expect([property.status, availability.status, availability.body.visibility]).toEqual([200, 201, 'Private']);
  expect(list.body.value).toEqual([property.body]);
});

test('supplemental contents are committed, co-sell listings replaced, by the id of the instance as well', async () => {
  const instance = await api.draft(PRODUCTS.ledger, 'SupplementalContent');
  const cosell = await api.draft(PRODUCTS.ledger, 'Cosell');
  const ledger = `products/${PRODUCTS.ledger}`;

  const content = await api.put(`${ledger}/supplementalContents/${instance}`, { targetRelease: 'Current' });
  const committed = await api.post(`${ledger}/supplementalContents/${content.body.id}/commit`);
  const listed = await api.put(`${ledger}/cosellListing/${cosell}`, { offerType: 'App' }, null);

  expect([content.status, committed.status, listed.status]).toEqual([200, 200, 200]);
  expect(committed.body.targetRelease).toBe('Current');
  expect(committed.body['@odata.etag']).not.toBe(content.body['@odata.etag']);
  expect(listed.body.offerType).toBe('App');
});
