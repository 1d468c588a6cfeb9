/* eslint-disable @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-call -- JSON of the wire, looked at member by member */
import { emulatorForFile } from '../support/emulator';
import type { Json, Reply } from './api';
import { IngestionApi, PLANS, PRODUCTS, refusalOf, upload, png } from './ingestion-api';

const emulator = emulatorForFile();
let api: IngestionApi;
beforeEach(async () => {
  await emulator().reset();
  api = await IngestionApi.signIn(emulator());
});

const monitor = `products/${PRODUCTS.monitor}`;
const submissions = `${monitor}/submissions`;

function promote(id: string, body?: unknown): Promise<Reply> {
  return api.post(`${submissions}/${id}/promote`, body);
}

describe('B-R10: making a submission', () => {
  test('numbers it, and freezes what it names under new ids', async () => {
    const request = await api.everything(PRODUCTS.monitor);
    const made = await api.post(submissions, request);
    const list = await api.all(submissions);

    expect(made.status).toBe(201);
    expect(made.body.id).toMatch(/^\d{19}$/);
    expect(made.headers.get('location')).toBe(`${emulator().https}/v1.0/ingestion/${submissions}/${made.body.id}`);
    expect(made.body).toMatchObject({
      resourceType: 'Submission',
      state: 'InProgress',
      substate: 'Submitted',
      pendingUpdateInfo: { updateType: 'Create', status: 'Completed' },
      releaseNumber: 4,
      friendlyName: 'Submission 4',
      areResourcesReady: true,
    });
    const types = (resources: Json): string[] => resources.map((each: Json) => each.type);
    expect(types(made.body.resources)).toEqual(types(request.resources));
    expect(made.body.resources).not.toEqual(request.resources);
    expect(made.body.variantResources.map((each: Json) => each.variantID)).toEqual([PLANS.basic, PLANS.template]);
    expect(list.map((each) => each.releaseNumber)).toEqual([3, 4]);
    expect(BigInt(list[1].id) > BigInt(list[0].id)).toBe(true);
  });

  test.each([
    ['an instance of another product', { resources: [{ type: 'Listing', value: PRODUCTS.hub }] }],
    ['nothing', { resources: [], variantResources: [] }],
    ['an unknown plan', { variantResources: [{ variantID: PRODUCTS.hub, resources: [] }] }],
    ['another target', { targets: [{ type: 'Scope', value: 'live' }] }],
    ['another type', { resourceType: 'Submission' }],
  ])('%s answers 400', async (_what, change) => {
    const reply = await api.post(submissions, { ...(await api.everything(PRODUCTS.monitor)), ...change });

    expect(refusalOf(reply).status).toBe(400);
    expect(await api.all(submissions)).toHaveLength(1);
  });

  test('a module twice, or one of the wrong type, answers 400', async () => {
    const request = await api.everything(PRODUCTS.monitor);
    const [first, second] = request.resources;

    const twice = await api.post(submissions, { ...request, resources: [...request.resources, first] });
    const wrong = await api.post(submissions, { ...request, resources: [{ type: first.type, value: second.value }] });

    expect([twice.status, wrong.status]).toEqual([400, 400]);
  });

  test('only when the last one is at rest; the one before it is left behind', async () => {
    const first = await api.submit(PRODUCTS.monitor);
    const request = await api.everything(PRODUCTS.monitor);
    const validating = await api.post(submissions, request);
    await emulator().actions.advanceClock('60s');
    const second = await api.post(submissions, request);
    await emulator().actions.advanceClock('60s');
    const superseded = await promote(first.id);
    await promote(second.body.id);
    const publishing = await api.post(submissions, request);
    await emulator().actions.advanceClock('60s');
    const afterwards = await api.post(submissions, request);

    expect([validating.status, second.status, superseded.status]).toEqual([409, 201, 409]);
    expect([publishing.status, afterwards.status]).toEqual([409, 201]);
  });
});

