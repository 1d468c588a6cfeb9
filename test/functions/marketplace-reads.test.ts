/** Reads below `/accounts/{account}/marketplace`, through the whole app. */
import { marketplaceLists, marketplaceReads } from '../../src/contracts/marketplace-operations';
import { IngestionApi, PLANS, PRODUCTS } from '../emulator/ingestion-api';
import { account, releaseWorld, requestsOf, type ReleaseApp } from '../support/release-app';
import { freshApp, letBudgetRecover, type AppAnswer, type AppSend } from './app-http';

const world = releaseWorld();
let app: ReleaseApp;
let send: AppSend;

beforeEach(async () => {
  ({ app, send } = await freshApp(world()));
});

const product = `products/${PRODUCTS.monitor}`;

/** Reads with all of the budget: most tests are about what is answered. */
async function read(path: string): Promise<AppAnswer> {
  letBudgetRecover(app);
  return send('GET', `/accounts/${account}/marketplace/${path}`);
}

interface Row {
  readonly id: string;
  readonly currentDraftInstanceID: string;
  readonly variantID?: string;
  readonly languageCode?: string;
}

/** All rows of a list, page by page. */
async function rows(path: string): Promise<Row[]> {
  const found: Row[] = [];
  let next: string | undefined = path;
  for (let page = 0; page < 50 && next !== undefined; page += 1) {
    const { status, body } = await read(next);
    expect(status).toBe(200);
    // What lists answer.
    const { value, nextLink } = body as { value: Row[]; nextLink?: string };
    found.push(...value);
    next = nextLink?.replace(`/api/accounts/${account}/marketplace/`, '');
  }
  expect(next).toBeUndefined();
  return found;
}

async function draftOf(module: string, variant?: string): Promise<string> {
  const branches = await rows(`${product}/branches/${module}`);
  return branches.find(({ variantID }) => variantID === variant)?.currentDraftInstanceID ?? '';
}

test.each([
  ['a product', product, { id: PRODUCTS.monitor, resourceType: 'AzureApplication' }],
  ['how it is sold', `${product}/setup`, { resourceType: 'AzureProductSetup' }],
  ['a plan', `${product}/variants/${PLANS.basic}`, { id: PLANS.basic, externalID: 'basic' }],
  ['its resellers', `${product}/reseller-configuration`, { resourceType: 'ResellerConfiguration' }],
])('%s is read as Partner Center answers it', async (_what, path, has) => {
  expect(await read(path)).toMatchObject({ status: 200, body: has });
});

test('from a module to its draft, and to what is in it', async () => {
  const listings = await rows(`${product}/instances/${await draftOf('listing')}/listings`);
  const one = await read(`${product}/listings/${listings[0]?.id}`);
  const images = await rows(`${product}/listings/${listings[0]?.id}/images`);
  const properties = await rows(`${product}/instances/${await draftOf('Property')}/properties`);
  const property = await read(`${product}/properties/${properties[0]?.id}`);

  expect(listings).toMatchObject([{ resourceType: 'AzureListing', languageCode: 'en-us' }]);
  expect(one.body).toEqual(listings[0]);
  expect(images).toMatchObject([{ type: 'AzureLogoLarge' }, { type: 'AzureLogoSmall' }]);
  expect(property.body).toEqual(properties[0]);
});

test('a plan has markets and prices, and as much of them as is asked for', async () => {
  const place = `${product}/instances/${await draftOf('Availability', PLANS.basic)}/feature-availabilities`;

  const [all] = await rows(place);
  const some = await read(`${product}/feature-availabilities/${all?.id}?expand=Trial`);
  const wrong = await read(`${product}/feature-availabilities/${all?.id}?expand=Everything`);

  expect(all).toMatchObject({ marketStates: expect.any(Array), priceSchedules: expect.any(Array) });
  expect(some.body).toMatchObject({ id: all?.id, trial: { type: 'NoTrial' } });
  expect(some.body).not.toHaveProperty('marketStates');
  expect(wrong).toMatchObject({ status: 400, body: { code: 'invalid-parameter' } });
});

test('submissions come with what became of them', async () => {
  const api = await IngestionApi.signIn(world().emulator);
  const { id } = await api.submit(PRODUCTS.monitor, ['ResellerConfiguration']);
  await world().emulator.actions.advanceClock('60s');

  const submissions = await rows(`${product}/submissions`);
  const published = await rows(`${product}/submissions?state=Published`);
  const one = await read(`${product}/submissions/${id}`);
  const validations = await rows(`${product}/submissions/${id}/validations`);
  const ways = await rows(`${product}/submissions/${id}/workflow-details`);

  expect(submissions.at(-1)).toMatchObject({ id });
  expect(published.map((row) => row.id)).not.toContain(id);
  expect(one).toMatchObject({ status: 200, body: { id, state: 'InProgress', substate: 'Failed' } });
  expect(validations).toContainEqual(expect.objectContaining({ severity: 'Error' }));
  expect(ways).toMatchObject([{ targetEnvironment: 'Preview' }, { targetEnvironment: 'Live' }]);
});

