/** `DELETE` of flights and add-ons, through the whole app. */
import { productKey } from '../../src/domain/product';
import type { StoreProduct } from '../../src/domain/store/product';
import { ADD_ONS, APPS, FLIGHTS } from '../support/emulator';
import { account, releaseWorld, requestsOf, type ReleaseApp } from '../support/release-app';
import { freshApp, type AppSend } from './app-http';

const world = releaseWorld();
let app: ReleaseApp;
let send: AppSend;

beforeEach(async () => {
  ({ app, send } = await freshApp(world()));
});

const flightPath = (flightId: string): string =>
  `/accounts/${account}/store/apps/${APPS.published}/flights/${flightId}`;
const addOnPath = (addOnId: string): string => `/accounts/${account}/store/add-ons/${addOnId}`;
const flight: StoreProduct = { kind: 'store-flight', applicationId: APPS.published, flightId: FLIGHTS.published };

test('deletes a flight, writes who asked and that it is gone, and frees the claim', async () => {
  const at = app.host.now;

  const answer = await send('DELETE', flightPath(FLIGHTS.published));
  const after = await send('GET', flightPath(FLIGHTS.published));

  expect(answer).toMatchObject({ status: 204, body: '' });
  expect(after).toMatchObject({ status: 404, body: { code: 'product-not-found' } });
  expect(await app.rooms.claims.holder(productKey(flight))).toBeUndefined();
  const { value } = await app.rooms.audit.list({ since: at, product: APPS.published });
  expect(value.map(({ action }) => action).sort()).toEqual(['deleted', 'deletion-requested']);
  expect(value).toContainEqual(
    expect.objectContaining({ account, releaseId: null, facts: { kind: 'store-flight', flightId: FLIGHTS.published } }),
  );
});

test('deletes an add-on that was never published; asked again, it is not there', async () => {
  const first = await send('DELETE', addOnPath(ADD_ONS.neverPublished));
  const second = await send('DELETE', addOnPath(ADD_ONS.neverPublished));

  expect(first.status).toBe(204);
  expect(second).toMatchObject({ status: 404, body: { code: 'product-not-found' } });
});

test('a page of another origin deletes nothing', async () => {
  const { url, keys } = await app.host.serve();
  const headers = { 'x-functions-key': keys.host, 'sec-fetch-site': 'cross-site' };

  const answer = await fetch(`${url}/api${addOnPath(ADD_ONS.neverPublished)}`, { method: 'DELETE', headers });

  expect(answer.status).toBe(403);
  expect(requestsOf(world().emulator, 'deleteAddOn')).toBe(0);
});

test('what was read before is not told after a deletion', async () => {
  const before = await send('GET', `/accounts/${account}/store/add-ons`);
  await send('DELETE', addOnPath(ADD_ONS.neverPublished));
  const after = await send('GET', `/accounts/${account}/store/add-ons`);

  expect(JSON.stringify(before.body)).toContain(ADD_ONS.neverPublished);
  expect(JSON.stringify(after.body)).not.toContain(ADD_ONS.neverPublished);
});

test.each([
  ['an add-on that was published', addOnPath(ADD_ONS.published)],
  ['a flight with a draft of the portal', flightPath(FLIGHTS.portal)],
])('says in the words of Partner Center that %s is not deleted', async (_what, path) => {
  const answer = await send('DELETE', path);

  expect(answer).toMatchObject({ status: 409, body: { code: 'not-deletable' } });
  expect(answer.body).toHaveProperty('correlationId');
});

test('touches nothing that a release works on, and stands in no queue behind it', async () => {
  const release = await app.store({});
  await app.rooms.claims.acquire(productKey(flight), release);

  const answer = await send('DELETE', flightPath(FLIGHTS.published));
  const left = await app.rooms.claims.release(productKey(flight), release);

  expect(answer).toMatchObject({ status: 409, body: { code: 'product-busy', detail: `${release} works on it.` } });
  expect(left).toBeUndefined();
  expect(requestsOf(world().emulator, 'deleteFlight')).toBe(0);
});

test('a release that comes meanwhile waits, and is next', async () => {
  const release = await app.store({});
  const { actions } = world().emulator;
  const key = productKey(flight);
  const { id } = actions.addFault({ operation: 'deleteFlight', hold: true });

  const deletion = send('DELETE', flightPath(FLIGHTS.published));
  await actions.faultMet(id);
  const claim = await app.rooms.claims.acquire(key, release);
  actions.release(id);
  const answer = await deletion;

  expect(answer.status).toBe(204);
  expect(claim).toMatchObject({ granted: false, position: 1 });
  expect(await app.rooms.claims.holder(key)).toBe(release);
  await app.rooms.claims.release(key, release);
});

test('looks after an answer that was lost, and finds it gone', async () => {
  world().emulator.actions.addFault({ operation: 'deleteFlight', when: 'after', cut: true });

  const answer = await send('DELETE', flightPath(FLIGHTS.published));

  expect(answer.status).toBe(204);
  expect(requestsOf(world().emulator, 'deleteFlight')).toBe(1);
});

test('asks to be asked again where an answer was lost and the flight is still there', async () => {
  world().emulator.actions.addFault({ operation: 'deleteFlight', when: 'before', answer: { status: 504 } });

  const lost = await send('DELETE', flightPath(FLIGHTS.published));
  const again = await send('DELETE', flightPath(FLIGHTS.published));

  expect(lost).toMatchObject({ status: 503, body: { code: 'partner-center-unavailable' } });
  expect(Number(lost.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(again.status).toBe(204);
});