describe('what a submission has frozen', () => {
  test('is read by its own ids and does not follow the draft', async () => {
    const { resources } = await api.submit(PRODUCTS.monitor);
    const instance = resources.find((each: Json) => each.type === 'Listing').value;
    const [draft] = await api.rows(PRODUCTS.monitor, 'listings', 'Listing');
    await api.put(`${monitor}/listings/${draft.id}`, { ...draft, title: 'Changed afterwards' });
    await api.delete(
      `${monitor}/listings/${draft.id}/images/${(await api.all(`${monitor}/listings/${draft.id}/images`))[0].id}`,
    );

    const [frozen] = await api.all(`${monitor}/listings/getByInstanceID(instanceID=${instance})`);
    const images = await api.all(`${monitor}/listings/${frozen.id}/images`);

    expect(frozen.id).not.toBe(draft.id);
    expect(frozen.title).toBe('Contoso Monitor');
    expect(images.map((image) => image.fileName)).toEqual(['large.png', 'small.png']);
    expect((await api.get(`${monitor}/listings/${frozen.id}`)).body).toEqual(frozen);
  });

  test('cannot be changed, and neither can its files', async () => {
    const { resources } = await api.submit(PRODUCTS.monitor);
    const instance = resources.find((each: Json) => each.type === 'Listing').value;
    const [frozen] = await api.all(`${monitor}/listings/getByInstanceID(instanceID=${instance})`);
    const path = `${monitor}/listings/${frozen.id}`;

    const replies = [
      await api.put(path, frozen),
      await api.delete(path),
      await api.post(`${path}/images`, { fileName: 'x.png', type: 'AzureLogoLarge' }),
      await api.post(`${monitor}/listings/createWithInstanceID(instanceID=${instance})`, { languageCode: 'de-de' }),
    ];

    expect(replies.map(({ status }) => status)).toEqual([409, 409, 409, 409]);
  });

  test('includes packages: one that is deleted is still there for it', async () => {
    const live: Json = await emulator().actions.products.live('contoso-monitor');
    const [file] = live.plans[0].modules.Package.packages;

    const gone = await api.delete(`${monitor}/packages/${file.id}`);
    const list = await api.all(`${monitor}/packages`);
    const kept = await api.get(`${monitor}/packages/${file.id}`);
    const again = await api.delete(`${monitor}/packages/${file.id}`);

    expect([gone.status, list.length, kept.body.state, again.status]).toEqual([204, 1, 'Processed', 404]);
  });
});

describe('B-R12: to the store', () => {
  test('promote is for the preview that is ready, delete for what is in progress', async () => {
    const { id } = await api.submit(PRODUCTS.monitor);
    const early = await promote(id);
    await emulator().actions.advanceClock('60s');
    const ready = await api.stateOf(PRODUCTS.monitor, id);
    const notInProgress = await api.delete(`${submissions}/${id}`);
    const promoted = await promote(id, {});
    const twice = await promote(id);
    const tooLate = await api.delete(`${submissions}/${id}`);

    expect([early.status, ready, notInProgress.status]).toEqual([409, 'Published/ReadyToPublish', 409]);
    expect([promoted.status, twice.status, tooLate.status]).toEqual([200, 409, 409]);
    expect(promoted.body).toMatchObject({ type: 'Push', state: 'InProgress', targetEnvironment: 'Live' });
  });

  test('a submission in progress is deleted and gone', async () => {
    const { id } = await api.submit(PRODUCTS.monitor);
    const gone = await api.delete(`${submissions}/${id}`);

    expect([gone.status, (await api.get(`${submissions}/${id}`)).status]).toEqual([204, 404]);
    expect(await api.all(submissions)).toHaveLength(1);
  });

  test('states follow each other in time', async () => {
    await emulator().actions.freezeClock();
    const { id } = await api.submit(PRODUCTS.monitor);
    const seen: string[] = [];
    for (let step = 0; step < 8; step++) {
      seen.push(await api.stateOf(PRODUCTS.monitor, id));
      await emulator().actions.advanceClock('3s');
    }
    await promote(id);
    for (let step = 0; step < 14; step++) {
      seen.push(await api.stateOf(PRODUCTS.monitor, id));
      await emulator().actions.advanceClock('3s');
    }

    expect([...new Set(seen)]).toEqual([
      'InProgress/Submitted',
      'Published/ReadyToPublish',
      'Published/Publishing',
      'Published/Published',
      'Published/InStore',
    ]);
  });
});

