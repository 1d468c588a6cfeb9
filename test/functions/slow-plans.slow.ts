/** Plans that take longer than their request, through the whole app: made in the background, once, and kept for a day. */
import { createActivities } from '../../src/activities';
import { FunctionName } from '../../src/contracts/names';
import type { ReleasePlan } from '../../src/domain/store/release-plan';
import { blobNames } from '../../src/storage/blobs';
import { startFileServer, type FileServer } from '../packages/file-server';
import { APPS } from '../support/emulator';
import { buildMsix } from '../support/msix';
import { account, releaseWorld, type ReleaseApp } from '../support/release-app';
import { httpOf, type AppAnswer, type AppSend } from './app-http';

const world = releaseWorld();
const day = 86_400_000;
const publisher = 'CN=0BE04A07-4250-427B-B4BC-000000000001';

let files: FileServer;
let app: ReleaseApp;
let send: AppSend;

beforeAll(async () => {
  files = await startFileServer();
  // Of three pieces: one is read however little time there is.
  files.bytes = await buildMsix({ name: 'Contoso.Notes', publisher, version: '9.0.0.0', payloadSize: 20_000_000 });
});

afterAll(() => files.close());

beforeEach(async () => {
  await world().emulator.reset();
  app = await world().app({
    PUBLISHER_PLAN_TIME: 'PT0S',
    PUBLISHER_ALLOWED_HOSTS: `127.0.0.1:${files.port}`,
    PUBLISHER_ALLOW_LOOPBACK_SOURCES: 'true',
  });
  await forgetBudget();
  send = await httpOf(app);
});

/** Apps of one file share the budget of the tenant. */
async function forgetBudget(): Promise<void> {
  const table = await app.rooms.storage.table('budgets');
  for await (const { partitionKey = '', rowKey = '' } of table.listEntities())
    await table.deleteEntity(partitionKey, rowKey);
}

/** Whatever was planned: nothing was written at Partner Center, no release was made, no claim taken. */
afterEach(async () => {
  const requests = world()
    .emulator.actions.journal()
    .filter(({ path }) => path.startsWith('/v1.0/my/'));
  expect(requests.map(({ method }) => method)).toEqual(requests.map(() => 'GET'));
  expect((await app.rooms.releases.list({})).value).toEqual([]);
  expect(await app.rooms.claims.read(`store-app:${APPS.published}`)).toBeUndefined();
});

let documents = 0;

/** A document like no other, whose package is read whole. */
function unpromised(signature = 'a-secret') {
  return {
    account,
    target: { kind: 'store-app', applicationId: APPS.published },
    labels: { nr: String((documents += 1)) },
    packages: [
      {
        fileName: 'Contoso.Notes_9.0.0.0_x64.msix',
        source: { url: `http://127.0.0.1:${files.port}/notes.msix?sig=${signature}` },
      },
    ],
  };
}

const ask = (document: object): Promise<AppAnswer> => send('POST', '/releases/plan', document);

function idOf({ body }: AppAnswer): string {
  // Every pending plan has one, and the test of the answer comes first.
  return (body as { id: string }).id;
}

const read = (id: string): Promise<AppAnswer> => send('GET', `/plans/${id}`);

/** Keeps the first activity of every plan from beginning until it is let go. */
function keepBack(): () => void {
  let letGo: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  app.host.at('activity-starting', () => gone, FunctionName.readPlanBytes);
  return letGo;
}

/** All that our storage keeps of a plan. */
async function kept(id: string): Promise<string[]> {
  const names: string[] = [];
  for (const container of ['documents', 'work'] as const) {
    for await (const name of blobNames(app.rooms.storage, container, id)) names.push(name);
  }
  return names;
}

