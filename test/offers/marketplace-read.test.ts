import { differentKeys } from '../../src/domain/offer/compare-offers';
import { png, PRODUCTS, upload } from '../emulator/ingestion-api';
import { emulatorForFile } from '../support/emulator';
import { failureOf, keyOf, marketplaceWorld, sha256Of } from './marketplace-world';

const emulator = emulatorForFile();
const world = marketplaceWorld(emulator);

async function addLogo(product: string, bytes: Buffer): Promise<void> {
  const { raw } = world();
  const [listing] = await raw.rows(product, 'listings', 'Listing');
  const path = `products/${product}/listings/${listing.id}/images`;
  const made = await raw.post(path, { fileName: 'wide.png', type: 'AzureLogoWide' });
  await upload(made.body.fileSasUri, bytes);
  await raw.put(`${path}/${made.body.id}`, { ...made.body, state: 'Uploaded' });
}

test.each(['monitor', 'hub'] as const)('the draft of %s that was just published equals what is live', async (name) => {
  const api = world().api(PRODUCTS[name]);

  const draft = await api.readDraft();
  const live = await api.readLive();

  expect(live).toMatchObject({ kind: 'shown', content: {} });
  expect(live.kind === 'shown' ? differentKeys(draft, live.content) : undefined).toEqual([]);
});

test('a draft is read resource by resource, with the packages of its plans', async () => {
  const draft = await world().api(PRODUCTS.monitor).readDraft();

  expect(Object.keys(draft).sort()).toEqual([
    'availability',
    'listings/en-us',
    'listings/en-us/images/AzureLogoLarge',
    'listings/en-us/images/AzureLogoSmall',
    'packageConfiguration',
    'plans/basic',
    'plans/basic/availability',
    'plans/basic/listings/en-us',
    'plans/basic/packageConfiguration',
    'plans/template',
    'plans/template/availability',
    'plans/template/listings/en-us',
    'plans/template/packageConfiguration',
    'property',
    'resellerConfiguration',
    'setup',
  ]);
  expect(draft['plans/basic/packageConfiguration']).toMatchObject({
    version: '1.0.0',
    packages: [
      {
        type: 'AzureApplicationPackage',
        fileName: 'monitor-1.0.0.zip',
        bytes: 'id:a0f0e000-0000-4000-8000-0000000000d1',
      },
    ],
  });
  expect(draft['plans/basic/availability']).toMatchObject({ marketStates: { DE: 'Enabled', AT: 'Disabled' } });
});

test('pictures are known by their bytes, in the draft and where they are live, and are read once', async () => {
  const bytes = png(255, 115);
  await addLogo(PRODUCTS.monitor, bytes);
  await world().raw.publish(PRODUCTS.monitor);

  const draft = await world().api(PRODUCTS.monitor).readDraft();
  const live = await world().api(PRODUCTS.monitor).readLive();
  const journal = () => emulator().actions.journal();
  const reads = () => journal().filter(({ operation }) => operation === 'getBlob').length;
  const before = reads();
  await world().api(PRODUCTS.monitor).readDraft();

  const key = 'listings/en-us/images/AzureLogoWide';
  expect(draft[key]).toEqual({ items: [{ fileName: 'wide.png', bytes: `sha256:${sha256Of(bytes)}` }] });
  expect(live.kind === 'shown' && live.content[key]).toEqual(draft[key]);
  expect(before).toBeGreaterThan(0);
  expect(reads()).toBe(before);
});

test('a file that somebody has made and not uploaded is a file that nobody can read', async () => {
  const { raw } = world();
  const [listing] = await raw.rows(PRODUCTS.monitor, 'listings', 'Listing');
  const made = await raw.post(`products/${PRODUCTS.monitor}/listings/${listing.id}/images`, {
    fileName: 'wide.png',
    type: 'AzureLogoWide',
  });

  const draft = await world().api(PRODUCTS.monitor).readDraft();

  expect(draft['listings/en-us/images/AzureLogoWide']).toEqual({
    items: [{ fileName: 'wide.png', bytes: `id:${made.body.id}` }],
  });
});

