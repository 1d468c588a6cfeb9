/* eslint-disable @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-call -- JSON of the wire, looked at member by member */
import { emulatorForFile } from '../support/emulator';
import { send, type Json } from './api';
import { applicationPackage, IngestionApi, PLANS, PRODUCTS, upload } from './ingestion-api';

const emulator = emulatorForFile();
let api: IngestionApi;
beforeEach(async () => {
  await emulator().reset();
  api = await IngestionApi.signIn(emulator());
});

const monitor = `products/${PRODUCTS.monitor}`;
const submissions = `${monitor}/submissions`;

function control(method: string, path: string, body?: unknown): Promise<Json> {
  return send(`${emulator().control}/${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
}

describe('outcomes of submissions', () => {
  test('a validation that fails with given items', async () => {
    const item = { errorCode: 'Listing-1', severity: 'Error', message: 'No.', resource: 'Listing' };
    await control('POST', 'products/outcomes', {
      product: 'contoso-monitor',
      result: 'ValidationFailed',
      validations: [item],
    });

    const { id } = await api.submit(PRODUCTS.monitor);
    await emulator().actions.advanceClock('60s');

    expect(await api.stateOf(PRODUCTS.monitor, id)).toBe('InProgress/Failed');
    expect(await api.all(`${submissions}/${id}/validations`)).toEqual([item]);
  });

  test('a certification that fails, with its report; then the next one passes', async () => {
    const report = { reportTimeInUtc: '2030-01-01T00:00:00Z', status: 'Failed', fileUri: 'https://contoso.example/r' };
    await emulator().actions.products.addSubmissionOutcome({ result: 'FailedInCertification', reports: [report] });

    const failed = await api.publish(PRODUCTS.monitor);
    const reports = await api.all(`${submissions}/${failed.id}/reports`);
    const details = (await api.get(`${submissions}/${failed.id}/workflowdetails`)).body;
    const live: Json = await emulator().actions.products.live(PRODUCTS.monitor);
    const next = await api.publish(PRODUCTS.monitor);

    expect([failed.state, failed.substate]).toEqual(['InProgress', 'FailedInCertification']);
    expect(reports).toEqual([report]);
    expect([details.value[1].state, details.value[1].workflowSteps[0].state]).toEqual(['Failed', 'Failed']);
    expect(live.releaseNumber).toBe(3);
    expect(next.substate).toBe('InStore');
  });

  test.each([
    ['Submitted', 'InProgress/Submitted'],
    ['Publishing', 'Published/Publishing'],
  ] as const)('one that never leaves %s', async (stuckIn, state) => {
    await emulator().actions.products.addSubmissionOutcome({ result: 'Stuck', stuckIn });

    const { id } = await api.submit(PRODUCTS.monitor);
    await emulator().actions.advanceClock('60s');
    if (stuckIn === 'Publishing') await api.post(`${submissions}/${id}/promote`);
    await emulator().actions.advanceClock('30d');
    api = await IngestionApi.signIn(emulator());

    expect(await api.stateOf(PRODUCTS.monitor, id)).toBe(state);
  });

  test('one that takes ten times longer', async () => {
    await emulator().actions.products.addSubmissionOutcome({ result: 'Published', slower: 10 });

    const { id } = await api.submit(PRODUCTS.monitor);
    await emulator().actions.advanceClock('60s');
    const slow = await api.stateOf(PRODUCTS.monitor, id);
    await emulator().actions.advanceClock('120s');

    expect(slow).toBe('InProgress/Submitted');
    expect(await api.stateOf(PRODUCTS.monitor, id)).toBe('Published/ReadyToPublish');
  });

  test('are for one product, wait in the list of what nothing has met, and can be forgotten', async () => {
    await control('POST', 'products/outcomes', { product: 'contoso-hub', result: 'ValidationFailed' });
    await control('POST', 'products/packageOutcomes', { product: 'contoso-hub' });

    const { id } = await api.submit(PRODUCTS.monitor);
    await emulator().actions.advanceClock('60s');
    const waiting = (await control('GET', 'products/outcomes')).body;
    const unhit = (await control('GET', 'unhit')).body.outcomes;
    await control('DELETE', 'products/outcomes');

    expect(await api.stateOf(PRODUCTS.monitor, id)).toBe('Published/ReadyToPublish');
    expect([waiting.length, unhit.length]).toEqual([2, 2]);
    expect((await control('GET', 'products/outcomes')).body).toEqual([]);
  });

  test('a product that does not exist answers 404', async () => {
    const reply = await control('POST', 'products/outcomes', { product: 'nothing', result: 'Stuck' });

    expect(reply.status).toBe(404);
  });
});

test('outcomes of packages: the named file fails with given items, others pass', async () => {
  const item = { errorCode: 'Package-1', severity: 'Error', message: 'No pid.', resource: 'Package' };
  await emulator().actions.products.addPackageOutcome({ fileName: 'b.zip', validationItems: [item] });

  const states: Json[] = [];
  for (const fileName of ['a.zip', 'b.zip']) {
    const { body } = await api.post(`${monitor}/packages`, { resourceType: 'AzureApplicationPackage', fileName });
    await upload(body.fileSasUri, await applicationPackage());
    await api.put(`${monitor}/packages/${body.id}`, { ...body, state: 'Uploaded' }, null);
    await emulator().actions.advanceClock('6s');
    states.push((await api.get(`${monitor}/packages/${body.id}`)).body);
  }

  expect(states.map(({ state, validationItems }) => [state, validationItems])).toEqual([
    ['Processed', undefined],
    ['ProcessFailed', [item]],
  ]);
});

describe('a person in Partner Center', () => {
  const person = (edit: object): Promise<Json> =>
    control('POST', 'products/person', { product: 'contoso-monitor', ...edit });

  test('edits drafts, which get new etags', async () => {
    const [before] = await api.rows(PRODUCTS.monitor, 'listings', 'Listing');
    await person({ action: 'editListing', change: { title: 'By a person', summary: null } });
    const [after] = await api.rows(PRODUCTS.monitor, 'listings', 'Listing');
    const stale = await api.put(`${monitor}/listings/${before.id}`, before, before['@odata.etag']);

    expect([after.title, after.summary, stale.status]).toEqual(['By a person', undefined, 412]);
  });

  test('changes prices and markets of a plan', async () => {
    await person({ action: 'editAvailability', plan: 'basic', change: { trial: { type: 'Unlimited' } } });
    await person({ action: 'setMarket', plan: 'basic', market: 'JP', state: 'Enabled' });
    const instance = await api.draft(PRODUCTS.monitor, 'Availability', PLANS.basic);
    const path = `${monitor}/featureAvailabilities/getByInstanceID(instanceID=${instance})`;
    const [row] = await api.all(`${path}?$expand=MarketStates,Trial`);

    expect(row.trial).toEqual({ type: 'Unlimited' });
    expect(row.marketStates).toHaveLength(141);
    expect(row.marketStates.find((market: Json) => market.marketCode === 'JP').state).toBe('Enabled');
  });

  test('adds a plan, makes a product, publishes and cancels', async () => {
    const plan = (await person({ action: 'addPlan', externalID: 'pro', friendlyName: 'Pro' })).body.id;
    const submitted = (await person({ action: 'submit' })).body.id;
    const cancelled = (await person({ action: 'cancel' })).body.id;
    await api.delete(`${monitor}/variants/${plan}`);
    const published = (await person({ action: 'publish' })).body.id;
    await emulator().actions.advanceClock('60s');
    const made = await control('POST', 'products/person', {
      action: 'createProduct',
      account: 'contoso',
      type: 'AzureContainer',
      offerId: 'contoso-portal',
      name: 'Made in Partner Center',
    });

    expect(cancelled).toBe(submitted);
    expect(await api.stateOf(PRODUCTS.monitor, published)).toBe('Published/InStore');
    expect((await api.get(`products/${made.body.id}`)).body.name).toBe('Made in Partner Center');
  });

  test('presses the button that promotes', async () => {
    const { id } = await api.submit(PRODUCTS.monitor);
    await emulator().actions.advanceClock('60s');
    await person({ action: 'goLive' });

    expect(await api.stateOf(PRODUCTS.monitor, id)).toBe('Published/Publishing');
  });

  test.each([
    { action: 'editListing', language: 'fr-fr', change: {} },
    { action: 'editListing', plan: 'gold', change: {} },
    { action: 'cancel' },
    { action: 'goLive' },
    { action: 'editListing', product: 'nothing', change: {} },
  ])('what cannot be done answers 404: %j', async (edit) => {
    expect((await person(edit)).status).toBe(404);
  });

  test('an edit that makes no sense answers 400', async () => {
    expect((await person({ action: 'dance' })).status).toBe(400);
  });
});

describe('faults', () => {
  test('a person edits the listing while its update is on the way', async () => {
    const [row] = await api.rows(PRODUCTS.monitor, 'listings', 'Listing');
    emulator().actions.addFault({
      operation: 'updateListing',
      match: { product: PRODUCTS.monitor },
      meanwhile: { person: { action: 'editListing', change: { title: 'Meanwhile' } } },
    });

    const reply = await api.put(`${monitor}/listings/${row.id}`, row, row['@odata.etag']);

    expect(reply.status).toBe(412);
  });

  test('a submission is made although its answer is lost; the list shows it', async () => {
    const fault = { operation: 'createProductSubmission', when: 'after', cut: true } as const;
    emulator().actions.addFault(fault);

    const request = await api.everything(PRODUCTS.monitor);
    await expect(api.post(submissions, request)).rejects.toThrow();

    expect((await api.all(submissions)).map((row) => row.releaseNumber)).toEqual([3, 4]);
  });

  test('a fault before leaves nothing behind; its standard body is that of the API', async () => {
    for (const status of [401, 409, 429, 500]) {
      emulator().actions.addFault({ operation: 'createProductSubmission', answer: { status } });
    }
    const request = await api.everything(PRODUCTS.monitor);

    const bodies: Json[] = [];
    for (let count = 0; count < 4; count++) bodies.push((await api.post(submissions, request)).body);

    expect(bodies).toEqual([
      { statusCode: 401, message: 'Unauthorized' },
      expect.stringMatching(/^ICH50409 - /),
      { statusCode: 429, message: 'Too Many Requests' },
      expect.stringMatching(/^ICH50500 - /),
    ]);
    expect(await api.all(submissions)).toHaveLength(1);
  });

  test('an update that is answered and not stored', async () => {
    const [row] = await api.rows(PRODUCTS.monitor, 'listings', 'Listing');
    emulator().actions.addFault({ operation: 'updateListing', discard: 'stored' });

    const reply = await api.put(`${monitor}/listings/${row.id}`, { ...row, title: 'Lost' });

    expect([reply.status, reply.body.title]).toEqual([200, 'Contoso Monitor']);
    expect((await api.get(`${monitor}/listings/${row.id}`)).body).toEqual(row);
  });

  test('an upload that fails is matched by its product; its URL can have expired', async () => {
    emulator().actions.addFault({
      operation: 'putBlob',
      match: { product: PRODUCTS.monitor },
      answer: { status: 503 },
    });
    emulator().actions.addFault({ operation: 'createPackage', skip: 1, expiredUploadUrl: true });
    const body = { resourceType: 'AzureApplicationPackage', fileName: 'a.zip' };
    const first = await api.post(`${monitor}/packages`, body);
    const second = await api.post(`${monitor}/packages`, body);

    const failed = await upload(first.body.fileSasUri, Buffer.from('x'));
    const expired = await upload(second.body.fileSasUri, Buffer.from('x'));

    expect([failed.status, expired.status]).toEqual([503, 403]);
    expect(emulator().actions.journal({ operation: 'putBlob', product: PRODUCTS.monitor })).toHaveLength(2);
    expect(emulator().actions.journal({ operation: 'putBlob', product: PRODUCTS.hub })).toEqual([]);
  });
});

test('the control view shows what is live, however drafts have moved on', async () => {
  await emulator().actions.products.person({
    action: 'editListing',
    product: 'contoso-monitor',
    plan: 'basic',
    change: { title: 'Draft' },
  });

  const live = (await control('GET', 'products/contoso-monitor/live')).body;
  const never = (await control('GET', `products/${PRODUCTS.worker}/live`)).body;

  expect([live.product.id, live.releaseNumber, never.submission]).toEqual([PRODUCTS.monitor, 3, null]);
  expect(live.plans.map((plan: Json) => plan.variant.externalID)).toEqual(['basic', 'template']);
  expect(live.plans[0].modules.Listing.rows[0].title).toBe('Basic');
  expect(live.modules.Listing.rows[0].images).toHaveLength(2);
});