test('B-R13: the target comes back as Preview; the time of publication is 1601 until it is live', async () => {
  const first = await api.submit(PRODUCTS.monitor);
  await emulator().actions.freezeClock();
  await emulator().actions.advanceClock('60s');
  await promote(first.id);
  await emulator().actions.advanceClock('60s');
  const last = (await api.get(`${submissions}/${first.id}`)).body;

  expect(first.targets).toEqual([{ type: 'Scope', value: 'Preview' }]);
  expect(first.publishedTimeInUtc).toBe('1601-01-01T00:00:00Z');
  expect(last.targets).toEqual(first.targets);
  expect(Date.parse(last.publishedTimeInUtc)).toBeGreaterThan(Date.now());
});

test('the publish option shows on demand; isAutoPromote goes to the store by itself', async () => {
  const publishOption = { isAutoPromote: true, certificationNotes: 'None.' };
  const made = await api.post(submissions, { ...(await api.everything(PRODUCTS.monitor)), publishOption });
  await emulator().actions.advanceClock('60s');

  const plain = await api.get(`${submissions}/${made.body.id}`);
  const expanded = await api.get(`${submissions}/${made.body.id}?$expand=PublishOption`);

  expect(plain.body.substate).toBe('InStore');
  expect(plain.body).not.toHaveProperty('publishOption');
  expect(expanded.body.publishOption).toEqual(publishOption);
});

test.each([
  ["State eq 'InProgress'", [4]],
  ["state EQ 'published'", [3]],
  ["Targets/Any(t:t/Type eq 'Scope' and t/Value eq 'Preview')", [3, 4]],
  ["Targets/Any(t:t/Type eq 'Scope' and t/Value eq 'Live')", []],
])('the filter %s finds releases %j', async (filter, releases) => {
  await api.submit(PRODUCTS.monitor);
  const rows = await api.all(`${submissions}?$filter=${encodeURIComponent(filter)}`);

  expect(rows.map((row) => row.releaseNumber)).toEqual(releases);
});

describe('workflow details', () => {
  const steps = (details: Json): string[] =>
    details.value.flatMap((row: Json) => [
      `${row.targetEnvironment} ${row.state}`,
      ...row.workflowSteps.map((step: Json) => `- ${step.name} ${step.state}`),
    ]);

  test('are two rows, of the preview and of the store', async () => {
    await emulator().actions.freezeClock();
    const { id } = await api.submit(PRODUCTS.monitor);
    const path = `${submissions}/${id}/workflowdetails`;
    const first = steps((await api.get(path)).body);
    await emulator().actions.advanceClock('60s');
    const ready = (await api.get(path)).body;
    await promote(id);
    await emulator().actions.advanceClock('60s');
    const last = steps((await api.get(path)).body);

    expect(first).toEqual([
      'Preview InProgress',
      '- Automated validation InProgress',
      '- Preview Creation NotStarted',
      '- Publisher Signoff NotStarted',
      'Live NotStarted',
      '- Certification NotStarted',
      '- Publish NotStarted',
    ]);
    expect(steps(ready).slice(0, 4)).toEqual([
      'Preview Success',
      '- Automated validation Success',
      '- Preview Creation Success',
      '- Publisher Signoff InProgress',
    ]);
    expect(ready.value[0].startDateTimeInUtc).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}$/);
    expect(last.every((line) => line.endsWith('Success'))).toBe(true);
  });

  test('say what failed', async () => {
    const { id } = await api.submit(PRODUCTS.monitor, ['ResellerConfiguration']);
    await emulator().actions.advanceClock('60s');
    const details = (await api.get(`${submissions}/${id}/workflowdetails`)).body;

    expect(steps(details).slice(0, 2)).toEqual(['Preview Failed', '- Automated validation Failed']);
  });
});

