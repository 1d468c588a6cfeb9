/** `GET /accounts/{account}/export`, and what becomes of an export that is sent back, through the whole app. */
import type { ReleaseDocument } from '../../src/domain/release-document';
import type { ReleasePlan } from '../../src/domain/store/release-plan';
import { ADD_ONS, APPS, FLIGHTS } from '../support/emulator';
import { account, releaseWorld } from '../support/release-app';
import { freshApp, type AppSend } from './app-http';

const world = releaseWorld();
let send: AppSend;

beforeEach(async () => {
  ({ send } = await freshApp(world()));
});

function exportOf(query: Record<string, string>): ReturnType<AppSend> {
  return send('GET', `/accounts/${account}/export?${new URLSearchParams(query).toString()}`);
}

const live: readonly (readonly [string, Record<string, string>])[] = [
  ...(
    ['published', 'pendingDraft', 'portalDraft', 'rollout', 'paidHidden', 'paidTier', 'failed', 'simple'] as const
  ).map((name) => [`the app ${name}`, { kind: 'store-app', applicationId: APPS[name] }] as const),
  ...(['published', 'pendingDraft'] as const).flatMap((name) => [
    [`the flight ${name}`, { kind: 'store-flight', applicationId: APPS.published, flightId: FLIGHTS[name] }] as const,
    [`the add-on ${name}`, { kind: 'store-add-on', addOnId: ADD_ONS[name] }] as const,
  ]),
];

test.each(live)('%s, exported and sent back, plans no change', async (_name, query) => {
  const exported = await exportOf(query);
  const plan = await send('POST', '/releases/plan', exported.body);

  expect(exported).toMatchObject({ status: 200, body: { account, target: query } });
  expect(Object.keys((exported.body as ReleaseDocument).changes ?? {})).not.toEqual([]);
  expect(plan).toMatchObject({ status: 200, body: { actions: [], diff: [], warnings: [], blockers: [] } });
  expect((plan.body as ReleasePlan).packages.map(({ fate }) => fate)).toEqual(
    (plan.body as ReleasePlan).packages.map(() => 'kept'),
  );
});

test('what was never published is exported as it is pending', async () => {
  const query = { kind: 'store-flight', applicationId: APPS.published, flightId: FLIGHTS.portal };

  const exported = await exportOf(query);

  expect(exported).toMatchObject({ status: 200, body: { target: query } });
});

test('a flight and an add-on are found by their names, and the export has their ids', async () => {
  const flight = await exportOf({ kind: 'store-flight', applicationId: APPS.published, name: 'insiders' });
  const addOn = await exportOf({ kind: 'store-add-on', applicationId: APPS.published, productId: 'pro-pack' });

  expect(flight).toMatchObject({ status: 200, body: { target: { flightId: FLIGHTS.published } } });
  expect(addOn).toMatchObject({ status: 200, body: { target: { addOnId: ADD_ONS.published } } });
  expect(flight.body).not.toHaveProperty('target.name');
});

test.each([
  ['nothing was published', { kind: 'store-app', applicationId: APPS.neverPublished }, 404, 'nothing-to-export'],
  ['there is no such app', { kind: 'store-app', applicationId: '9NNOTTHERE01' }, 404, 'product-not-found'],
  [
    'nothing has the name',
    { kind: 'store-flight', applicationId: APPS.published, name: 'Nobody' },
    404,
    'product-not-found',
  ],
  ['the app is of another account', { kind: 'store-app', applicationId: APPS.foreign }, 403, 'product-forbidden'],
  ['the API does not serve it', { kind: 'store-app', applicationId: APPS.unsupported }, 409, 'unsupported-features'],
  ['the kind has other members', { kind: 'store-app', addOnId: ADD_ONS.published }, 400, 'invalid-parameter'],
  ['an id has another form', { kind: 'store-app', applicationId: '../apps' }, 400, 'invalid-parameter'],
] as const)('says so where %s', async (_what, query, status, code) => {
  const answer = await exportOf(query);

  expect(answer).toMatchObject({ status, body: { code } });
});

test("a refusal of Partner Center carries the id of its exchange, and the account's name is checked", async () => {
  const refused = await exportOf({ kind: 'store-app', applicationId: APPS.foreign });
  const [entry] = world().emulator.actions.journal({ application: APPS.foreign }).slice(-1);
  const unknown = await send('GET', `/accounts/nobody/export?kind=store-app&applicationId=${APPS.published}`);

  expect(refused.body).toMatchObject({ correlationId: entry?.correlationId });
  expect(unknown).toMatchObject({ status: 404, body: { code: 'account-not-found' } });
});
