/** A plan that is made in the background, killed at every request to our storage, and while its source is away. */
import { FunctionName } from '../../src/contracts/names';
import { startFileServer, type FileServer } from '../packages/file-server';
import { APPS } from '../support/emulator';
import { buildMsix } from '../support/msix';
import { account, releaseWorld, type ReleaseApp } from '../support/release-app';
import { httpOf, type AppSend } from './app-http';

const world = releaseWorld();
const publisher = 'CN=0BE04A07-4250-427B-B4BC-000000000001';

let files: FileServer;
let app: ReleaseApp;
let send: AppSend;

beforeAll(async () => {
  files = await startFileServer();
  files.bytes = await buildMsix({ name: 'Contoso.Notes', publisher, version: '9.0.0.0' });
});

afterAll(() => files.close());

beforeEach(async () => {
  await world().emulator.reset();
  files.before = undefined;
  app = await world().app({
    PUBLISHER_ALLOWED_HOSTS: `127.0.0.1:${files.port}`,
    PUBLISHER_ALLOW_LOOPBACK_SOURCES: 'true',
  });
  const budgets = await app.rooms.storage.table('budgets');
  for await (const { partitionKey = '', rowKey = '' } of budgets.listEntities()) {
    await budgets.deleteEntity(partitionKey, rowKey);
  }
  send = await httpOf(app);
});

let plans = 0;

/** A plan that is to be made, and is not begun. */
async function recorded(): Promise<string> {
  plans += 1;
  const id = `pln_${String(plans).padStart(32, '0')}`;
  await app.rooms.documents.insert(id, {
    account,
    target: { kind: 'store-app', applicationId: APPS.published },
    packages: [
      {
        fileName: 'Contoso.Notes_9.0.0.0_x64.msix',
        source: { url: `http://127.0.0.1:${files.port}/notes.msix?sig=a-secret` },
      },
    ],
  });
  await app.rooms.plans.insert(id, app.host.now);
  return id;
}

function begin(planId: string): void {
  app.host.start(FunctionName.makePlan, { planId }, planId);
}

/** A plan makes at least as many requests to our storage as this, and few more: each of these is really died at. */
const requests = 33;
const points = Array.from({ length: requests }, (_, index) => index + 1);

test('the requests that can be died at are those of a whole plan', async () => {
  const id = await recorded();
  const count = app.countStorageRequests();

  begin(id);
  await app.host.run(id);

  expect(await send('GET', `/plans/${id}`)).toMatchObject({ status: 200 });
  expect(count()).toBeGreaterThanOrEqual(requests);
  expect(count()).toBeLessThanOrEqual(requests + 8);
});

describe.each(['before', 'after'] as const)('killed %s', (when) => {
  test.each(points)('storage request %i', async (n) => {
    const id = await recorded();
    app.dieAtStorageRequest(n, when);

    begin(id);
    await app.host.run(id);
    if (when === 'before') expect(app.hasDied).toBe(true);
    app.revive();
    await app.host.run(id);

    expect(await send('GET', `/plans/${id}`)).toMatchObject({ status: 200, body: { blockers: [] } });
    expect(await app.rooms.documents.readWhole(id)).toEqual(await app.rooms.documents.read(id));
  });
});

test('a source that fails for a while is tried again', async () => {
  const id = await recorded();
  let left = 3;
  files.before = (_request, response) => {
    if (left-- <= 0) return false;
    response.writeHead(503).end();
    return true;
  };

  begin(id);
  await app.host.run(id);

  expect(left).toBeLessThan(0);
  expect(await send('GET', `/plans/${id}`)).toMatchObject({ status: 200, body: { blockers: [] } });
});

test('a source that stays away blocks the plan after an hour', async () => {
  const id = await recorded();
  const before = app.host.now.getTime();
  files.before = (_request, response) => {
    response.writeHead(503).end();
    return true;
  };

  begin(id);
  await app.host.run(id);

  expect(app.host.now.getTime() - before).toBeGreaterThan(45 * 60_000);
  expect(await send('GET', `/plans/${id}`)).toMatchObject({
    status: 200,
    body: { blockers: [{ pointer: '/packages/0' }] },
  });
});