test('every row of a list comes once, however the service cuts it and however it is asked for', async () => {
  const all = Object.values(PRODUCTS);
  const [bySix, byOne, byTwo] = [await rows('products'), await rows('products?top=1'), await rows('products?top=3')];

  expect(bySix.map(({ id }) => id).toSorted()).toEqual(all.toSorted());
  expect(byOne.map(({ id }) => id)).toEqual(bySix.map(({ id }) => id));
  expect(byTwo.map(({ id }) => id)).toEqual(bySix.map(({ id }) => id));
});

test('products are found by their offer id, or by their type, and by both at no time', async () => {
  const byId = await rows('products?offerId=contoso-hub');
  const byType = await rows('products?resourceType=AzureContainer&resourceType=SoftwareAsAService&top=1');
  const both = await read('products?offerId=contoso-hub&resourceType=AzureContainer');

  expect(byId.map(({ id }) => id)).toEqual([PRODUCTS.hub]);
  expect(byType.map(({ id }) => id).toSorted()).toEqual([PRODUCTS.hub, PRODUCTS.worker].toSorted());
  expect(both).toMatchObject({ status: 400, body: { code: 'invalid-parameter' } });
});

test('a list that the budget cannot read to its end is a short page, and goes on where it ended', async () => {
  ({ app, send } = await freshApp(world(), { PUBLISHER_MARKETPLACE_REQUESTS_PER_MINUTE: '10' }));
  const list = `/accounts/${account}/marketplace/products`;
  for (const id of Object.values(PRODUCTS)) await send('GET', `${list}/${id}`);

  // One request of the five that reads have in a minute is left.
  const short = (await send('GET', list)).body as { value: Row[]; nextLink: string };
  const spent = await send('GET', short.nextLink.replace('/api', ''));
  const rest = await rows(short.nextLink.replace(`/api/accounts/${account}/marketplace/`, ''));

  expect(short.value.length).toBeGreaterThan(0);
  expect(short.value.length).toBeLessThan(4);
  expect(spent).toMatchObject({ status: 503, body: { code: 'budget-spent' } });
  expect([...short.value, ...rest].map(({ id }) => id).toSorted()).toEqual(Object.values(PRODUCTS).toSorted());
});

test.each(['nonsense', Buffer.from('0 $skipToken=%25').toString('base64url')])(
  'a place that no page has named is refused: %s',
  async (continuation) => {
    const answer = await read(`products?continuation=${continuation}`);

    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-parameter' } });
  },
);

test('what was read is told again for a minute, and then asked for anew', async () => {
  const path = `/accounts/${account}/marketplace/${product}`;
  await send('GET', path);
  await send('GET', path);
  const atFirst = requestsOf(world().emulator, 'getProduct');
  letBudgetRecover(app);
  await send('GET', path);

  expect(atFirst).toBe(1);
  expect(requestsOf(world().emulator, 'getProduct')).toBe(2);
});

const unknown = 'a0f0e000-0000-4000-8000-0000000000ff';

test.each([
  ['there is no such product', `products/${unknown}`],
  ['there is no such plan', `${product}/variants/${unknown}`],
  ['there is no such submission', `${product}/submissions/1`],
  ['there is no such draft', `${product}/instances/${unknown}/listings`],
])('says so where %s, with the id of the exchange', async (_what, path) => {
  const answer = await read(path);

  expect(answer).toMatchObject({ status: 404, body: { code: 'product-not-found' } });
  expect(answer.body).toHaveProperty('correlationId');
});

test.each(['products/contoso-monitor', `${product}/branches/Images`, `${product}/submissions/latest`])(
  'what can be no id is not asked for: %s',
  async (path) => {
    const before = world().emulator.actions.journal().length;
    const answer = await read(path);

    expect(answer).toMatchObject({ status: 404, body: { code: 'product-not-found' } });
    expect(world().emulator.actions.journal()).toHaveLength(before);
  },
);

test.each([
  [401, 503, 'account-unusable'],
  [403, 403, 'product-forbidden'],
  [429, 503, 'budget-spent'],
  [500, 503, 'partner-center-unavailable'],
])('an answer of %i is told as what it means to whoever reads', async (refused, status, code) => {
  // As often as it is repeated, which differs.
  world().emulator.actions.addFault({ operation: 'getProduct', answer: { status: refused }, times: 9 });

  const answer = await read(product);
  world().emulator.actions.clearFaults();

  expect(answer).toMatchObject({ status, body: { code } });
});

