/* eslint-disable @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-call -- JSON of the wire, looked at member by member */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { CLIENTS, emulatorForFile, startTrustedEmulator } from '../support/emulator';
import { Api, send, token, type Json } from './api';
import { IngestionApi, PLANS, PRODUCTS, refusalOf } from './ingestion-api';

const emulator = emulatorForFile();
let api: IngestionApi;
beforeEach(async () => {
  await emulator().reset();
  api = await IngestionApi.signIn(emulator());
});

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const offer = (value: string, more: object = {}) => ({
  resourceType: 'AzureApplication',
  name: `The ${value}`,
  externalIDs: [{ type: 'AzureOfferId', value }],
  ...more,
});

describe('B-R1: who may call', () => {
  test('no token, one of another service and a revoked one answer 401 with an object', async () => {
    const foreign = new IngestionApi(emulator(), await token(emulator()));
    const nobody = await send(`${emulator().https}/v1.0/ingestion/products`);
    const mistaken = await foreign.get('products');
    await emulator().actions.revokeTokens();
    const revoked = await api.get('products');

    const body = { statusCode: 401, message: expect.any(String) };
    expect([nobody, mistaken, revoked].map((reply) => [reply.status, reply.body])).toEqual([
      [401, body],
      [401, body],
      [401, body],
    ]);
  });

  test('a weaker role reads and gets 403 for the rest; a product of another account is not found', async () => {
    const reader = await IngestionApi.signIn(emulator(), { ...emulator().account, ...CLIENTS.reader });
    const stranger = await IngestionApi.signIn(emulator(), { ...emulator().account, ...CLIENTS.empty });

    const read = await reader.get(`products/${PRODUCTS.monitor}`);
    const write = await reader.post('products', offer('contoso-none'));
    const foreign = await stranger.get(`products/${PRODUCTS.monitor}`);
    const list = await stranger.get('products');

    expect([read.status, write.status, foreign.status]).toEqual([200, 403, 404]);
    expect(list.body).toEqual({ value: [] });
  });
});

describe('B-R2: case does not matter', () => {
  test('in paths, in names of members and in filters; answers have the case of the wire', async () => {
    const made = await api.post('PRODUCTS', {
      ResourceType: 'azureapplication',
      NAME: 'Loud',
      ExternalIds: [{ TYPE: 'azureofferid', Value: 'contoso-loud' }],
      ID: 'ignored',
    });
    const filter = encodeURIComponent("externalids/ANY(i:i/TYPE eq 'AzureOfferID' and i/value eq 'contoso-loud')");
    const found = await api.get(`Products?$filter=${filter}`);
    const branches = await api.get(`products/${made.body.id.toUpperCase()}/BRANCHES/GETBYMODULE(MODULE=listing)`);
    const encoded = await api.get(`products/${made.body.id}/branches/getByModule%28module=Listing%29`);

    expect(made.status).toBe(201);
    expect(Object.keys(made.body)).toEqual(['resourceType', 'name', 'externalIDs', 'id']);
    expect(made.body).toMatchObject({
      resourceType: 'AzureApplication',
      externalIDs: [{ type: 'AzureOfferId', value: 'contoso-loud' }],
    });
    expect(found.body.value).toEqual([made.body]);
    expect(branches.body.value[0].module).toBe('Listing');
    expect(encoded.body).toEqual(branches.body);
  });

  test.each([
    ["ResourceType eq 'AzureContainer'", ['contoso-worker']],
    ["ResourceType eq 'AzureContainer' or ResourceType eq 'SoftwareAsAService'", ['contoso-hub', 'contoso-worker']],
    ["ExternalIDs/Any(i:i/Type eq 'AzureOfferId' and i/Value eq 'contoso-monitor')", ['contoso-monitor']],
    ["ExternalIDs/Any(i:i/Type eq 'StoreID' and i/Value eq 'contoso-monitor')", []],
  ])('the filter %s finds %j', async (filter, offers) => {
    const rows = await api.all(`products?$filter=${encodeURIComponent(filter)}`);

    expect(rows.map((row) => row.externalIDs[0].value)).toEqual(offers);
  });

  test('a filter that makes no sense answers 400', async () => {
    const reply = await api.get(`products?$filter=${encodeURIComponent("Name gt 'a'")}`);

    expect(refusalOf(reply)).toEqual({ status: 400, data: { Filter: [expect.any(String)] } });
  });
});

