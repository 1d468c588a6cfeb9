import { FunctionName, instanceIdOf } from '../../src/contracts/names';
import { audit } from '../../src/storage/audit';
import { connectStorage, type Storage } from '../../src/storage/connect';
import { claims } from '../../src/storage/claims';
import { judge } from '../../src/functions/sweep/reconcile';
import { windowsOf } from '../../src/functions/sweep/purge-history';
import type { FunctionServices } from '../../src/functions/services';
import type { ActiveRelease } from '../../src/storage/release-list';
import { storageAccount } from '../support/storage-account';
import { createHttpHost, type HttpHost } from './http-host';
import { put, waiting } from './releases';
import { aDocument, servicesOn } from './services';

const day = 86_400_000;

const azurite = storageAccount();
let storage: Storage;
let services: FunctionServices;
let host: HttpHost;
let now = (): Date => new Date();
let purging: FunctionServices['purge']['sweep'];

beforeAll(async () => {
  storage = connectStorage({ connectionString: azurite.connectionString });
  services = servicesOn(storage);
  purging = services.purge.sweep;
  host = await createHttpHost({ ...services, now: () => now(), purge: { sweep: (wish) => purging(wish) } });
});

afterEach(() => {
  now = () => new Date();
  purging = services.purge.sweep;
});

afterAll(async () => {
  host.close();
});

/** Runs the timer function as the host does. */
async function runSweep(): Promise<void> {
  await host.durable.runTimer(FunctionName.sweep);
  await host.durable.settle();
}

const at = '2026-11-20T10:00:00.000Z';

const viewOf = async (id: string): Promise<unknown> => (await services.releases.read(id))?.record.view;

describe('the sweep', () => {
  test('says in one line what it did', async () => {
    await runSweep();

    const lines = host.durable.logs.map(({ message }) => message).filter((message) => message.startsWith('Swept'));
    expect(lines.at(-1)).toMatch(/^Swept \{"reconciled":\d+,"claimsFreed":\d+,.*\}$/);
  });

  test('starts a release whose request was killed before its run began, once', async () => {
    const id = await put(services, { state: 'queued' }, { runToken: null, seq: -1 });

    await runSweep();
    await runSweep();

    expect(host.runs.filter((run) => run.releaseId === id)).toEqual([{ releaseId: id, run: 1 }]);
  });

  test.each(['terminated', 'gone'])(
    'fails a release whose instance is %s, and tells so in the timeline',
    async (how) => {
      const id = services.newReleaseId();
      if (how === 'terminated') {
        host.durable.start(FunctionName.publishToStore, {}, instanceIdOf(id, 1));
        await host.durable.settle();
        host.durable.terminate(instanceIdOf(id, 1));
        await host.durable.settle();
      }
      await put(services, { id, step: 'certify' }, { submissionId: '42', phase: 'committed' });

      await runSweep();
      await runSweep();

      expect(await viewOf(id)).toMatchObject({
        state: 'failed',
        failure: { code: 'run-ended-unexpectedly', retryable: true, step: 'certify' },
        left: ['publication'],
        endedAt: expect.any(String),
        rev: 8,
      });
      const { value } = await services.timeline.list(id, 50);
      expect(value.map(({ event }) => event.type)).toEqual(['failed']);
    },
  );

  test.each([
    ['while its draft is written', ['updateDraft'], 'open', ['draft']],
    ['at the go-live gate', ['updateDraft', 'publishPreview', 'approveGoLive'], 'open', ['draft', 'preview']],
    ['after the go-live', ['updateDraft', 'publishPreview', 'goLive'], 'committed', ['publication']],
    ['before anything is written', ['checkProduct'], 'open', []],
  ] as const)('says what a release of an offer leaves whose run was lost %s', async (_when, names, phase, left) => {
    const steps = names.map((name) => ({ name, state: 'running', startedAt: at, endedAt: null, attempts: 1 }) as const);
    const target = { kind: 'marketplace-product', offerId: 'contoso-monitor' } as const;
    const id = await put(services, { state: 'running', step: names.at(-1)!, steps, target }, { phase });

    await runSweep();

    expect(await viewOf(id)).toMatchObject({ state: 'failed', left });
  });

  test('leaves alone what goes on, and what has ended', async () => {
    const running = services.newReleaseId();
    host.durable.start(FunctionName.publishToStore, {}, instanceIdOf(running, 1));
    await host.durable.settle();
    await put(services, { id: running });
    const ended = await put(services, { state: 'succeeded', endedAt: new Date().toISOString() });
    const before = [await viewOf(running), await viewOf(ended)];

    await runSweep();

    expect([await viewOf(running), await viewOf(ended)]).toEqual(before);
  });

  test.each([
    ['ended', { state: 'succeeded', endedAt: '2026-11-20T11:00:00.000Z' }],
    ['was retried', { state: 'queued', run: 2 }],
  ] as const)('does not fail a release that %s since it was listed', async (_how, view) => {
    const id = await put(services, view);
    const who = { id, kind: 'store-app', tenant: 'tenant', run: 1, runToken: 'token' } as const;
    const seen = { ...who, state: 'running', claim: null, waitInstance: null };
    const active = async function* (): AsyncGenerator<ActiveRelease> {
      yield { ...seen, updatedAt: '2026-11-20T10:00:00.000Z' };
    };
    const before = await viewOf(id);
    const late = await createHttpHost({ ...services, releases: { ...services.releases, active } });

    await late.durable.runTimer(FunctionName.sweep);

    late.close();
    expect(await viewOf(id)).toEqual(before);
  });

  test('gives the claim of a release that has ended to the next, and wakes it', async () => {
    const holder = await put(services, { state: 'failed', endedAt: new Date().toISOString() });
    const next = services.newReleaseId();
    const instance = host.durable.start(FunctionName.publishToStore, {}, instanceIdOf(next, 1));
    await host.durable.settle();
    const [view, record] = waiting('gate', instance);
    await put(services, { id: next, ...view }, record);
    await claims(storage).acquire('product-1', holder);
    await claims(storage).acquire('product-1', next);

    await runSweep();

    expect(await claims(storage).holder('product-1')).toBe(next);
    expect(host.durable.status(instance)?.runtimeStatus).toBe('Completed');
  });

  test('writes audit lines that were left behind', async () => {
    const silent = {
      ...services.audit,
      writePending: async () => Promise.reject(new Error('killed')),
      writeAllPending: async () => 0,
    };
    const forgetful = await createHttpHost({ ...services, audit: silent });
    const { body } = await forgetful.send('POST', '/releases', { body: aDocument() });
    forgetful.close();

    await runSweep();

    const { value } = await audit(storage).list({ top: 200 });
    expect(value.filter((line) => line.releaseId === body.id)).toHaveLength(1);
    expect((await services.releases.read(body.id))?.record.pendingAudit).toEqual([]);
  });

  test('purges what ended before the retention: record, document, timeline, instance', async () => {
    const old = new Date(host.durable.now.getTime());
    const id = services.newReleaseId();
    const instance = host.durable.start(FunctionName.publishToStore, {}, instanceIdOf(id, 1));
    await host.durable.settle();
    host.durable.raise(instance, 'wake:1.1');
    await host.durable.settle();
    await put(services, { id, state: 'succeeded', endedAt: old.toISOString() });
    now = () => new Date(old.getTime() + 180 * day + 3_600_000);

    await runSweep();

    expect(await services.releases.read(id)).toBeUndefined();
    expect(host.durable.status(instance)).toBeUndefined();
  });

  test('does its other parts where one fails', async () => {
    purging = async () => {
      throw new Error('at https://x.blob.core.windows.net/a?sig=c2VjcmV0');
    };
    const id = await put(services, { state: 'queued' }, { runToken: null, seq: -1 });
    host.durable.logs.length = 0;

    await runSweep();

    const logged = JSON.stringify(host.durable.logs);
    expect(host.runs).toContainEqual({ releaseId: id, run: 1 });
    expect(logged).toContain('releasesPurged');
    expect(logged).not.toContain('c2VjcmV0');
  });
});

