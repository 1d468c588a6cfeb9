import type { LiveRollout } from '../../src/functions/services';
import type { RolloutControl } from '../../src/storage/release-record';
import type { ReleaseView } from '../../src/domain/release';
import { connectStorage } from '../../src/storage/connect';
import type { FunctionServices } from '../../src/functions/services';
import { storageAccount } from '../support/storage-account';
import { createHttpHost, type HttpHost } from './http-host';
import { put } from './releases';
import { servicesOn, settings } from './services';

const azurite = storageAccount();
let services: FunctionServices;
let host: HttpHost;
/** What Partner Center shows. */
let live: LiveRollout = { kind: 'unknown' };

const running = { isRollout: true, percentage: 25, status: 'PackageRolloutInProgress' };
const open: RolloutControl = { open: true, commands: [] };
const closed: RolloutControl = { open: false, commands: [] };
const view = { percentage: 25, status: running.status, held: false, nextStageAt: null };
const app = '/accounts/contoso/store/apps/9NBLGGH4R315/rollout';
const flight = '/accounts/contoso/store/apps/9NBLGGH4R315/flights/0f11e000-0000-4000-8000-00000000000a/rollout';

function rollouts(): Pick<FunctionServices, 'rollouts'> {
  return { rollouts: { read: async () => live } };
}

beforeAll(async () => {
  services = servicesOn(connectStorage({ connectionString: azurite.connectionString }), rollouts());
  host = await createHttpHost(services);
});
beforeEach(() => {
  live = { kind: 'unknown' };
});
afterAll(async () => {
  host.close();
});

/** A release in its stages, or after them. */
function rolling(rollout: RolloutControl | null = open, changes: Partial<ReleaseView> = {}): Promise<string> {
  return put(
    services,
    { step: 'rollout', rollout: view, ...changes },
    { rollout, submissionId: '3001', phase: 'committed' },
  );
}

const ended = { state: 'succeeded', endedAt: '2026-11-20T11:00:00.000Z', left: ['rollout'] } as const;

describe('POST /releases/{id}/rollout while the stages run', () => {
  test.each([
    [{ percentage: 50 }, { percentage: 50 }],
    [{ action: 'hold', by: 'ada' }, { action: 'hold' }],
    [{ action: 'halt' }, { action: 'halt' }],
    [{ action: 'finalize' }, { action: 'finalize' }],
  ])('stores %j once', async (body, change) => {
    const id = await rolling();

    const first = await host.send('POST', `/releases/${id}/rollout`, { body });
    const second = await host.send('POST', `/releases/${id}/rollout`, { body });

    expect([first.status, second.status]).toEqual([202, 200]);
    expect(first.headers.get('location')).toBe(`/api/releases/${id}`);
    const stored = (await services.releases.read(id))?.record.rollout?.commands;
    expect(stored).toMatchObject([{ change, by: 'by' in body ? 'ada' : null }]);
  });

  test.each([[{ percentage: 25 }], [{ action: 'resume' }]])('%j holds already', async (body) => {
    const id = await rolling();

    const answer = await host.send('POST', `/releases/${id}/rollout`, { body });

    expect(answer.status).toBe(200);
    expect((await services.releases.read(id))?.record.rollout?.commands).toEqual([]);
  });

  test('nothing is taken after a halt, and a halt is taken after a finalization', async () => {
    const id = await rolling();
    const send = async (body: object) => (await host.send('POST', `/releases/${id}/rollout`, { body })).body.code;

    await send({ action: 'finalize' });
    expect(await send({ percentage: 50 })).toBe('rollout-settling');
    expect(await send({ action: 'halt' })).toBeUndefined();
    expect(await send({ action: 'finalize' })).toBeUndefined();
    expect(await send({ action: 'hold' })).toBe('rollout-settling');
  });

  test('a cancel is taken', async () => {
    const id = await rolling();

    expect((await host.send('POST', `/releases/${id}/cancel`, {})).status).toBe(202);
  });

  test('a release whose rollout has not begun has none to change', async () => {
    const id = await rolling(null, { step: 'certify' });

    const { status, body } = await host.send('POST', `/releases/${id}/rollout`, { body: { action: 'halt' } });

    expect({ status, code: body.code }).toEqual({ status: 409, code: 'rollout-not-running' });
  });
});

test.each([
  [{}, ''],
  [{ percentage: 5, action: 'halt' }, ''],
  [{ percentage: 101 }, '/percentage'],
  [{ percentage: '5' }, '/percentage'],
  [{ action: 'stop' }, '/action'],
  [{ action: 'halt', reason: 'x' }, '/reason'],
])('%j is a fault', async (body, pointer) => {
  const id = await rolling();

  const answer = await host.send('POST', `/releases/${id}/rollout`, { body });

  expect(answer.status).toBe(400);
  expect(answer.body.errors.map((fault) => fault.pointer)).toEqual([pointer]);
});