describe('B-R3: new products', () => {
  test('get an id from the server and an absolute location', async () => {
    const made = await api.post('products', offer('contoso-new', { ID: 'mine', isModularPublishing: true }));

    expect(made.status).toBe(201);
    expect(made.body.id).toMatch(GUID);
    expect(made.body.isModularPublishing).toBe(true);
    expect(made.headers.get('location')).toBe(`${emulator().https}/v1.0/ingestion/products/${made.body.id}`);
    expect((await api.get(`products/${made.body.id}`)).body).toEqual(made.body);
  });

  test('need an offer id that is free and well formed, a name and a known type', async () => {
    const taken = await api.post('products', offer('contoso-monitor'));
    const malformed = await api.post('products', offer('Contoso Monitor'));
    const nameless = await api.post('products', offer('contoso-x', { name: '' }));
    const typeless = await api.post('products', offer('contoso-x', { resourceType: 'AzureRocket' }));
    const empty = await api.post('products');

    expect([taken, malformed, nameless, typeless, empty].map(({ status }) => status)).toEqual([
      409, 400, 400, 400, 400,
    ]);
    expect(refusalOf(nameless).data).toEqual({ Name: ['Missing Name.'] });
  });

  test('can be deleted until they are published', async () => {
    const { id } = (await api.post('products', offer('contoso-gone'))).body;

    const gone = await api.delete(`products/${id}`);
    const after = await api.get(`products/${id}`);
    const published = await api.delete(`products/${PRODUCTS.monitor}`);

    expect([gone.status, gone.body, after.status, published.status]).toEqual([204, undefined, 404, 409]);
  });

  test('have the same ids in every run that does the same', async () => {
    const first = await api.post('products', offer('contoso-same'));
    await emulator().reset();
    const again = await (await IngestionApi.signIn(emulator())).post('products', offer('contoso-same'));

    expect(again.body.id).toBe(first.body.id);
  });
});

test('B-R2: a filter may have brackets around it, and around its terms', async () => {
  const types = "((ResourceType eq 'AzureApplication') or (ResourceType eq 'SoftwareAsAService'))";
  const named = "ExternalIDs/Any(i:i/Type eq 'AzureOfferId' and i/Value eq 'contoso-monitor')";

  const some = await api.get(`products?$filter=${encodeURIComponent(types)}`);
  const one = await api.get(
    `products?$filter=${encodeURIComponent(`(ResourceType eq 'AzureApplication') and (${named})`)}`,
  );
  const open = await api.get(`products?$filter=${encodeURIComponent(`(${named}`)}`);

  expect(some.body.value.map(({ resourceType }: Json) => resourceType)).toEqual([
    'AzureApplication',
    'SoftwareAsAService',
  ]);
  expect(one.body.value.map(({ id }: Json) => id)).toEqual([PRODUCTS.monitor]);
  expect(open.status).toBe(400);
});

describe('B-R4: pages', () => {
  test('are irregular, linked relative to the host, and the last has no link; the filter goes along', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await api.post('products', offer(`contoso-${name}`));
    const filter = encodeURIComponent("ResourceType eq 'AzureApplication'");

    const pages: Json[] = [];
    let next: string | undefined = `v1.0/ingestion/products?$filter=${filter}&$skipToken=`;
    while (next !== undefined) {
      const url: string = `${emulator().https}/${next}`;
      const page: Json = (await send(url, { headers: { authorization: `Bearer ${api.bearer}` } })).body;
      pages.push(page);
      next = page.nextLink;
    }

    expect(pages.map((page) => page.value.length)).toEqual([2, 1, 4]);
    expect(Object.keys(pages[0])).toEqual(['nextLink', 'value']);
    expect(pages[0].nextLink).toMatch(/^v1\.0\/ingestion\/products\?\$filter=.*&\$skipToken=/);
    expect(pages.flatMap((page) => page.value).every((row: Json) => row.resourceType === 'AzureApplication')).toBe(
      true,
    );
  });

  test('a token that is none answers 400', async () => {
    expect((await api.get('products?$skipToken=nonsense')).status).toBe(400);
  });
});

