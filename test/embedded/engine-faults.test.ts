/* eslint-disable @typescript-eslint/no-unsafe-return -- the SDK types what a yield gives as any */
// What happens at the engine's edges: promises of the runtime, not facts of Azure.
import { DatabaseSync } from 'node:sqlite';
import * as df from 'durable-functions';
import { systemClock } from '../../embedded/engine/clock';
import { createDurableHost, type DurableHost, type DurableHostOptions } from '../support/durable-host';

const hour = 3_600_000;

describe('the engine', () => {
  let host: DurableHost;

  afterEach(() => host.close());

  /** A host and the connection of its store. */
  async function createWithConnection(options: DurableHostOptions): Promise<DatabaseSync> {
    const opened = jest.spyOn(DatabaseSync.prototype, 'exec');
    host = await createDurableHost(options);
    const database = opened.mock.contexts.at(-1) as DatabaseSync | undefined; // `this` of the store's own connection.
    opened.mockRestore();
    if (database === undefined) throw new Error('No database was opened.');
    return database;
  }

  test('an activity is not run again because its completion cannot be written, whatever the reason', async () => {
    let runs = 0;
    const database = await createWithConnection({
      register() {
        df.app.activity('count', { handler: () => ++runs });
        df.app.orchestration('counting', function* (ctx) {
          return yield ctx.df.callActivity('count', {});
        });
      },
    });
    const id = host.start('counting');
    host.at('activity-returned', () => database.exec('PRAGMA query_only = 1'), 'count');
    await host.waitFor(() => host.logs.some(({ message }) => message.includes('attempt to write a readonly database')));

    const refusal = host.store.refusal;
    host.clock.step(host.clock.now() + 1_000);
    database.exec('PRAGMA query_only = 0');
    host.clock.step(host.clock.now() + 1_000);
    await host.run(id);

    expect(refusal).toContain('Nothing new is accepted until it can');
    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: 1 });
  });

  test('a child that takes the id of an instance that has just ended gets nothing that was meant for that one', async () => {
    let isFirstLeft: () => void = () => undefined;
    const parentEnded = new Promise<void>((resolve) => (isFirstLeft = resolve));
    host = await createDurableHost({
      register() {
        df.app.orchestration('brief', function* (ctx) {
          return yield ctx.df.callActivity('noop', {});
        });
        df.app.activity('noop', { handler: () => 'done' });
        df.app.orchestration('parent', function* (ctx) {
          return yield ctx.df.callSubOrchestrator('brief', {}, 'shared');
        });
      },
    });
    let episodes = 0;
    host.at(
      'episode-answered',
      () => {
        episodes += 1;
        // The first instance is about to end: this comes too late for it.
        if (episodes === 2) host.terminate('shared', 'meant for the first');
      },
      'brief',
    );
    host.at(
      'episode-committed',
      async () => {
        if (episodes !== 2) return;
        host.start('parent', undefined, 'the-parent');
        await parentEnded;
      },
      'brief',
    );
    host.at('episode-committed', () => isFirstLeft(), 'parent');

    host.start('brief', undefined, 'shared');
    await host.run();

    expect(host.status('the-parent')).toMatchObject({ runtimeStatus: 'Completed', output: 'done' });
  });

  test('a timer that no clock can reach fails its instance by name, and others go on', async () => {
    host = await createDurableHost({
      register() {
        df.app.activity('refuse', {
          handler: () => {
            throw new Error('no');
          },
        });
        df.app.orchestration('patient', function* (ctx) {
          return yield ctx.df.callActivityWithRetry('refuse', new df.RetryOptions(1e18, 2), {});
        });
      },
    });

    const id = host.start('patient');
    await host.waitFor(() => host.logs.some(({ level }) => level === 'error') || host.app.engine.isIdle);

    expect(host.status(id)).toMatchObject({
      runtimeStatus: 'Failed',
      output: expect.stringContaining('timer') as unknown,
    });
  });
});

describe('the machine’s clock', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  test('wakes soon after its time also when the machine has slept or its clock was put forward', () => {
    let wakes = 0;
    systemClock.schedule(Date.now() + 6 * hour, () => (wakes += 1));
    jest.advanceTimersByTime(hour);

    // The wall clock goes on, the count of a timer does not: so it is when a machine sleeps.
    jest.setSystemTime(Date.now() + 6 * hour);
    jest.advanceTimersByTime(60_000);

    expect(wakes).toBe(1);
  });

  test('does not wake before its time when the clock was put back, and not after it was told not to', () => {
    let wakes = 0;
    const cancel = systemClock.schedule(Date.now() + hour, () => (wakes += 1));
    systemClock.schedule(Date.now() + hour, () => (wakes += 10));
    jest.setSystemTime(Date.now() - hour);
    jest.advanceTimersByTime(hour + 60_000);
    const early = wakes;
    cancel();
    jest.advanceTimersByTime(hour);

    expect([early, wakes]).toEqual([0, 10]);
  });
});