describe('after the release has ended', () => {
  test('a release of its own is begun for the submission, while its rollout runs', async () => {
    const id = await rolling(closed, ended);
    live = { kind: 'seen', submissionId: '3001', seen: running };

    const answer = await host.send('POST', `/releases/${id}/rollout`, { body: { action: 'halt', by: 'ada' } });

    expect(answer.status).toBe(202);
    expect(answer.body.id).not.toBe(id);
    expect(answer.body.requestedBy).toBe('ada');
    expect(host.runs.at(-1)).toMatchObject({ releaseId: answer.body.id });
    const document = await host.send('GET', `/releases/${answer.body.id}/document`);
    expect(document.body).toMatchObject({ rollout: { action: 'halt', submissionId: '3001' } });
  });

  test.each([
    ['holds already', { action: 'finalize' }, 'PackageRolloutComplete', 200],
    ['contradicts it', { action: 'halt' }, 'PackageRolloutComplete', 409],
    ['has no stages to hold', { action: 'hold' }, 'PackageRolloutInProgress', 409],
  ])('what %s is answered so', async (_what, body, status, expected) => {
    const id = await rolling(closed, ended);
    live = { kind: 'seen', submissionId: '3001', seen: { ...running, status } };

    const answer = await host.send('POST', `/releases/${id}/rollout`, { body });

    expect(answer.status).toBe(expected);
  });

  test('what its own record shows needs no read', async () => {
    const id = await rolling(closed, { ...ended, rollout: { ...view, status: 'PackageRolloutStopped' } });

    expect((await host.send('POST', `/releases/${id}/rollout`, { body: { action: 'halt' } })).status).toBe(200);
  });
});

describe.each([
  ['an app', app],
  ['a flight', flight],
])('by product: %s', (what, path) => {
  test('a release that does only this, once while it has not ended', async () => {
    live = { kind: 'seen', submissionId: '4001', seen: running };
    const body = { percentage: what === 'an app' ? 61 : 62 };

    const first = await host.send('POST', path, { body });
    const second = await host.send('POST', path, { body });

    expect([first.status, second.status]).toEqual([202, 200]);
    expect(second.body.id).toBe(first.body.id);
    const { body: document } = await host.send('GET', `/releases/${first.body.id}/document`);
    expect(document).toMatchObject({ account: 'contoso', rollout: { ...body, submissionId: '4001' } });
  });

  test('is refused where none runs, or there is no such product', async () => {
    live = { kind: 'seen', submissionId: '4001', seen: { ...running, status: 'PackageRolloutNotStarted' } };
    const none = await host.send('POST', path, { body: { action: 'halt' } });
    live = { kind: 'absent', code: 'product-not-found', detail: 'There is no such app.' };
    const absent = await host.send('POST', path, { body: { action: 'halt' } });

    expect([none.body.code, absent.body.code]).toEqual(['rollout-not-running', 'product-not-found']);
  });

  test('a halt does not wait for a read that cannot be made now', async () => {
    expect((await host.send('POST', path, { body: { action: 'halt' } })).status).toBe(202);
  });

  test('a hold is passed on to the release whose stages run', async () => {
    const target =
      what === 'an app'
        ? ({ kind: 'store-app', applicationId: '9NBLGGH4R316' } as const)
        : ({
            kind: 'store-flight',
            applicationId: '9NBLGGH4R316',
            flightId: '0f11e000-0000-4000-8000-00000000000a',
          } as const);
    const there = path.replace('9NBLGGH4R315', '9NBLGGH4R316');
    const before = await host.send('POST', there, { body: { action: 'hold' } });
    const id = await rolling(open, { target });

    const answer = await host.send('POST', there, { body: { action: 'hold' } });

    expect(before.body.code).toBe('rollout-not-running');
    expect([answer.status, answer.body.id]).toEqual([202, id]);
  });
});

test.each([
  ['/accounts/nobody/store/apps/9NBLGGH4R315/rollout', 'account-not-found'],
  ['/accounts/contoso/store/apps/short/rollout', 'product-not-found'],
  ['/accounts/contoso/store/apps/9NBLGGH4R315/flights/x/rollout', 'product-not-found'],
])('%s is not found', async (path, code) => {
  const { status, body } = await host.send('POST', path, { body: { action: 'halt' } });

  expect({ status, code: body.code }).toEqual({ status: 404, code });
});

describe('where callers sign in', () => {
  let signed: HttpHost;
  beforeAll(async () => {
    signed = await createHttpHost({ ...services, settings: { ...settings, callers: 'entra-id' } });
  });
  afterAll(() => signed.close());

  function as(role: string): Record<string, string> {
    const claims = [
      { typ: 'oid', val: `id of ${role}` },
      { typ: 'preferred_username', val: `${role}@contoso.com` },
      { typ: 'roles', val: role },
    ];
    return { 'x-signed-in-as': Buffer.from(JSON.stringify({ claims })).toString('base64') };
  }

  test.each([
    ['reader', { action: 'halt' }, 403],
    ['approver', { action: 'halt' }, 202],
    ['approver', { action: 'hold' }, 202],
    ['approver', { action: 'resume' }, 403],
    ['approver', { action: 'finalize' }, 403],
    ['approver', { percentage: 50 }, 403],
    ['publisher', { percentage: 50 }, 202],
    ['publisher', { action: 'halt' }, 202],
  ])('a %s that asks for %j is answered %i', async (role, body, status) => {
    const id = await rolling();

    const byRelease = await signed.send('POST', `/releases/${id}/rollout`, { body, headers: as(role) });
    const byProduct = await signed.send('POST', app, { body, headers: as(role) });

    expect(byRelease.status).toBe(status);
    expect(byProduct.status === 403).toBe(status === 403);
    const commands = (await services.releases.read(id))?.record.rollout?.commands ?? [];
    expect(commands.map(({ by }) => by)).toEqual(status === 202 ? [`${role}@contoso.com`] : []);
  });
});
