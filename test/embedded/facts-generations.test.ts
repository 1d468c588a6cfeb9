/* eslint-disable @typescript-eslint/no-unsafe-return -- the SDK types what a yield gives as any */
// Generations of one id, commands to it, and everything that arrives at an awkward moment.
import * as df from 'durable-functions';
import { EventType } from '../../embedded/engine/history';
import { createDurableHost, type DurableHost } from '../support/durable-host';

const day = 86_400_000;
let host: DurableHost;

afterEach(() => host.close());

describe('continue-as-new', () => {
  /** Generation 1 takes one event and goes on; generation 2 waits for one more. */
  async function open(): Promise<string> {
    host = await createDurableHost({
      defaultVersion: '3',
      register() {
        df.app.orchestration('o', function* (ctx) {
          const { n } = ctx.df.getInput<{ n: number }>();
          if (n === 1) ctx.df.setCustomStatus({ set: 'by the first' });
          const data: unknown = yield ctx.df.waitForExternalEvent('e');
          if (n === 1) {
            ctx.df.continueAsNew({ n: 2 });
            return undefined;
          }
          return { data, version: ctx.df.version };
        });
      },
    });
    const id = host.start('o', { n: 1 }, 'one');
    await host.settle();
    return id;
  }

  test('drops what was buffered for the old generation', async () => {
    const id = await open();

    host.raise(id, 'e', 'taken');
    host.raise(id, 'e', 'buffered');
    await host.settle();

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Running', input: { n: 2 } });
  });

  test('keeps what arrives after its last episode has begun', async () => {
    const id = await open();
    const off = host.at('episode-answered', () => {
      off();
      host.raise(id, 'e', 'in time');
    });

    host.raise(id, 'e', 'taken');
    await host.settle();

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: { data: 'in time', version: '3' } });
  });

  test('has a new execution id and history; id, version and custom status stay; createdTime is new', async () => {
    const id = await open();
    const before = host.status(id);
    await host.advance(day);

    host.raise(id, 'e');
    await host.settle();
    const now = host.status(id);

    expect(now?.executionId).not.toBe(before?.executionId);
    expect(now).toMatchObject({ version: '3', customStatus: { set: 'by the first' } });
    expect(now?.createdTime).toEqual(new Date('2026-01-02T00:00:00Z'));
    expect(host.history(id).filter((event) => event.EventType === EventType.OrchestratorStarted)).toHaveLength(1);
    expect(host.history(id)).not.toContainEqual(expect.objectContaining({ EventType: EventType.EventRaised }));
  });

  test('keeps the custom status over generations that set none', async () => {
    host = await createDurableHost({
      register() {
        df.app.orchestration('o', function* (ctx) {
          const { n } = ctx.df.getInput<{ n: number }>();
          if (n === 1) ctx.df.setCustomStatus({ set: 'by the first' });
          if (n < 4) ctx.df.continueAsNew({ n: n + 1 });
        });
      },
    });

    const id = host.start('o', { n: 1 });
    await host.settle();

    expect(host.status(id)).toMatchObject({
      runtimeStatus: 'Completed',
      input: { n: 4 },
      customStatus: { set: 'by the first' },
    });
  });

  test('keeps a child a child: its parent hears of the last generation', async () => {
    host = await createDurableHost({
      register() {
        df.app.orchestration('child', function* (ctx) {
          const { n } = ctx.df.getInput<{ n: number }>();
          if (n < 50) ctx.df.continueAsNew({ n: n + 1 });
          return n;
        });
        df.app.orchestration('o', function* (ctx) {
          return yield ctx.df.callSubOrchestrator('child', { n: 0 });
        });
      },
    });

    const id = host.start('o');
    await host.settle();

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: 50 });
  });
});

describe('a late completion', () => {
  test('is dropped by a generation that did not ask for it', async () => {
    const releases: (() => void)[] = [];
    host = await createDurableHost({
      register() {
        df.app.activity('a', {
          handler: ({ who }: { who: string }) => new Promise((resolve) => releases.push(() => resolve(who))),
        });
        df.app.orchestration('o', function* (ctx) {
          return yield ctx.df.callActivity('a', ctx.df.getInput());
        });
      },
    });
    host.start('o', { who: 'old' }, 'one');
    await host.waitFor(() => releases.length === 1);
    host.terminate('one', 'enough');
    await host.waitFor(() => host.status('one')?.runtimeStatus === 'Terminated');
    host.start('o', { who: 'new' }, 'one');
    await host.waitFor(() => releases.length === 2);

    releases.forEach((release) => release());
    await host.settle();

    expect(host.status('one')).toMatchObject({ runtimeStatus: 'Completed', output: 'new' });
  });
});