describe('what is not fit fails the validation', () => {
  async function failureOf(id: string): Promise<string[]> {
    await emulator().actions.advanceClock('60s');
    expect(await api.stateOf(PRODUCTS.monitor, id)).toBe('InProgress/Failed');
    return (await api.all(`${submissions}/${id}/validations`)).map((item) => item.message);
  }

  test('a missing module, of the product or of a plan', async () => {
    const request = await api.everything(PRODUCTS.monitor, ['Property']);
    request.variantResources.pop();
    const { body } = await api.post(submissions, request);

    expect(await failureOf(body.id)).toEqual([
      'Property module is missing..',
      `Listing module of the variant ${PLANS.template} is missing..`,
      `Package module of the variant ${PLANS.template} is missing..`,
      `Availability module of the variant ${PLANS.template} is missing..`,
    ]);
  });

  test('a listing without description or large logo, an image of the wrong size, and one that never came', async () => {
    const [listing] = await api.rows(PRODUCTS.monitor, 'listings', 'Listing');
    const path = `${monitor}/listings/${listing.id}`;
    await api.put(path, { title: 'Contoso Monitor' });
    for (const image of await api.all(`${path}/images`)) await api.delete(`${path}/images/${image.id}`);
    const wide = (await api.post(`${path}/images`, { fileName: 'wide.png', type: 'AzureLogoWide' })).body;
    await upload(wide.fileSasUri, png(10, 20));
    await api.put(`${path}/images/${wide.id}`, { ...wide, state: 'Uploaded' });
    await api.post(`${path}/images`, { fileName: 'late.png', type: 'AzureLogoSmall' });

    expect(await failureOf((await api.submit(PRODUCTS.monitor)).id)).toEqual([
      'Missing description in en-us.',
      'Missing a logo of the type AzureLogoLarge.',
      'The image wide.png is 10x20 instead of 255x115.',
      'The file late.png has not been uploaded.',
    ]);
  });

  test('a plan without package, version or market', async () => {
    await emulator().actions.products.person({
      action: 'editConfiguration',
      product: 'contoso-monitor',
      plan: 'basic',
      change: { version: null, packageReferences: [] },
    });
    for (const market of ['DE', 'FR', 'GB', 'US']) {
      const edit = {
        action: 'setMarket',
        product: 'contoso-monitor',
        plan: 'basic',
        market,
        state: 'Disabled',
      } as const;
      await emulator().actions.products.person(edit);
    }

    const found = await failureOf((await api.submit(PRODUCTS.monitor)).id);

    expect(found.toSorted()).toEqual([
      'Missing package of the plan basic.',
      'Missing version of the plan basic.',
      'No market of the plan basic is enabled.',
    ]);
  });

  test('a sold SaaS offer without a landing page', async () => {
    const edit = { action: 'editConfiguration', product: 'contoso-hub', change: { landingPageUri: null } } as const;
    await emulator().actions.products.person(edit);
    const { id } = await api.submit(PRODUCTS.hub);
    await emulator().actions.advanceClock('60s');

    const items = await api.all(`products/${PRODUCTS.hub}/submissions/${id}/validations`);

    expect(items.map((item) => item.message)).toEqual(['Missing landing page.']);
  });
});

describe('modular publishing', () => {
  const ledger = `products/${PRODUCTS.ledger}`;

  test('a subset of the modules goes live, the others stay as they were', async () => {
    await emulator().actions.products.person({
      action: 'editListing',
      product: 'contoso-ledger',
      change: { title: 'Not yet' },
    });
    await emulator().actions.products.person({
      action: 'editProperty',
      product: 'contoso-ledger',
      change: { appVersion: '2.0.0.0' },
    });
    const resources = [{ type: 'Property', value: await api.draft(PRODUCTS.ledger, 'Property') }];
    const request = await api.everything(PRODUCTS.ledger);
    const made = await api.post(`${ledger}/submissions`, { ...request, resources });
    await emulator().actions.advanceClock('60s');
    await api.post(`${ledger}/submissions/${made.body.id}/promote`);
    await emulator().actions.advanceClock('60s');

    const live: Json = await emulator().actions.products.live('contoso-ledger');

    expect(made.body.resources.map((each: Json) => each.type)).toEqual(['Property']);
    expect(live.submission).toBe(made.body.id);
    expect(live.modules.Property.rows[0].appVersion).toBe('2.0.0.0');
    expect(live.modules.Listing.rows[0].title).toBe('Contoso Ledger');
    expect(live.modules.Package.packages[0].fileName).toBe('Contoso_Ledger_1.0.0.0.app');
  });

  test('the first submission has to have them all', async () => {
    const made = await emulator().actions.products.person({
      action: 'createProduct',
      account: 'contoso',
      type: 'AzureDynamics365BusinessCentral',
      offerId: 'contoso-till',
      name: 'Contoso Till',
      isModularPublishing: true,
    });
    const { id } = await api.submit(made.id, ['Listing', 'Availability', 'ResellerConfiguration']);
    await emulator().actions.advanceClock('60s');

    const items = await api.all(`products/${made.id}/submissions/${id}/validations`);

    expect(items.map((item) => item.message)).toEqual([
      'Listing module is missing..',
      'Availability module is missing..',
    ]);
  });
});