describe('B-R5: modules', () => {
  test('a new product has a draft of each, and a new plan of those that plans have', async () => {
    const { id } = (await api.post('products', offer('contoso-modules'))).body;
    const variant = (
      await api.post(`products/${id}/variants`, {
        resourceType: 'AzureSkuVariant',
        friendlyName: 'Basic',
        externalID: 'basic',
      })
    ).body.id;

    const modules = [
      'Listing',
      'Property',
      'Package',
      'Availability',
      'Cosell',
      'SupplementalContent',
      'ResellerConfiguration',
    ];
    const rows: Json[] = [];
    for (const module of modules)
      rows.push(...(await api.all(`products/${id}/branches/getByModule(module=${module})`)));
    const [listing] = await api.rows(id, 'listings', 'Listing', variant);

    expect(rows.filter((row) => !('variantID' in row)).map((row) => row.module)).toEqual(modules);
    expect(rows.filter((row) => row.variantID === variant).map((row) => row.module)).toEqual([
      'Listing',
      'Package',
      'Availability',
    ]);
    expect(rows[0]).toMatchObject({ resourceType: 'Branch', friendlyName: 'Main', type: 'Main' });
    expect(rows.some((row) => 'id' in row)).toBe(false);
    expect(listing).toMatchObject({ languageCode: 'en-us', title: 'Basic', keywords: [], listingUris: [] });
  });

  test('a module that does not exist answers 400', async () => {
    const reply = await api.get(`products/${PRODUCTS.monitor}/branches/getByModule(module=Nothing)`);

    expect(reply.status).toBe(400);
  });

  test.each(Object.entries(PRODUCTS))('every module of %s can be read by its instance', async (_name, id) => {
    const kinds = [
      ['listings', 'Listing'],
      ['properties', 'Property'],
      ['packageConfigurations', 'Package'],
      ['productAvailabilities', 'Availability'],
      ['supplementalContents', 'SupplementalContent'],
      ['cosellListing', 'Cosell'],
      ['cosellAssets', 'Cosell'],
    ] as const;

    const counts: number[] = [];
    for (const [kind, module] of kinds) counts.push((await api.rows(id, kind, module)).length);

    expect(counts).toEqual([1, 1, id === PRODUCTS.worker ? 0 : 1, 1, 1, 1, 0]);
  });
});

describe('plans', () => {
  test('are made with the members that the service adds, in its order', async () => {
    const { id } = (await api.post('products', offer('contoso-plans'))).body;

    const made = await api.post(`products/${id}/variants`, {
      resourceType: 'AzureSkuVariant',
      friendlyName: 'Basic',
      externalID: 'basic',
      SubType: 'managed-application',
    });

    expect(made.status).toBe(201);
    expect(Object.keys(made.body)).toEqual([
      'resourceType',
      'state',
      'friendlyName',
      'conversionPaths',
      'externalID',
      'certificationsAzureGovernment',
      'cloudAvailabilities',
      'subType',
      'extendedProperties',
      '@odata.etag',
      'id',
    ]);
    expect(made.headers.get('etag')).toBe(made.body['@odata.etag']);
    expect(made.headers.get('location')).toBe(
      `${emulator().https}/v1.0/ingestion/products/${id}/variants/${made.body.id}`,
    );
  });

  test('keep what they are, and are deleted until they are live', async () => {
    const plan = `products/${PRODUCTS.monitor}/variants`;
    const made = await api.post(plan, { resourceType: 'AzureSkuVariant', friendlyName: 'Pro', externalID: 'pro' });

    const renamed = await api.put(
      `${plan}/${made.body.id}`,
      { ...made.body, friendlyName: 'Plus', externalID: 'x' },
      null,
    );
    const twice = await api.post(plan, { resourceType: 'AzureSkuVariant', friendlyName: 'Pro', externalID: 'pro' });
    const gone = await api.delete(`${plan}/${made.body.id}`);
    const live = await api.delete(`${plan}/${PLANS.basic}`);

    expect(made.body.subType).toBe('solution-template');
    expect(renamed.body).toMatchObject({ friendlyName: 'Plus', externalID: 'pro', subType: 'solution-template' });
    expect([twice.status, gone.status, live.status]).toEqual([409, 204, 409]);
  });

  test('a test drive has the id testdrive and no availability', async () => {
    const made = await api.post(`products/${PRODUCTS.monitor}/variants`, {
      resourceType: 'AzureTestDriveVariant',
      testDriveType: 'AzureResourceManager',
    });
    const [configuration] = await api.rows(PRODUCTS.monitor, 'packageConfigurations', 'Package', 'testdrive');

    expect(made.body.id).toBe('testdrive');
    expect(configuration.resourceType).toBe('AzureResourceManagerTestDrivePackageConfiguration');
    expect(await api.draft(PRODUCTS.monitor, 'Availability', 'testdrive')).toBeUndefined();
  });
});

