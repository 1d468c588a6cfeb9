/** Reads below `/accounts/{account}/cloud-partner`, through the whole app. */
import { cloudPartnerLists, cloudPartnerReads } from '../../src/contracts/cloud-partner-operations';
import { CloudPartner, machineOffer, marketplace, OFFERS, TELL } from '../emulator/cloud-partner-api';
import { account, releaseWorld, requestsOf, type ReleaseApp } from '../support/release-app';
import { freshApp, letBudgetRecover, type AppAnswer, type AppSend } from './app-http';

const world = releaseWorld();
let app: ReleaseApp;
let send: AppSend;

beforeEach(async () => {
  ({ app, send } = await freshApp(world()));
});

/** Reads with all of the budget: most tests are about what is answered. */
async function read(path: string): Promise<AppAnswer> {
  letBudgetRecover(app);
  return send('GET', `/accounts/${account}/cloud-partner/${path}`);
}

const live = `publishers/${OFFERS.live}`;
const migrated = `publishers/${OFFERS.migrated}`;

/** Publishes an offer up to its preview. */
async function publish(offer: string): Promise<string> {
  const api = await CloudPartner.signIn(world().emulator);
  const { headers } = await api.publish(offer, TELL);
  await world().emulator.actions.advanceClock('60s');
  return headers.get('location')?.replace(/^.*operations\/|\?.*$/g, '') ?? '';
}

test.each([
  ['the publishers', 'publishers', [{ id: 'contoso' }]],
  ['the types of offers', 'offer-types', expect.arrayContaining([expect.anything()])],
  [
    'the offers of a publisher',
    'publishers/contoso/offers',
    expect.arrayContaining([expect.objectContaining({ id: 'contoso-linux' })]),
  ],
])('%s are listed as Partner Center answers them', async (_what, path, value) => {
  expect(await read(path)).toMatchObject({ status: 200, body: { value } });
});

test.each([
  ['the draft of an offer', live, { id: 'contoso-linux', definition: { plans: [{ planId: 'base' }] } }],
  ['what is live', `${live}/slots/production`, { id: 'contoso-linux' }],
  ['how it stands', `${live}/status`, { status: 'succeeded' }],
])('%s is read as Partner Center answers it', async (_what, path, has) => {
  expect(await read(path)).toMatchObject({ status: 200, body: has });
});

test('a version of an offer is read by its number, which is a text in every answer', async () => {
  const offer = (await read(live)).body as { version: string };

  const version = await read(`${live}/versions/${offer.version}`);

  expect(offer.version).toMatch(/^\d+$/);
  expect(version).toMatchObject({ status: 200, body: { version: offer.version } });
});

test.each([
  ['an offer that was not migrated, by its alias', OFFERS.live, /^contoso\$contoso-linux\$/],
  ['a migrated one, by its id', OFFERS.migrated, /^[0-9a-f-]{36}$/],
])('an operation is read of %s', async (_what, offer, form) => {
  const id = await publish(offer);

  const operations = (await read(`publishers/${offer}/operations?status=running`)).body as { value: { id: string }[] };
  const one = await read(`publishers/${offer}/operations/${id}`);
  const byId = await read(`publishers/${offer}/operations/${operations.value[0]?.id}`);

  expect(id).toMatch(form);
  expect(operations.value).toMatchObject([{ submissionState: 'running', version: expect.stringMatching(/^\d{18}/) }]);
  expect(one).toMatchObject({ status: 200, body: { steps: expect.any(Array) } });
  expect(byId.body).toEqual(one.body);
});

test('an alias of another offer leads to no operation', async () => {
  const id = await publish(OFFERS.live);

  expect(await read(`${migrated}/operations/${encodeURIComponent(id)}`)).toMatchObject({ status: 404 });
});

test('offers come page by page, each once, and are read from Partner Center once for all pages', async () => {
  const whole = (await read('publishers/contoso/offers')).body as { value: { id: string }[] };
  letBudgetRecover(app);
  const before = requestsOf(world().emulator, 'listOffers');

  const found: string[] = [];
  let path: string | undefined = `/accounts/${account}/cloud-partner/publishers/contoso/offers?top=2`;
  while (path !== undefined) {
    const { value, nextLink } = (await send('GET', path)).body as { value: { id: string }[]; nextLink?: string };
    found.push(...value.map(({ id }) => id));
    path = nextLink?.replace(/^\/api/, '');
  }

  expect(found).toEqual(whole.value.map(({ id }) => id));
  expect(found.length).toBeGreaterThan(2);
  expect(requestsOf(world().emulator, 'listOffers') - before).toBe(1);
});

