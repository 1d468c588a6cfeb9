/* eslint-disable @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-call -- JSON of the wire, looked at member by member */
import { CLIENTS, emulatorForFile } from '../support/emulator';
import type { Json } from './api';
import { IngestionApi, PLANS, png, PRODUCTS, upload } from './ingestion-api';

const emulator = emulatorForFile();
let api: IngestionApi;
beforeEach(async () => {
  await emulator().reset();
  api = await IngestionApi.signIn(emulator());
});

const monitor = `products/${PRODUCTS.monitor}`;
const submissions = `${monitor}/submissions`;
const offer = (value: string, type = 'AzureApplication') => ({
  resourceType: type,
  name: value,
  externalIDs: [{ type: 'AzureOfferId', value }],
});

/** What is asked under the default, and then under the other value. */
async function both<T>(other: Record<string, unknown>, ask: () => Promise<T>): Promise<[T, T]> {
  const usual = await ask();
  await emulator().reset();
  await emulator().actions.setSwitches(other);
  api = await IngestionApi.signIn(emulator());
  return [usual, await ask()];
}

async function draftListing(): Promise<{ path: string; row: Json }> {
  const [row] = await api.rows(PRODUCTS.monitor, 'listings', 'Listing');
  return { path: `${monitor}/listings/${row.id}`, row };
}

test('ingestion.etagMismatch', async () => {
  const found = await both({ 'ingestion.etagMismatch': '409' }, async () => {
    const { path, row } = await draftListing();
    return (await api.put(path, row, '"old"')).status;
  });

  expect(found).toEqual([412, 409]);
});

test('ingestion.submissionCreateStatus', async () => {
  const found = await both({ 'ingestion.submissionCreateStatus': '202' }, async () => {
    const { status, body } = await api.post(submissions, await api.everything(PRODUCTS.monitor));
    return [status, body.substate];
  });

  expect(found).toEqual([
    [201, 'Submitted'],
    [202, 'Submitted'],
  ]);
});

test('ingestion.branchDelay', async () => {
  const found = await both({ 'ingestion.branchDelay': 3000 }, async () => {
    await emulator().actions.freezeClock();
    const { id } = (await api.post('products', offer('contoso-late'))).body;
    const rows = () => api.all(`products/${id}/branches/getByModule(module=Listing)`);
    const early = (await rows()).length;
    await emulator().actions.advanceClock('3s');
    return [early, (await rows()).length];
  });

  expect(found).toEqual([
    [1, 1],
    [0, 1],
  ]);
});

test('ingestion.listDelay', async () => {
  const found = await both({ 'ingestion.listDelay': 3000 }, async () => {
    await emulator().actions.freezeClock();
    await api.post('products', offer('contoso-late'));
    await api.post(`${monitor}/variants`, { resourceType: 'AzureSkuVariant', friendlyName: 'Pro', externalID: 'pro' });
    await api.submit(PRODUCTS.hub);
    const lengths = async () => [
      (await api.all('products')).length,
      (await api.all(`${monitor}/variants`)).length,
      (await api.all(`products/${PRODUCTS.hub}/submissions`)).length,
    ];
    const early = await lengths();
    await emulator().actions.advanceClock('3s');
    return [early, await lengths()];
  });

  const late = [5, 3, 2];
  expect(found[0]).toEqual([late, late]);
  // The seed was planted a moment ago, which is too late for its own rows as well.
  expect(found[1][1]).toEqual(late);
  expect(found[1][0]?.every((length, index) => length < (late[index] ?? 0))).toBe(true);
});

test('ingestion.pages: which lists are cut', async () => {
  const lengths = async (): Promise<number[]> => {
    const lists = [await api.get('products'), await api.get(`${monitor}/branches/getByModule(module=Package)`)];
    return lists.map(({ body }) => body.value.length);
  };

  const [usual, whole] = await both({ 'ingestion.pages': 'whole' }, lengths);
  const [, irregular] = await both({ 'ingestion.pages': 'irregular' }, lengths);

  expect({ usual, whole, irregular }).toEqual({ usual: [2, 3], whole: [4, 3], irregular: [2, 2] });
});

test('ingestion.branchOrder', async () => {
  const found = await both({ 'ingestion.branchOrder': 'newestFirst' }, async () => {
    const { value } = (await api.get(`${monitor}/branches/getByModule(module=Package)`)).body;
    return value.map(({ variantID }: Json) => variantID ?? 'product');
  });

  expect(found).toEqual([
    ['product', PLANS.basic, PLANS.template],
    [PLANS.template, PLANS.basic, 'product'],
  ]);
});

