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

test('etagMismatch', async () => {
  const found = await both({ etagMismatch: '409' }, async () => {
    const { path, row } = await draftListing();
    return (await api.put(path, row, '"old"')).status;
  });

  expect(found).toEqual([412, 409]);
});

test('submissionCreateStatus', async () => {
  const found = await both({ submissionCreateStatus: '202' }, async () => {
    const { status, body } = await api.post(submissions, await api.everything(PRODUCTS.monitor));
    return [status, body.substate];
  });

  expect(found).toEqual([
    [201, 'Submitted'],
    [202, 'Submitted'],
  ]);
});

test('branchDelay', async () => {
  const found = await both({ branchDelay: 3000 }, async () => {
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

test('listDelay', async () => {
  const found = await both({ listDelay: 3000 }, async () => {
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

test('pages', async () => {
  const found = await both({ pages: 'whole' }, async () => {
    const { value, nextLink } = (await api.get('products')).body;
    return [value.length, nextLink !== undefined];
  });

  expect(found).toEqual([
    [2, true],
    [4, false],
  ]);
});

test('lastPage: the last page names a next one, which answers 404', async () => {
  const found = await both({ lastPage: '404' }, async () => {
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

test('frozenInstances', async () => {
  const found = await both({ frozenInstances: '404' }, async () => {
    const { resources } = await api.submit(PRODUCTS.monitor);
    const id = resources.find((each: Json) => each.type === 'Listing').value;
    return (await api.get(`${monitor}/listings/getByInstanceID(instanceID=${id})`)).status;
  });

  expect(found).toEqual([200, 404]);
});

test('frozenResubmission', async () => {
  const found = await both({ frozenResubmission: 'accept' }, async () => {
    const [last] = await api.all(submissions);
    const { resources, variantResources } = last;
    const request = { ...(await api.everything(PRODUCTS.monitor)), resources, variantResources };
    return (await api.post(submissions, request)).status;
  });

  expect(found).toEqual([400, 201]);
});

test('modularResources', async () => {
  const ledger = `products/${PRODUCTS.ledger}`;
  const found = await both({ modularResources: 'effective' }, async () => {
    const resources = [{ type: 'Property', value: await api.draft(PRODUCTS.ledger, 'Property') }];
    const request = { ...(await api.everything(PRODUCTS.ledger)), resources };
    const { body } = await api.post(`${ledger}/submissions`, request);
    return body.resources.map((each: Json) => each.type).toSorted();
  });

  expect(found).toEqual([['Property'], ['Availability', 'Listing', 'Package', 'Property', 'ResellerConfiguration']]);
});

test('promoteBody', async () => {
  const found = await both({ promoteBody: 'empty' }, async () => {
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

test('missingRole', async () => {
  const found = await both({ missingRole: '403' }, async () => {
    const stranger = await IngestionApi.signIn(emulator(), { ...emulator().account, ...CLIENTS.stranger });
    const { status, body } = await stranger.get('products');
    return [status, body.statusCode];
  });

  expect(found).toEqual([
    [401, 401],
    [403, 403],
  ]);
});

test('duplicateOffer', async () => {
  const found = await both(
    { duplicateOffer: '400' },
    async () => (await api.post('products', offer('contoso-hub'))).status,
  );

  expect(found).toEqual([409, 400]);
});

test('setupStatus', async () => {
  const found = await both({ setupStatus: '201' }, async () => (await api.post(`${monitor}/setup`, {})).status);

  expect(found).toEqual([200, 201]);
});

test('propertyStatus', async () => {
  const found = await both({ propertyStatus: '201' }, async () => (await api.post(`${monitor}/properties`, {})).status);

  expect(found).toEqual([200, 201]);
});

test('publishedStep', async () => {
  const found = await both({ publishedStep: 'skipped' }, async () => {
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

test('deletePublished', async () => {
  const found = await both({ deletePublished: 'allow' }, async () => (await api.delete(monitor)).status);

  expect(found).toEqual([409, 204]);
});

test('fileSasRenewal', async () => {
  const found = await both({ fileSasRenewal: 'never' }, async () => {
    const { path } = await draftListing();
    const image = await api.post(`${path}/images`, { fileName: 'w.png', type: 'AzureLogoWide' });
    await emulator().actions.advanceClock('16m');
    const { body } = await api.get(`${path}/images/${image.body.id}`);
    return (await upload(body.fileSasUri, png(255, 115))).status;
  });

  expect(found).toEqual([201, 403]);
});

test('uploadedBeforeBlob', async () => {
  const found = await both({ uploadedBeforeBlob: 'accept' }, async () => {
    const { path } = await draftListing();
    const { body } = await api.post(`${path}/images`, { fileName: 'w.png', type: 'AzureLogoWide' });
    return (await api.put(`${path}/images/${body.id}`, { ...body, state: 'Uploaded' })).status;
  });

  expect(found).toEqual([400, 200]);
});

test('packageContents', async () => {
  const found = await both({ packageContents: 'trusted' }, async () => {
    const packages = `${monitor}/packages`;
    const { body } = await api.post(packages, { resourceType: 'AzureApplicationPackage', fileName: 'a.zip' });
    await upload(body.fileSasUri, Buffer.from('no archive'));
    await api.put(`${packages}/${body.id}`, { ...body, state: 'Uploaded' });
    await emulator().actions.advanceClock('6s');
    return (await api.get(`${packages}/${body.id}`)).body.state;
  });

  expect(found).toEqual(['ProcessFailed', 'Processed']);
});

test('contentValidation', async () => {
  const found = await both({ contentValidation: 'lenient' }, async () => {
    const { path } = await draftListing();
    await api.put(path, { title: 'No description' });
    const { id } = await api.submit(PRODUCTS.monitor);
    await emulator().actions.advanceClock('60s');
    return api.stateOf(PRODUCTS.monitor, id);
  });

  expect(found).toEqual(['InProgress/Failed', 'Published/ReadyToPublish']);
});

test('largeLogo', async () => {
  const found = await both({ largeLogo: '216' }, async () => {
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

test('unexpandedMembers', async () => {
  const found = await both({ unexpandedMembers: 'keep' }, async () => {
    const [row] = await api.rows(PRODUCTS.monitor, 'featureAvailabilities', 'Availability', PLANS.basic);
    const path = `${monitor}/featureavailabilities/${row.id}`;
    const { body } = await api.request('PUT', `${path}?$expand=MarketStates`, row, { 'if-match': '*' });
    return body.marketStates?.length;
  });

  expect(found).toEqual([undefined, 141]);
});

test('unknownMembers', async () => {
  const found = await both({ unknownMembers: 'keep' }, async () => {
    const { path, row } = await draftListing();
    return (await api.put(path, { ...row, novelty: 'x' })).body.novelty;
  });

  expect(found).toEqual([undefined, 'x']);
});

test('virtualMachineTestDrive', async () => {
  const found = await both({ virtualMachineTestDrive: 'accept' }, async () => {
    const { body } = await api.post('products', offer('contoso-vm', 'AzureThirdPartyVirtualMachine'));
    return (await api.post(`products/${body.id}/setup`, { enableTestDrive: true })).status;
  });

  expect(found).toEqual([400, 200]);
});