test('bytes that must be read whole: the plan is made in the background, and is the one that is made at once', async () => {
  const promising = await world().app({
    PUBLISHER_ALLOWED_HOSTS: `127.0.0.1:${files.port}`,
    PUBLISHER_ALLOW_LOOPBACK_SOURCES: 'true',
  });
  const document = unpromised();

  const pending = await ask(document);
  const before = await read(idOf(pending));
  await app.host.run(idOf(pending));
  const after = await read(idOf(pending));
  await forgetBudget();
  const atOnce = await (await httpOf(promising))('POST', '/releases/plan', document);

  expect(pending).toMatchObject({ status: 202, body: { state: 'running' } });
  expect(pending.headers.get('location')).toBe(`/api/plans/${idOf(pending)}`);
  expect(Number(pending.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(before).toMatchObject({ status: 202, body: pending.body });
  expect(before.headers.get('retry-after')).toBe(pending.headers.get('retry-after'));
  expect(after.status).toBe(200);
  expect((after.body as ReleasePlan).packages.at(-1)).toMatchObject({ version: '9.0.0.0', fate: 'added' });
  expect(atOnce).toMatchObject({ status: 200, body: after.body });
});

test('a request budget that is spent is waited for in the background', async () => {
  const { packages: _none, ...document } = unpromised();
  for (const id of [APPS.published, APPS.simple, APPS.paidTier, APPS.rollout, APPS.paidHidden])
    await send('GET', `/accounts/${account}/store/apps/${id}`);

  const pending = await ask({ ...document, changes: { notesForCertification: 'Other.' } });
  const before = app.host.now.getTime();
  await app.host.run(idOf(pending));

  expect(pending.status).toBe(202);
  expect(app.host.now.getTime() - before).toBeGreaterThan(10_000);
  expect(await read(idOf(pending))).toMatchObject({ status: 200, body: { blockers: [] } });
});

test('a document asked for again, also twice at once, is one plan until that has ended', async () => {
  const document = unpromised();
  const letGo = keepBack();

  const three = [...(await Promise.all([ask(document), ask(document)])), await ask(document)];
  letGo();
  const [id = ''] = three.map(idOf);
  await app.host.run(id);
  const later = await ask(document);

  expect(three.map(idOf)).toEqual([id, id, id]);
  expect(idOf(later)).not.toBe(id);
  expect(app.host.instances().filter((instance) => instance.startsWith('pln_'))).toEqual([id, idOf(later)].sort());
});

test('a repetition brings fresh signatures', async () => {
  const document = unpromised('first');
  const letGo = keepBack();

  const id = idOf(await ask(document));
  const again = await ask({ ...document, packages: unpromised('second').packages });
  const before = files.seen.length;
  letGo();
  await app.host.run(id);

  const urls = files.seen.slice(before).map(({ url }) => url);
  expect(idOf(again)).toBe(id);
  expect([...new Set(urls)]).toEqual(['/notes.msix?sig=second']);
  expect(await read(id)).toMatchObject({ status: 200, body: { blockers: [] } });
});

test('queries of addresses are sealed while the plan is made, used, and gone when it has ended', async () => {
  const pending = await ask(unpromised('the-signature'));
  const id = idOf(pending);
  const stored = JSON.stringify(await app.rooms.documents.read(id));
  const sealed = await kept(id);

  await app.host.run(id);

  expect(stored).not.toContain('the-signature');
  expect(sealed).toContain(`${id}.sealed.json`);
  expect(files.seen.at(-1)?.url).toBe('/notes.msix?sig=the-signature');
  expect(await kept(id)).not.toContain(`${id}.sealed.json`);
  expect(JSON.stringify([app.host.status(id), app.host.history(id)])).not.toContain('the-signature');
});

test.each([
  ['after its bytes were read', FunctionName.readPlanBytes],
  ['after it was judged', FunctionName.judgePlan],
])('killed %s and started again, the same plan is made', async (_when, activity) => {
  const id = idOf(await ask(unpromised()));
  app.host.killAt('activity-returned', activity);

  await app.host.run(id);
  const killed = app.host.status(id)?.runtimeStatus;
  app.host.restart();
  await app.host.run(id);

  expect(killed).not.toBe('Completed');
  expect(await read(id)).toMatchObject({ status: 200, body: { blockers: [] } });
  expect(await kept(id)).not.toContain(`${id}.sealed.json`);
});

test('large bytes are read in slices, and twice at once with one result', async () => {
  const id = await abandoned('recorded');
  const settings = {
    sliceMs: 0,
    pollFloorMs: 0,
    requestsPerMinute: 1000,
    marketplaceRequestsPerMinute: 1000,
    settleMs: 0,
  };
  // The time of the slices is that of the machine.
  const deps = { ...app.rooms, settings, stopping: new AbortController().signal, now: () => new Date() };
  const { readPlanBytes } = createActivities(deps, { ring: async () => undefined, log: () => undefined });

  const slices = [await readPlanBytes({ planId: id }), await readPlanBytes({ planId: id })];
  const ends = await Promise.all([readPlanBytes({ planId: id }), readPlanBytes({ planId: id })]);
  const more = await readPlanBytes({ planId: id });

  const done = { ok: true, value: { done: true } };
  expect(slices).toEqual([1, 2].map(() => ({ ok: true, value: { done: false } })));
  expect([...ends, more]).toEqual([done, done, done]);
});

test('a plan that cannot be made answers the problem, and the next request makes another one', async () => {
  const {
    actions,
    account: { clientId },
  } = world().emulator;
  const document = unpromised();
  await actions.changeClient(clientId, { disabled: true });
  const id = idOf(await ask(document));
  await app.host.run(id);
  await actions.changeClient(clientId, { disabled: false });

  const failed = await read(id);
  const next = idOf(await ask(document));
  await app.host.run(next);

  expect(failed).toMatchObject({ status: 503, body: { code: 'account-unusable' } });
  expect(failed.headers.get('retry-after')).not.toBeNull();
  expect(next).not.toBe(id);
  expect(await read(next)).toMatchObject({ status: 200 });
});

test.each(['pln_00000000000000000000000000000000', 'pln_', 'rel_01JD5Z6M0V8K3T4Q2N7XW9YBCF', "a'b%2Fc"])(
  'there is no plan %s',
  async (id) => {
    expect(await read(id)).toMatchObject({ status: 404, body: { code: 'plan-expired' } });
  },
);

describe('the sweep', () => {
  const sweep = (): Promise<void> => app.host.runTimer(FunctionName.sweep);

  test('leaves nothing of a plan a day after it was made', async () => {
    const id = idOf(await ask(unpromised()));
    await app.host.run(id);
    await app.host.advance(day - 60_000);
    await sweep();
    const lastDay = await read(id);
    await app.host.advance(120_000);
    const nextDay = await read(id);
    await app.host.advance(20 * 60_000);

    await sweep();

    expect([lastDay.status, nextDay.status]).toEqual([200, 404]);
    expect(await kept(id)).toEqual([]);
    expect(await app.rooms.plans.read(id, new Date(0))).toBeUndefined();
  });

  test('starts a plan whose request died before it did', async () => {
    const id = await abandoned('recorded');

    await sweep();
    await app.host.run(id);

    expect(await read(id)).toMatchObject({ status: 200 });
  });

  test('takes away what a request left that died before it wrote the record', async () => {
    const id = await abandoned('stored');
    await app.host.advance(day + 20 * 60_000);

    await sweep();

    expect(await kept(id)).toEqual([]);
  });

  test('ends a plan whose orchestration is over, with its signatures', async () => {
    const id = idOf(await ask(unpromised()));
    app.host.terminate(id);
    await app.host.settle();

    await sweep();

    expect(await read(id)).toMatchObject({ status: 500, body: { code: 'internal-error' } });
    expect(await kept(id)).not.toContain(`${id}.sealed.json`);
  });
});

test('an id is reserved once per caller and document, until its plan has ended', async () => {
  const hash = 'f'.repeat(64);
  const wish = { scope: 'key', docHash: hash, id: 'pln_0123456789abcdef0123456789abcdef' };

  const first = await app.rooms.plans.reserve(wish, app.host.now);
  const second = await app.rooms.plans.reserve({ ...wish, id: `pln_${'1'.repeat(32)}` }, app.host.now);
  await app.rooms.plans.insert(first, app.host.now);
  await app.rooms.plans.end(first, null, app.host.now);
  const third = await app.rooms.plans.reserve({ ...wish, id: `pln_${'2'.repeat(32)}` }, app.host.now);
  const other = await app.rooms.plans.reserve({ ...wish, scope: 'else', id: `pln_${'3'.repeat(32)}` }, app.host.now);

  expect([first, second, third, other]).toEqual([wish.id, wish.id, `pln_${'2'.repeat(32)}`, `pln_${'3'.repeat(32)}`]);
});

/** What a request leaves that is killed once the document was stored, or the record written. */
async function abandoned(how: 'stored' | 'recorded'): Promise<string> {
  const { plans, documents: stored } = app.rooms;
  documents += 1;
  const id = `pln_${String(documents).padStart(32, '0')}`;
  const docHash = String(documents).padStart(64, '0');
  await plans.reserve({ scope: 'key', docHash, id }, app.host.now);
  await stored.insert(id, unpromised());
  if (how === 'recorded') await plans.insert(id, app.host.now);
  return id;
}