describe('an id that exists', () => {
  async function open(): Promise<void> {
    host = await createDurableHost({
      register() {
        df.app.orchestration('o', function* (ctx) {
          ctx.df.setCustomStatus({ of: ctx.df.getInput() });
          return yield ctx.df.waitForExternalEvent('go');
        });
        df.app.orchestration('parent', function* (ctx) {
          yield ctx.df.callSubOrchestrator('o', {}, 'taken');
        });
      },
    });
  }

  test('is refused while active and replaced when ended, with nothing of the old one left', async () => {
    await open();
    host.start('o', 1, 'one');
    expect(() => host.start('o', 2, 'one')).toThrow('The instance is Pending.');
    await host.settle();
    expect(() => host.start('o', 2, 'one')).toThrow('The instance is Running.');
    host.raise('one', 'go', 'ended');
    await host.settle();

    host.start('o', 2, 'one');

    expect(host.status('one')).toMatchObject({ runtimeStatus: 'Pending', input: 2 });
    expect(host.status('one')).toMatchObject({ output: undefined, customStatus: undefined });
    expect(host.history('one')).toEqual([]);
  });

  test('is what a child may not take while it is active', async () => {
    await open();
    host.start('o', 1, 'taken');

    const id = host.start('parent');
    await host.settle();

    expect(host.status(id)?.output).toMatch(/already exists/);
    expect(host.status('taken')).toMatchObject({ runtimeStatus: 'Running', input: 1 });
  });
});

describe('suspend and resume', () => {
  test('what happens meanwhile is recorded; actions and status wait for the resume', async () => {
    let ran = 0;
    host = await createDurableHost({
      register() {
        df.app.activity('a', { handler: () => ++ran });
        df.app.orchestration('o', function* (ctx) {
          const data: unknown = yield ctx.df.waitForExternalEvent('go');
          ctx.df.setCustomStatus('went');
          yield ctx.df.callActivity('a', {});
          return data;
        });
      },
    });
    const id = host.start('o');
    await host.settle();
    host.suspend(id, 'lunch');
    await host.settle();
    expect(host.suspend(id)).toBe('conflict');

    host.raise(id, 'go', 7);
    await host.advance(day);
    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Suspended', customStatus: undefined });
    expect(ran).toBe(0);
    host.resume(id);
    await host.settle();

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: 7, customStatus: 'went' });
    expect(ran).toBe(1);
  });

  test('what came before a suspend still takes effect', async () => {
    let ran = 0;
    host = await createDurableHost({
      register() {
        df.app.activity('a', { handler: () => ++ran });
        df.app.orchestration('o', function* (ctx) {
          yield ctx.df.waitForExternalEvent('go');
          yield ctx.df.callActivity('a', {});
          yield ctx.df.waitForExternalEvent('go');
        });
      },
    });
    const id = host.start('o');
    await host.settle();

    host.raise(id, 'go');
    host.suspend(id);
    await host.settle();

    expect(ran).toBe(1);
    expect(host.status(id)?.runtimeStatus).toBe('Suspended');
    expect(host.resume(id)).toBe('accepted');
    await host.settle();
    expect(host.resume(id)).toBe('conflict');
  });

  test('a suspended instance can be terminated, and survives a kill suspended', async () => {
    host = await createDurableHost({
      register() {
        df.app.orchestration('o', function* (ctx) {
          yield ctx.df.waitForExternalEvent('go');
        });
      },
    });
    const id = host.start('o');
    host.suspend(id);
    await host.settle();

    host.restart();
    host.raise(id, 'go');
    await host.settle();
    expect(host.status(id)?.runtimeStatus).toBe('Suspended');
    host.terminate(id, 'enough');
    await host.settle();

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Terminated', output: 'enough' });
  });
});