test('offers of one type are asked for by it', async () => {
  const machines = await read('publishers/contoso/offers?offerTypeId=microsoft-azure-virtualmachines');
  const none = await read('publishers/contoso/offers?offerTypeId=microsoft-azure-container');

  expect((machines.body as { value: unknown[] }).value.length).toBeGreaterThan(1);
  expect(none).toMatchObject({ status: 200, body: { value: [] } });
});

const notThere = { status: 404, code: 'product-not-found' };
const notOurs = { status: 403, code: 'product-forbidden' };

test.each([
  ['there is no such offer', 'publishers/contoso/offers/not-there', notThere, /no such offer/],
  ['it was never published', `publishers/${OFFERS.neverPublished}/slots/Preview`, notThere, /never/],
  ['there is no such version', `${live}/versions/99`, notThere, /no such version/],
  [
    'there is no such operation',
    `${live}/operations/0f11e000-0000-4000-8000-0000000000ff`,
    notThere,
    /no such operation/,
  ],
  ['the publisher is of another account', `publishers/${OFFERS.foreign}`, notOurs, /not added to it/],
  ['there is no such publisher', 'publishers/nobody/offers', notOurs, /no such publisher/],
])('says so where %s, with the id of the exchange', async (_what, path, { status, code }, detail) => {
  const answer = await read(path);

  expect(answer).toMatchObject({ status, body: { code, detail: expect.stringMatching(detail) } });
  expect(answer.body).toHaveProperty('correlationId');
});

test.each([`${live}/slots/Live`, `${live}/versions/first`, 'publishers/-/offers', `${live}/operations/%24`])(
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
  [429, 503, 'budget-spent'],
  [500, 503, 'partner-center-unavailable'],
])('an answer of %i is told as what it means to whoever reads', async (refused, status, code) => {
  // As often as it is repeated, which differs.
  world().emulator.actions.addFault({ operation: 'getOffer', answer: { status: refused }, times: 9 });

  const answer = await read(live);
  world().emulator.actions.clearFaults();

  expect(answer).toMatchObject({ status, body: { code } });
});

test('no read shows a signature or a secret', async () => {
  const api = await CloudPartner.signIn(world().emulator);
  const offer = machineOffer('contoso-secrets', (body) => {
    const members = body['definition'].offer as Record<string, unknown>;
    members[marketplace('marketoLeadConfiguration')] = { munchkinId: '123-ABC-456', clientSecret: 'Marketo~Secret' };
    members[marketplace('blobLeadConfiguration')] = { connectionString: 'AccountName=contoso;AccountKey=QmxvYg==' };
    members[marketplace('httpsEndpointLeadConfiguration')] = { httpsEndpointUrl: 'https://leads.example/in?code=Hook' };
  });
  await api.put('contoso/offers/contoso-secrets', offer);
  const operation = await publish('contoso/offers/contoso-secrets');
  await api.goLive('contoso/offers/contoso-secrets');
  await world().emulator.actions.advanceClock('60s');
  const paths = Object.values({ ...cloudPartnerLists, ...cloudPartnerReads }).map(({ path }) => path);

  const answers: AppAnswer[] = [];
  for (const path of paths) answers.push(await read(filled(path, operation)));

  expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
  const told = JSON.stringify(answers.map(({ body }) => body));
  expect(told).toContain('osVhdUrl');
  expect(told).not.toMatch(/sig=|code=|Marketo~Secret|AccountKey|QmxvYg/);
});

function filled(template: string, operation: string): string {
  return template
    .replace('/accounts/{account}/cloud-partner/', '')
    .replace('{publisherId}', 'contoso')
    .replace('{offerId}', 'contoso-secrets')
    .replace('{slot}', 'Production')
    .replace('{version}', '1')
    .replace('{operationId}', operation);
}