describe('what is done about a release', () => {
  test.each([
    ['queued', null, 'absent', 'start'],
    ['queued', null, 'Pending', 'leave'],
    ['queued', null, 'Failed', 'fail'],
    ['queued', null, 'unknown', 'leave'],
    ['queued', 'token', 'absent', 'fail'],
    ['running', 'token', 'absent', 'fail'],
    ['running', 'token', 'unknown', 'leave'],
    ['running', 'token', 'Running', 'leave'],
    ['running', 'token', 'ContinuedAsNew', 'leave'],
    ['waiting', 'token', 'Suspended', 'leave'],
    ['waiting', 'token', 'Completed', 'fail'],
    ['waiting', 'token', 'Terminated', 'fail'],
    ['waiting', 'token', 'Canceled', 'fail'],
  ] as const)('that is %s (token %p) with an instance %s: %s', (state, runToken, status, verdict) => {
    expect(judge({ state, runToken }, status)).toBe(verdict);
  });
});

test('the windows of a few hours of sweeps reach back to the beginning, one day each', () => {
  const start = Date.parse('2026-11-20T10:00:00Z');
  const windows = Array.from({ length: 30 }, (_, turn) =>
    windowsOf(new Date(start + turn * 300_000), 180 * day),
  ).flat();

  const whole = windows.filter(({ from }) => from.getTime() > 0);
  const ages = new Set(windows.map(({ to }) => Math.round((start - 180 * day - to.getTime()) / day)));
  expect(ages.size).toBe(31);
  expect(windows.length - whole.length).toBe(1);
  expect(whole.every(({ from, to }) => to.getTime() - from.getTime() === day)).toBe(true);
});