/** Where a file can be uploaded, and what the emulator calls what was made. */
async function file(api: IngestionApi, path: string, body: object): Promise<{ id: string; fileSasUri: string }> {
  // What a create answers.
  return (await api.post(path, body)).body as { id: string; fileSasUri: string };
}

/** Ids for the addresses of every read, by the end of what they stand in; with one file of each kind to upload. */
async function idsOf(api: IngestionApi, productId: string): Promise<[end: string, id: string][]> {
  const root = `products/${productId}`;
  const plan = PLANS.basic;
  const first = async (kind: string, module: string, variant?: string): Promise<string> =>
    (await api.rows(productId, kind, module, variant))[0]?.['id'] as string;
  const listing = await first('listings', 'Listing');
  const made = (path: string, body: object): Promise<string> => file(api, path, body).then(({ id }) => id);
  const inListing = `${root}/listings/${listing}`;
  return [
    ['instances/{instanceId}/listings', await api.draft(productId, 'Listing')],
    ['instances/{instanceId}/properties', await api.draft(productId, 'Property')],
    ['instances/{instanceId}/feature-availabilities', await api.draft(productId, 'Availability', plan)],
    ['instances/{instanceId}/availabilities', await api.draft(productId, 'Availability')],
    ['instances/{instanceId}/package-configurations', await api.draft(productId, 'Package', plan)],
    ['instances/{instanceId}/supplemental-contents', await api.draft(productId, 'SupplementalContent')],
    ['supplemental-contents/{instanceId}', await api.draft(productId, 'SupplementalContent')],
    ['{instanceId}', await api.draft(productId, 'Cosell')],
    ['feature-availabilities/{availabilityId}', await first('featureAvailabilities', 'Availability', plan)],
    ['{availabilityId}', await first('productAvailabilities', 'Availability')],
    ['images/{fileId}', await made(`${inListing}/images`, { fileName: 'a.png', type: 'AzureLogoScreenshot' })],
    [
      'listings/{listingId}/assets/{fileId}',
      await made(`${inListing}/assets`, { fileName: 'a.pdf', type: 'Document' }),
    ],
    ['videos/{fileId}', await made(`${inListing}/videos`, { fileName: 'a.png' })],
    ['cosell-assets/{fileId}', await made(`${root}/cosellAssets`, { fileName: 'a.pdf', type: 'Document' })],
    ['{packageId}', await made(`${root}/packages`, { resourceType: 'AzureApplicationPackage', fileName: 'a.zip' })],
    ['{productId}', productId],
    ['{module}', 'Listing'],
    ['{variantId}', plan],
    ['{listingId}', listing],
    ['{propertyId}', await first('properties', 'Property')],
    ['{configurationId}', await first('packageConfigurations', 'Package', plan)],
    ['{submissionId}', (await api.all(`${root}/submissions`))[0]?.['id'] as string],
  ];
}

/** The address of a read, with ids for everything that it names. */
function filled(template: string, ids: readonly [string, string][]): string {
  return ids.reduce(
    (path, [end, id]) => {
      const at = path.indexOf(end);
      return at < 0 ? path : path.replace(end, end.replace(/\{\w+\}(?!.*\{)/, id));
    },
    template.replace('/accounts/{account}/marketplace/', ''),
  );
}

test('no read shows an upload address, a signature, the address of a report or a secret', async () => {
  const api = await IngestionApi.signIn(world().emulator);
  const secret = 'DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=Q29udG9zb1NlY3JldA==';
  const lead = { resourceType: 'AzureBlobLeadConfiguration', containerName: 'leads', connectionString: secret };
  await api.post(`products/${PRODUCTS.monitor}/leadconfiguration`, lead);
  const ids = await idsOf(api, PRODUCTS.monitor);
  const templates = Object.values({ ...marketplaceLists, ...marketplaceReads }).map(({ path }) => path);

  const answers = new Map<string, AppAnswer>();
  for (const template of templates) answers.set(template, await read(filled(template, ids)));

  const strange = [...answers].filter(([, { status }]) => status !== 200);
  expect(strange.map(([template, { status, body }]) => [template, status, body])).toEqual([]);
  const told = JSON.stringify([...answers.values()].map(({ body }) => body));
  for (const kind of ['ListingImage', 'ListingAsset', 'ListingVideo', 'CosellAsset', 'AzureApplicationPackage'])
    expect(told).toContain(kind);
  expect(told).toContain('"containerName":"leads"');
  expect(told).not.toMatch(/sasuri|fileuri|sig=|AccountKey=|Q29udG9zb1NlY3JldA|secret address/i);
});