describe('terminate and purge', () => {
  test('terminate ends at once, drops timers and leaves children alone', async () => {
    host = await createDurableHost({
      register() {
        df.app.orchestration('child', function* (ctx) {
          return yield ctx.df.waitForExternalEvent('go');
        });
        df.app.orchestration('o', function* (ctx) {
          const timer = ctx.df.createTimer(new Date(ctx.df.currentUtcDateTime.getTime() + day));
          yield ctx.df.Task.all([timer, ctx.df.callSubOrchestrator('child', {}, 'child')]);
        });
      },
    });
    const id = host.start('o');
    await host.settle();

    host.terminate(id, 'enough');
    await host.settle();

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Terminated', output: 'enough' });
    expect(host.clock.next).toBeUndefined();
    expect(host.status('child')?.runtimeStatus).toBe('Running');
    expect([host.terminate(id), host.raise(id, 'x'), host.terminate('absent')]).toEqual(['ended', 'ended', 'absent']);
  });

  test('a child that is terminated fails its parent’s call with the reason', async () => {
    host = await createDurableHost({
      register() {
        df.app.orchestration('child', function* (ctx) {
          yield ctx.df.waitForExternalEvent('go');
        });
        df.app.orchestration('o', function* (ctx) {
          yield ctx.df.callSubOrchestrator('child', {}, 'child');
        });
      },
    });
    const id = host.start('o');
    await host.settle();

    host.terminate('child', 'enough');
    await host.settle();

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Failed' });
    expect(host.status(id)?.output).toContain('enough');
  });

  test('purge forgets an instance, a running one, too, and late messages to it are harmless', async () => {
    let release: (() => void) | undefined;
    host = await createDurableHost({
      register() {
        df.app.activity('a', { handler: () => new Promise<void>((resolve) => (release = resolve)) });
        df.app.orchestration('o', function* (ctx) {
          yield ctx.df.callActivity('a', {});
        });
      },
    });
    const id = host.start('o');
    await host.waitFor(() => release !== undefined);

    expect([host.purge(id), host.purge(id)]).toEqual([1, 0]);
    release?.();
    await host.settle();

    expect(host.status(id)).toBeUndefined();
    expect(host.logs.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

test('purging the instance with the next timer keeps nobody else from waking', async () => {
  host = await createDurableHost({
    register() {
      df.app.orchestration('o', function* (ctx) {
        yield ctx.df.createTimer(new Date(ctx.df.currentUtcDateTime.getTime() + ctx.df.getInput<number>()));
      });
    },
  });
  const first = host.start('o', day);
  const second = host.start('o', 2 * day);
  await host.settle();

  host.purge(first);
  await host.run(second);

  expect(host.status(second)?.runtimeStatus).toBe('Completed');
});

describe('one episode at a time', () => {
  test('events that arrive at every point of an episode are all served, in order', async () => {
    const total = 12;
    let inside = 0;
    let most = 0;
    host = await createDurableHost({
      register() {
        df.app.orchestration('o', function* (ctx) {
          const seen: unknown[] = [];
          while (seen.length < total) seen.push(yield ctx.df.waitForExternalEvent('e'));
          return seen;
        });
      },
    });
    const id = host.start('o');
    let sent = 0;
    const send = (): void => {
      if (sent < total) host.raise(id, 'e', sent++);
    };
    host.at('episode-loaded', () => {
      most = Math.max(most, ++inside);
      send();
    });
    host.at('episode-answered', send);
    host.at('episode-committed', () => {
      inside -= 1;
      send();
    });
    await host.run(id);

    expect(host.status(id)?.output).toEqual(Array.from({ length: total }, (_, n) => n));
    expect(most).toBe(1);
  });
});

describe('killed', () => {
  const points = [
    'episode-loaded',
    'episode-answered',
    'episode-committing',
    'episode-committed',
    'activity-starting',
    'activity-returned',
    'activity-completed',
    'timers-firing',
  ] as const;

  test.each(points)('at each pass of %s, everything happens as without', async (point) => {
    const runs: string[] = [];
    host = await createDurableHost({
      onDisk: true,
      register() {
        df.app.activity('a', { handler: ({ n }: { n: number }) => runs.push(`a${n}`) && { n } });
        df.app.orchestration('child', function* (ctx) {
          const { n } = ctx.df.getInput<{ n: number }>();
          yield ctx.df.createTimer(new Date(ctx.df.currentUtcDateTime.getTime() + 1000));
          const { n: result } = yield ctx.df.callActivity('a', { n });
          if (n < 2) ctx.df.continueAsNew({ n: n + 1 });
          return { result };
        });
        df.app.orchestration('o', function* (ctx) {
          const child = ctx.df.callSubOrchestrator('child', { n: 0 }, 'child');
          const [first, second] = yield ctx.df.Task.all([child, ctx.df.callActivity('a', { n: 9 })]);
          return { first, second };
        });
      },
    });
    const id = host.start('o', undefined, 'one');

    // The n-th run is killed at its n-th pass of the point, so that every pass is a place of death once.
    let kills = 0;
    for (let passes = 1; passes < 40; passes++) {
      let left = passes;
      const off = host.at(point, () => {
        if (--left === 0) host.kill();
      });
      await host.run(id);
      off();
      if (host.status(id)?.runtimeStatus === 'Completed') break;
      kills += 1;
      host.restart();
    }
    await host.run(id);

    expect(kills).toBeGreaterThan(0);
    expect(host.status(id)).toMatchObject({
      runtimeStatus: 'Completed',
      output: { first: { result: 2 }, second: { n: 9 } },
    });
    expect(new Set(runs)).toEqual(new Set(['a0', 'a1', 'a2', 'a9']));
    const completed = host
      .history(id)
      .flatMap(({ TaskScheduledId }) => (TaskScheduledId === undefined ? [] : [TaskScheduledId]));
    expect(completed.sort()).toEqual([0, 1]);
  });
});
