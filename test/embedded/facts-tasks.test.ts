/* eslint-disable @typescript-eslint/no-unsafe-return -- the SDK types what a yield gives as any */
// Waiters, events and what becomes of tasks that are shared, raced, forgotten or held. What the SDK does is its
// lib/src/orchestrations/TaskOrchestrationExecutor.js and lib/src/task/*.js (durable-functions 3.5.0).
import * as df from 'durable-functions';
import type { OrchestrationContext } from 'durable-functions';
import { EventType } from '../../embedded/engine/history';
import { createDurableHost, type DurableHost } from '../support/durable-host';

const minute = 60_000;
let host: DurableHost;

afterEach(() => host.close());

/** Opens a host with one orchestrator, `o`, and an activity `a` that answers its input and counts its runs. */
async function open(orchestrator: (ctx: OrchestrationContext) => Generator<df.Task, unknown>): Promise<string[]> {
  const runs: string[] = [];
  host = await createDurableHost({
    register() {
      df.app.activity('a', { handler: (input: { n: string }) => (runs.push(input.n), input) });
      df.app.orchestration('o', orchestrator as df.OrchestrationHandler);
    },
  });
  return runs;
}

function after(ctx: OrchestrationContext, ms: number): Date {
  return new Date(ctx.df.currentUtcDateTime.getTime() + ms);
}

describe('waiters', () => {
  test('several of one name are served newest first', async () => {
    await open(function* (ctx) {
      const [older, newer] = [ctx.df.waitForExternalEvent('e'), ctx.df.waitForExternalEvent('e')];
      yield ctx.df.Task.all([older, newer]);
      return { older: older.result, newer: newer.result };
    });
    const id = host.start('o');
    await host.settle();

    host.raise(id, 'e', 'first');
    host.raise(id, 'e', 'second');
    await host.settle();

    expect(host.status(id)?.output).toEqual({ older: 'second', newer: 'first' });
  });

  test('one that lost to a timer swallows an event that comes while an activity runs', async () => {
    let isHeld = false;
    let release: () => void = () => undefined;
    host = await createDurableHost({
      register() {
        df.app.activity('slow', {
          handler: () => {
            isHeld = true;
            return new Promise<void>((resolve) => (release = resolve));
          },
        });
        df.app.orchestration('poll', function* (ctx) {
          for (let round = 0; round < 2; round++) {
            const bell = ctx.df.waitForExternalEvent('bell');
            const timer = ctx.df.createTimer(after(ctx, minute));
            const winner = yield ctx.df.Task.any([bell, timer]);
            if (winner === bell) {
              timer.cancel();
              return `heard in round ${round}`;
            }
            if (round === 0) yield ctx.df.callActivity('slow', {});
          }
          return 'never heard';
        });
      },
    });
    const id = host.start('poll');
    await host.settle();
    host.clock.step(host.clock.now() + minute);
    await host.waitFor(() => isHeld);

    host.raise(id, 'bell');
    await host.waitFor(() => host.history(id).some((event) => event.EventType === EventType.EventRaised));
    release();
    await host.run(id);

    expect(host.status(id)?.output).toBe('never heard');
  });

  test('a new one goes before one that lost to a timer, in the SDK and in the host', async () => {
    const runs = await open(function* (ctx) {
      yield ctx.df.Task.any([ctx.df.waitForExternalEvent('e'), ctx.df.createTimer(after(ctx, minute))]);
      const data: unknown = yield ctx.df.waitForExternalEvent('e');
      yield ctx.df.callActivity('a', { n: 'after' });
      return data;
    });
    const id = host.start('o');
    await host.advance(minute);

    host.raise(id, 'e', 'heard');
    await host.settle();

    expect([host.status(id)?.output, runs]).toEqual(['heard', ['after']]);
  });

  test('events of one name that nobody waits for are kept in order, also over replays', async () => {
    await open(function* (ctx) {
      const seen: unknown[] = [];
      for (const n of ['1', '2', '3']) {
        yield ctx.df.callActivity('a', { n });
        seen.push(yield ctx.df.waitForExternalEvent('e'));
      }
      return seen;
    });
    const id = host.start('o');

    for (const data of ['x', 'y', 'z']) host.raise(id, 'e', data);
    await host.settle();

    expect(host.status(id)?.output).toEqual(['x', 'y', 'z']);
  });

  test('an event whose name is the number of a task completes that task with its payload', async () => {
    let release: () => void = () => undefined;
    host = await createDurableHost({
      register() {
        df.app.activity('held', {
          handler: () => new Promise<string>((resolve) => (release = () => resolve('the activity’s own'))),
        });
        df.app.orchestration('o', function* (ctx) {
          const result: unknown = yield ctx.df.callActivity('held', {});
          ctx.df.setCustomStatus({ result });
          return result;
        });
      },
    });
    const id = host.start('o');
    await host.waitFor(() => host.history(id).length > 0);

    host.raise(id, '0', 'an intruder’s');
    await host.waitFor(() => host.status(id)?.customStatus !== undefined);
    release();
    await host.settle();

    expect(host.status(id)?.output).toBe('an intruder’s');
  });
});