test('ingestion.lastPage: the last page names a next one, which answers 404', async () => {
  const found = await both({ 'ingestion.lastPage': '404' }, async () => {
    const statuses: number[] = [];
    let next: string | undefined = 'products';
    while (next !== undefined) {
      const reply: Json = await api.get(next);
      statuses.push(reply.status);
      next = reply.status === 200 ? reply.body.nextLink?.replace('v1.0/ingestion/', '') : undefined;
    }
    return statuses;
  });

  expect(found).toEqual([
    [200, 200, 200],
    [200, 200, 200, 404],
  ]);
});

test('ingestion.frozenInstances', async () => {
  const found = await both({ 'ingestion.frozenInstances': '404' }, async () => {
    const { resources } = await api.submit(PRODUCTS.monitor);
    const id = resources.find((each: Json) => each.type === 'Listing').value;
    return (await api.get(`${monitor}/listings/getByInstanceID(instanceID=${id})`)).status;
  });

  expect(found).toEqual([200, 404]);
});

test('ingestion.frozenResubmission', async () => {
  const found = await both({ 'ingestion.frozenResubmission': 'accept' }, async () => {
    const [last] = await api.all(submissions);
    const { resources, variantResources } = last;
    const request = { ...(await api.everything(PRODUCTS.monitor)), resources, variantResources };
    return (await api.post(submissions, request)).status;
  });

  expect(found).toEqual([400, 201]);
});

test('ingestion.modularResources', async () => {
  const ledger = `products/${PRODUCTS.ledger}`;
  const found = await both({ 'ingestion.modularResources': 'effective' }, async () => {
    const resources = [{ type: 'Property', value: await api.draft(PRODUCTS.ledger, 'Property') }];
    const request = { ...(await api.everything(PRODUCTS.ledger)), resources };
    const { body } = await api.post(`${ledger}/submissions`, request);
    return body.resources.map((each: Json) => each.type).toSorted();
  });

  expect(found).toEqual([['Property'], ['Availability', 'Listing', 'Package', 'Property', 'ResellerConfiguration']]);
});

test('ingestion.promoteBody', async () => {
  const found = await both({ 'ingestion.promoteBody': 'empty' }, async () => {
    const { id } = await api.submit(PRODUCTS.monitor);
    await emulator().actions.advanceClock('60s');
    const withBody = await api.post(`${submissions}/${id}/promote`, {});
    const without = await api.post(`${submissions}/${id}/promote`);
    return [withBody.status, without.status];
  });

  expect(found).toEqual([
    [200, 409],
    [400, 200],
  ]);
});

test('ingestion.missingRole', async () => {
  const found = await both({ 'ingestion.missingRole': '403' }, async () => {
    const stranger = await IngestionApi.signIn(emulator(), { ...emulator().account, ...CLIENTS.stranger });
    const { status, body } = await stranger.get('products');
    return [status, body.statusCode];
  });

  expect(found).toEqual([
    [401, 401],
    [403, 403],
  ]);
});

test('ingestion.duplicateOffer', async () => {
  const found = await both(
    { 'ingestion.duplicateOffer': '400' },
    async () => (await api.post('products', offer('contoso-hub'))).status,
  );

  expect(found).toEqual([409, 400]);
});

test('ingestion.setupStatus', async () => {
  const found = await both(
    { 'ingestion.setupStatus': '201' },
    async () => (await api.post(`${monitor}/setup`, {})).status,
  );

  expect(found).toEqual([200, 201]);
});

test('ingestion.propertyStatus', async () => {
  const found = await both(
    { 'ingestion.propertyStatus': '201' },
    async () => (await api.post(`${monitor}/properties`, {})).status,
  );

  expect(found).toEqual([200, 201]);
});

test('ingestion.publishedStep', async () => {
  const found = await both({ 'ingestion.publishedStep': 'skipped' }, async () => {
    await emulator().actions.freezeClock();
    const { id } = await api.submit(PRODUCTS.monitor);
    await emulator().actions.advanceClock('60s');
    await api.post(`${submissions}/${id}/promote`);
    await emulator().actions.advanceClock('33s');
    const late = await api.stateOf(PRODUCTS.monitor, id);
    await emulator().actions.advanceClock('3s');
    return [late, await api.stateOf(PRODUCTS.monitor, id)];
  });

  expect(found).toEqual([
    ['Published/Published', 'Published/InStore'],
    ['Published/Publishing', 'Published/InStore'],
  ]);
});