describe('what a product has once', () => {
  test('the setup is merged', async () => {
    const { id } = (await api.post('products', offer('contoso-setup'))).body;
    const before = await api.get(`products/${id}/setup`);
    const after = await api.post(`products/${id}/setup`, { resourceType: 'AzureProductSetup', callToAction: 'free' });

    expect(before.body).toEqual({
      resourceType: 'AzureProductSetup',
      sellingOption: 'ListAndSell',
      trialUri: '',
      enableTestDrive: false,
      channelStates: [{ type: 'Reseller', value: 'Enabled' }],
    });
    expect([after.status, after.body]).toEqual([200, { ...before.body, callToAction: 'free' }]);
  });

  test('B-R14: a virtual machine takes no test drive', async () => {
    const type = { resourceType: 'AzureThirdPartyVirtualMachine' };
    const { id } = (await api.post('products', offer('contoso-machine', type))).body;

    const reply = await api.post(`products/${id}/setup`, { enableTestDrive: true });

    expect(reply.status).toBe(400);
    expect(reply.body).toMatch(/^ICH50400 - Unable to complete request\. \{"faultCode":50400,/);
    expect(refusalOf(reply).data).toEqual({ FeatureName: ['The field FeatureName is invalid.'] });
  });

  test('resellers: OptIn silently becomes Enabled', async () => {
    const path = `products/${PRODUCTS.monitor}/resellerConfiguration`;
    const reply = await api.post(path, { ResellerChannelState: 'OptIn', TenantIds: [] });

    expect([reply.status, reply.body]).toEqual([
      200,
      { resourceType: 'ResellerConfiguration', resellerChannelState: 'Enabled', tenantIds: [] },
    ]);
    expect((await api.get(path)).body).toEqual(reply.body);
  });

  test('leads: not found until they are made; secrets are not in the journal', async () => {
    const path = `products/${PRODUCTS.hub}/leadConfiguration`;
    const none = await api.get(path);
    const made = await api.post(path, {
      resourceType: 'AzureTableLeadConfiguration',
      connectionString: 'AccountKey=s3cret',
      contactEmail: 'leads@contoso.example',
    });
    const incomplete = await api.post(path, { resourceType: 'MarketoLeadConfiguration', serverID: '1' });
    await api.post(path, { resourceType: 'HttpsEndpointLeadConfiguration', applicationKey: 's3cret' });

    expect([none.status, made.status, incomplete.status]).toEqual([404, 200, 400]);
    expect((await api.get(path)).body).toEqual(made.body);
    expect(JSON.stringify(emulator().actions.journal({ operation: 'updateLeadConfiguration' }))).not.toContain(
      's3cret',
    );
  });
});

test('B-R15: errors are JSON strings, whatever the status; every answer has a request id', async () => {
  const replies = [
    await api.get(`products/${PRODUCTS.worker}/nothing`),
    await api.get('products/00000000-0000-4000-8000-000000000000'),
    await api.post('products', '{'),
    await api.post('products', '[]'),
  ];

  expect(replies.map(({ status, body }) => [status, typeof body])).toEqual([
    [404, 'string'],
    [404, 'string'],
    [400, 'string'],
    [400, 'string'],
  ]);
  for (const { headers } of replies) {
    expect(headers.get('request-id')).toMatch(GUID);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  }
});

test('a limit of requests answers 429 with an object', async () => {
  await emulator().actions.setSwitches({ rateLimit: 1 });
  await api.get('products');
  const reply = await api.get('products');

  expect([reply.status, reply.body.statusCode]).toEqual([429, 429]);
  expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('the limit counts what this API is asked, not what the Store API is', async () => {
  await emulator().actions.setSwitches({ rateLimit: 1 });
  const store = new Api(emulator(), await token(emulator()));
  const replies = [await store.get('applications'), await api.get('products'), await store.get('applications')];

  expect(replies.map(({ status }) => status)).toEqual([200, 200, 429]);
});

describe('what is kept', () => {
  const data = mkdtempSync(join(tmpdir(), 'pcp-ingestion-'));
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  test('survives a restart', async () => {
    const first = await startTrustedEmulator({ data });
    const made = await (await IngestionApi.signIn(first)).post('products', offer('contoso-kept'));
    await first.stop();
    const second = await startTrustedEmulator({ data });

    const found = await (await IngestionApi.signIn(second)).get(`products/${made.body.id}`);
    await second.stop();

    expect(found.body).toEqual(made.body);
  });

  test('by an emulator that knew no products loads: there are none', async () => {
    const first = await startTrustedEmulator({ data });
    await first.stop();
    const database = new DatabaseSync(join(data, 'emulator.sqlite'));
    database.exec("DELETE FROM documents WHERE key LIKE 'products/%'");
    database.exec("UPDATE documents SET json = json_remove(json, '$.ingestion') WHERE key = 'single'");
    database.close();
    const second = await startTrustedEmulator({ data });
    const client = await IngestionApi.signIn(second);

    const before = await client.all('products');
    const made = await client.post('products', offer('contoso-monitor'));
    await second.stop();

    expect([before, made.status]).toEqual([[], 201]);
  });
});

test('a refused request changes nothing', async () => {
  const plans = `products/${PRODUCTS.monitor}/variants`;
  const before = await api.all(plans);
  emulator().actions.addFault({ operation: 'createVariant', discard: 'sent' });

  const lost = await api.post(plans, { resourceType: 'AzureSkuVariant', friendlyName: 'Pro', externalID: 'pro' });

  expect(lost.status).toBe(201);
  expect(await api.all(plans)).toEqual(before);
});

describe('seeds', () => {
  test('plant products with drafts that differ from what is live', async () => {
    const own = await startTrustedEmulator({
      seed: {
        client: emulator().account.clientId,
        tenants: [
          {
            id: emulator().account.tenantId,
            clients: [
              {
                id: emulator().account.clientId,
                name: 'publisher',
                secrets: [{ value: emulator().account.clientSecret }],
                account: 'fabrikam',
              },
            ],
          },
        ],
        accounts: [
          {
            name: 'fabrikam',
            products: [
              {
                id: PRODUCTS.hub,
                type: 'AzureDynamics365BusinessCentral',
                name: 'Fabrikam Till',
                offerId: 'fabrikam-till',
                isModularPublishing: true,
                content: { property: { appVersion: '1' } },
                published: { releaseNumber: 7 },
                draft: { property: { appVersion: '2' } },
              },
            ],
          },
        ],
        vault: { tenant: emulator().account.tenantId },
      },
    });
    const client = await IngestionApi.signIn(own);

    const [product] = await client.all('products');
    const [draft] = await client.rows(PRODUCTS.hub, 'properties', 'Property');
    const live: Json = await own.actions.products.live('fabrikam-till');
    await own.stop();

    expect([product.isModularPublishing, draft.appVersion]).toEqual([true, '2']);
    expect([live.releaseNumber, live.modules.Property.rows[0].appVersion]).toEqual([7, '1']);
  });
});