describe('compounds', () => {
  test('any of any and all, nested, ends with the first that ends', async () => {
    await open(function* (ctx) {
      const { Task } = ctx.df;
      const both = Task.all([ctx.df.callActivity('a', { n: '1' }), ctx.df.callActivity('a', { n: '2' })]);
      const never = Task.any([ctx.df.waitForExternalEvent('x'), ctx.df.waitForExternalEvent('y')]);
      const winner = yield Task.any([never, both]);
      return { isBoth: winner === both, results: both.result };
    });

    const id = host.start('o');
    await host.settle();

    expect(host.status(id)?.output).toEqual({ isBoth: true, results: [{ n: '1' }, { n: '2' }] });
  });

  test('all answers in the order of its tasks, whichever ends first', async () => {
    await open(function* (ctx) {
      return yield ctx.df.Task.all([ctx.df.waitForExternalEvent('late'), ctx.df.callActivity('a', { n: 'early' })]);
    });
    const id = host.start('o');
    await host.settle();

    host.raise(id, 'late', 'late');
    await host.settle();

    expect(host.status(id)?.output).toEqual(['late', { n: 'early' }]);
  });

  test('all that failed holds the next step, and the end, until its other tasks have ended', async () => {
    const runs: string[] = [];
    host = await createDurableHost({
      register() {
        df.app.activity('bad', { handler: () => Promise.reject(new Error('no')) });
        df.app.activity('a', { handler: (input: { n: string }) => runs.push(input.n) });
        df.app.orchestration('o', function* (ctx) {
          const { Task } = ctx.df;
          try {
            yield Task.all([ctx.df.callActivity('bad', {}), ctx.df.createTimer(after(ctx, minute))]);
          } catch {
            ctx.df.setCustomStatus('caught');
            yield ctx.df.callActivity('a', { n: 'next' });
          }
          yield Task.all([ctx.df.callActivity('bad', {}), ctx.df.waitForExternalEvent('go')]);
        });
      },
    });
    const id = host.start('o');
    await host.settle();
    expect([host.status(id)?.customStatus, runs]).toEqual(['caught', []]);

    await host.advance(minute);
    expect([host.status(id)?.runtimeStatus, runs]).toEqual(['Running', ['next']]);
    host.raise(id, 'go');
    await host.settle();

    expect(host.status(id)?.runtimeStatus).toBe('Failed');
    expect(host.status(id)?.output).toContain("Activity function 'bad' failed: no");
  });

  test('any over a task that has ended never ends', async () => {
    await open(function* (ctx) {
      const done = ctx.df.callActivity('a', { n: '1' });
      yield done;
      yield ctx.df.Task.any([done, ctx.df.waitForExternalEvent('e')]);
      return 'on';
    });
    const id = host.start('o');
    await host.settle();

    expect(host.status(id)?.runtimeStatus).toBe('Running');
    host.raise(id, 'e');
    await host.settle();
    expect(host.status(id)?.output).toBe('on');
  });

  test('all of nothing throws', async () => {
    await open(function* (ctx) {
      yield ctx.df.Task.all([]);
      return 'on';
    });

    const id = host.start('o');
    await host.settle();

    expect(host.status(id)?.runtimeStatus).toBe('Failed');
    expect(host.status(id)?.output).toContain('you must specify at least one Task');
  });

  test('a task in a second compound is asked for again and runs again', async () => {
    const runs = await open(function* (ctx) {
      const shared = ctx.df.callActivity('a', { n: 'shared' });
      yield ctx.df.Task.any([shared, ctx.df.waitForExternalEvent('e')]);
      yield ctx.df.Task.any([shared, ctx.df.waitForExternalEvent('e'), ctx.df.callActivity('a', { n: 'other' })]);
      return 'on';
    });
    const id = host.start('o');
    await host.settle();

    expect(host.status(id)?.output).toBe('on');
    expect(runs).toEqual(['shared', 'shared', 'other']);
  });
});