test('ingestion.deletePublished', async () => {
  const found = await both({ 'ingestion.deletePublished': 'allow' }, async () => (await api.delete(monitor)).status);

  expect(found).toEqual([409, 204]);
});

test('ingestion.fileSasRenewal', async () => {
  const found = await both({ 'ingestion.fileSasRenewal': 'never' }, async () => {
    const { path } = await draftListing();
    const image = await api.post(`${path}/images`, { fileName: 'w.png', type: 'AzureLogoWide' });
    await emulator().actions.advanceClock('16m');
    const { body } = await api.get(`${path}/images/${image.body.id}`);
    return (await upload(body.fileSasUri, png(255, 115))).status;
  });

  expect(found).toEqual([201, 403]);
});

test('ingestion.uploadedBeforeBlob', async () => {
  const found = await both({ 'ingestion.uploadedBeforeBlob': 'accept' }, async () => {
    const { path } = await draftListing();
    const { body } = await api.post(`${path}/images`, { fileName: 'w.png', type: 'AzureLogoWide' });
    return (await api.put(`${path}/images/${body.id}`, { ...body, state: 'Uploaded' })).status;
  });

  expect(found).toEqual([400, 200]);
});

test('ingestion.packageContents', async () => {
  const found = await both({ 'ingestion.packageContents': 'trusted' }, async () => {
    const packages = `${monitor}/packages`;
    const { body } = await api.post(packages, { resourceType: 'AzureApplicationPackage', fileName: 'a.zip' });
    await upload(body.fileSasUri, Buffer.from('no archive'));
    await api.put(`${packages}/${body.id}`, { ...body, state: 'Uploaded' });
    await emulator().actions.advanceClock('6s');
    return (await api.get(`${packages}/${body.id}`)).body.state;
  });

  expect(found).toEqual(['ProcessFailed', 'Processed']);
});

test('ingestion.contentValidation', async () => {
  const found = await both({ 'ingestion.contentValidation': 'lenient' }, async () => {
    const { path } = await draftListing();
    await api.put(path, { title: 'No description' });
    const { id } = await api.submit(PRODUCTS.monitor);
    await emulator().actions.advanceClock('60s');
    return api.stateOf(PRODUCTS.monitor, id);
  });

  expect(found).toEqual(['InProgress/Failed', 'Published/ReadyToPublish']);
});

test('ingestion.largeLogo', async () => {
  const found = await both({ 'ingestion.largeLogo': '216' }, async () => {
    const { path } = await draftListing();
    const { body } = await api.post(`${path}/images`, { fileName: 'l.png', type: 'AzureLogoLarge' });
    await upload(body.fileSasUri, png(350, 350));
    await api.put(`${path}/images/${body.id}`, { ...body, state: 'Uploaded' });
    const { id } = await api.submit(PRODUCTS.monitor);
    await emulator().actions.advanceClock('60s');
    return api.stateOf(PRODUCTS.monitor, id);
  });

  expect(found).toEqual(['Published/ReadyToPublish', 'InProgress/Failed']);
});

test('ingestion.unexpandedMembers', async () => {
  const found = await both({ 'ingestion.unexpandedMembers': 'keep' }, async () => {
    const [row] = await api.rows(PRODUCTS.monitor, 'featureAvailabilities', 'Availability', PLANS.basic);
    const path = `${monitor}/featureavailabilities/${row.id}`;
    const { body } = await api.request('PUT', `${path}?$expand=MarketStates`, row, { 'if-match': '*' });
    return body.marketStates?.length;
  });

  expect(found).toEqual([undefined, 141]);
});

test('ingestion.unknownMembers', async () => {
  const found = await both({ 'ingestion.unknownMembers': 'keep' }, async () => {
    const { path, row } = await draftListing();
    return (await api.put(path, { ...row, novelty: 'x' })).body.novelty;
  });

  expect(found).toEqual([undefined, 'x']);
});

test('ingestion.virtualMachineTestDrive', async () => {
  const found = await both({ 'ingestion.virtualMachineTestDrive': 'accept' }, async () => {
    const { body } = await api.post('products', offer('contoso-vm', 'AzureThirdPartyVirtualMachine'));
    return (await api.post(`products/${body.id}/setup`, { enableTestDrive: true })).status;
  });

  expect(found).toEqual([400, 200]);
});