test('where frozen drafts cannot be read, what is live is hidden, and a publication unknown', async () => {
  await emulator().actions.setSwitches({ 'ingestion.frozenInstances': '404' });
  const api = world().api(PRODUCTS.monitor);

  const live = await api.readLive();
  const publication = live.kind === 'hidden' ? await api.readPublication(live.publicationId) : null;

  expect(live).toEqual({ kind: 'hidden', publicationId: expect.stringMatching(/^\d{19}$/) });
  expect(publication).toBeUndefined();
  expect(await api.readPublication('1152921505700999999')).toBeUndefined();
});

test('what the API has no versions of is as it was where this service has published it', async () => {
  const { offers } = world();
  const api = world().api(PRODUCTS.monitor);
  const live = await api.readLive();
  if (live.kind !== 'shown') throw new Error('not live');
  await offers.rememberPublished(keyOf(PRODUCTS.monitor), live);
  await world().raw.post(`products/${PRODUCTS.monitor}/setup`, { sellingOption: 'ListingOnly', callToAction: 'free' });

  const draft = await api.readDraft();
  const after = await api.readLive();

  expect(draft['setup']).toMatchObject({ sellingOption: 'ListingOnly' });
  expect(after.kind === 'shown' && after.content['setup']).toMatchObject({ sellingOption: 'ListAndSell' });
});

test.each(['ledger', 'worker'] as const)('products of other types, as %s, are refused', async (name) => {
  const failure = await failureOf(world().api(PRODUCTS[name]).readDraft());

  expect(failure).toMatchObject({ code: 'product-type-unsupported', retryable: false });
});

test('a draft that does not show yet is worth another attempt', async () => {
  const { directory, raw } = world();
  const target = { kind: 'marketplace-product', offerId: 'contoso-gauge' } as const;
  const create = { resourceType: 'AzureApplication', name: 'Contoso Gauge' } as const;
  const made = await directory.make({ ...target, create });
  if (made.kind !== 'marketplace-product') throw new Error('other');
  await emulator().actions.setSwitches({ 'ingestion.branchDelay': 60_000 });
  await raw.post(`products/${made.productId}/variants`, {
    resourceType: 'AzureSkuVariant',
    friendlyName: 'Basic',
    externalID: 'basic',
  });

  const early = await failureOf(world().api(made.productId).readDraft());
  await emulator().actions.advanceClock('61s');
  const draft = await world().api(made.productId).readDraft();

  expect(early).toMatchObject({ code: 'partner-center-unavailable', retryable: true });
  expect(draft['plans/basic']).toMatchObject({ friendlyName: 'Basic', subType: 'solution-template' });
  expect(await world().api(made.productId).readLive()).toEqual({ kind: 'never' });
  expect(await world().api(made.productId).lastPublication()).toBeNull();
});

test('offers are found by their ids, made once, and refused where they are of another type', async () => {
  const { directory } = world();
  const create = { resourceType: 'SoftwareAsAService', name: 'Contoso Hub' } as const;
  const named = (offerId: string) => ({ kind: 'marketplace-product', offerId, create }) as const;

  const hub = await directory.find(named('contoso-hub'));
  const none = await directory.find(named('contoso-new'));
  const made = await directory.make(named('contoso-new'));
  const found = await directory.find(named('contoso-new'));
  const twice = await failureOf(directory.make(named('contoso-new')));
  const other = await failureOf(directory.find(named('contoso-monitor')));
  const worker = await failureOf(directory.find(named('contoso-worker')));

  expect(hub).toEqual({ kind: 'marketplace-product', productId: PRODUCTS.hub });
  expect(none).toBeNull();
  expect(found).toEqual(made);
  expect(twice).toMatchObject({ code: 'product-busy', retryable: false });
  expect([other.code, worker.code]).toEqual(['product-type-unsupported', 'product-type-unsupported']);
});