describe('tasks', () => {
  test('one that is made and not yielded is never scheduled', async () => {
    const runs = await open(function* (ctx) {
      ctx.df.callActivity('a', { n: 'forgotten' });
      yield ctx.df.callActivity('a', { n: 'yielded' });
      return 'on';
    });

    const id = host.start('o');
    await host.settle();

    expect(host.status(id)?.output).toBe('on');
    expect(runs).toEqual(['yielded']);
  });

  test('a yield of what is no task fails the instance', async () => {
    await open(function* () {
      yield { no: 'task' } as never;
      return 'on';
    });

    const id = host.start('o');
    await host.settle();

    expect(host.status(id)?.runtimeStatus).toBe('Failed');
    expect(host.status(id)?.output).toContain('programming constraint violation');
  });

  test('a timer whose time has passed fires at once', async () => {
    await open(function* (ctx) {
      yield ctx.df.createTimer(after(ctx, -minute));
      return 'on';
    });

    const id = host.start('o');
    await host.run(id);

    expect(host.status(id)?.output).toBe('on');
    expect(host.now).toEqual(new Date('2026-01-01T00:00:00Z'));
  });

  test('a long timer that is cancelled is dropped, and what comes after it goes on', async () => {
    const runs = await open(function* (ctx) {
      const bell = ctx.df.waitForExternalEvent('bell');
      const timer = ctx.df.createTimer(after(ctx, 1000 * 24 * 60 * minute));
      yield ctx.df.Task.any([bell, timer]);
      timer.cancel();
      yield ctx.df.callActivity('a', { n: 'after' });
      return 'on';
    });
    const id = host.start('o');
    await host.settle();

    host.raise(id, 'bell');
    await host.settle();

    expect(host.status(id)?.output).toBe('on');
    expect([runs, host.clock.next]).toEqual([['after'], undefined]);
  });

  test('retries wait as long as RetryOptions says', async () => {
    const at: string[] = [];
    host = await createDurableHost({
      register() {
        df.app.activity('flaky', {
          handler: () => {
            at.push(host.now.toISOString().slice(11, 19));
            if (at.length < 3) throw new Error('no');
            return 'ok';
          },
        });
        df.app.orchestration('o', function* (ctx) {
          return yield ctx.df.callActivityWithRetry('flaky', new df.RetryOptions(5 * minute, 3), {});
        });
      },
    });

    const id = host.start('o');
    await host.run(id);

    expect(host.status(id)?.output).toBe('ok');
    expect(at).toEqual(['00:00:00', '00:05:00', '00:10:00']);
  });
});
