/* eslint-disable @typescript-eslint/no-unsafe-return -- the SDK types what a yield gives as any */
// Which effects an orchestration has, under which numbers, and when it may end.
import * as df from 'durable-functions';
import type { OrchestrationContext } from 'durable-functions';
import { EventType, type HistoryEvent } from '../../embedded/engine/history';
import { createDurableHost, type DurableHost, type DurableHostOptions } from '../support/durable-host';

const minute = 60_000;
const day = 86_400_000;
let host: DurableHost;

afterEach(() => host.close());

async function open(register: () => void, options: DurableHostOptions = {}): Promise<void> {
  host = await createDurableHost({ register, ...options });
}

function after(ctx: OrchestrationContext, ms: number): Date {
  return new Date(ctx.df.currentUtcDateTime.getTime() + ms);
}

/** What was scheduled, as number and name, in the order of the history. */
function scheduled(id: string): string[] {
  const kinds: readonly number[] = [
    EventType.TaskScheduled,
    EventType.TimerCreated,
    EventType.SubOrchestrationInstanceCreated,
  ];
  return host
    .history(id)
    .filter((event) => kinds.includes(event.EventType))
    .map((event) => `${event.EventId} ${event.Name ?? 'timer'}`);
}

function eventsOf(id: string, type: EventType): HistoryEvent[] {
  return host.history(id).filter((event) => event.EventType === type);
}

function act(name: string, handler: (input: unknown) => unknown = () => ({})): void {
  df.app.activity(name, { handler });
}

describe('an end waits for what is open', () => {
  test('a timer that was not cancelled keeps a finished orchestration running until it fires', async () => {
    await open(() => {
      df.app.orchestration('o', function* (ctx) {
        yield ctx.df.Task.any([ctx.df.waitForExternalEvent('go'), ctx.df.createTimer(after(ctx, day))]);
        return 'done';
      });
    });
    const id = host.start('o');
    await host.settle();

    host.raise(id, 'go');
    await host.settle();
    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Running', output: undefined });
    await host.run(id);

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: 'done' });
    expect(host.now).toEqual(new Date('2026-01-02T00:00:00Z'));
  });

  test.each(['return', 'throw', 'continue'])('an activity that is still running holds back %s', async (how) => {
    let isRunning = false;
    let release: () => void = () => undefined;
    await open(() => {
      act('slow', () => {
        isRunning = true;
        return new Promise<void>((resolve) => (release = resolve));
      });
      df.app.orchestration('o', function* (ctx) {
        if (ctx.df.getInput() === 2) return 'second generation';
        yield ctx.df.Task.any([ctx.df.callActivity('slow', {}), ctx.df.waitForExternalEvent('go')]);
        if (how === 'throw') throw new Error('no');
        if (how === 'continue') ctx.df.continueAsNew(2);
        return 'first generation';
      });
    });
    const id = host.start('o');
    await host.waitFor(() => isRunning);
    host.raise(id, 'go');
    await host.waitFor(() => eventsOf(id, EventType.OrchestratorCompleted).length === 2);

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Running', output: undefined });
    release();
    await host.settle();

    expect(host.status(id)?.runtimeStatus).toBe(how === 'throw' ? 'Failed' : 'Completed');
  });

  test('a cancelled timer holds nothing back', async () => {
    await open(() => {
      df.app.orchestration('o', function* (ctx) {
        const timer = ctx.df.createTimer(after(ctx, day));
        yield ctx.df.Task.any([ctx.df.waitForExternalEvent('go'), timer]);
        timer.cancel();
        return 'done';
      });
    });
    const id = host.start('o');
    await host.settle();

    host.raise(id, 'go');
    await host.settle();

    expect(host.status(id)?.runtimeStatus).toBe('Completed');
  });
});

describe('numbers', () => {
  test('go into compounds depth first; events, compounds and continue-as-new have none', async () => {
    await open(() => {
      act('a');
      act('b');
      act('c');
      df.app.orchestration('child', function* () {
        return {};
      });
      df.app.orchestration('o', function* (ctx) {
        const { Task } = ctx.df;
        const timer = ctx.df.createTimer(after(ctx, day));
        const inner = Task.all([ctx.df.callActivity('a', {}), ctx.df.callSubOrchestrator('child', {})]);
        yield Task.any([ctx.df.waitForExternalEvent('x'), timer, inner]);
        yield Task.all([ctx.df.callActivity('b', {})]);
        yield inner;
        timer.cancel();
        yield ctx.df.callActivity('c', {});
      });
    });

    const id = host.start('o');
    await host.run(id);

    expect(host.status(id)?.runtimeStatus).toBe('Completed');
    expect(scheduled(id)).toEqual(['0 timer', '1 a', '2 child', '3 b', '4 c']);
  });

  test('a timer of any length is one timer', async () => {
    await open(() => {
      act('a');
      df.app.orchestration('o', function* (ctx) {
        yield ctx.df.createTimer(after(ctx, 100 * day));
        yield ctx.df.callActivity('a', {});
      });
    });

    const id = host.start('o');
    await host.run(id);

    expect(scheduled(id)).toEqual(['0 timer', '1 a']);
    expect(host.now).toEqual(new Date('2026-04-11T00:00:00Z'));
  });

  test('a retry takes attempt, wait, attempt, and after the last failure a wait that is over at once', async () => {
    await open(() => {
      act('bad', () => Promise.reject(new Error('no')));
      act('next');
      df.app.orchestration('o', function* (ctx) {
        try {
          yield ctx.df.callActivityWithRetry('bad', new df.RetryOptions(minute, 3), {});
        } catch {
          yield ctx.df.callActivity('next', {});
        }
        return 'done';
      });
    });

    const id = host.start('o');
    await host.run(id);

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: 'done' });
    expect(scheduled(id)).toEqual(['0 bad', '1 timer', '2 bad', '3 timer', '4 bad', '5 timer', '6 next']);
    expect(host.now).toEqual(new Date('2026-01-01T00:02:00Z'));
  });

  test('a retry beside others takes its further numbers when its failure is processed', async () => {
    let attempts = 0;
    await open(() => {
      act('flaky', () => (++attempts < 2 ? Promise.reject(new Error('no')) : 'ok'));
      act('steady', () => 'steady');
      act('next');
      df.app.orchestration('o', function* (ctx) {
        const flaky = ctx.df.callActivityWithRetry('flaky', new df.RetryOptions(minute, 3), {});
        const results = yield ctx.df.Task.all([flaky, ctx.df.callActivity('steady', {})]);
        yield ctx.df.callActivity('next', {});
        return results;
      });
    });

    const id = host.start('o');
    await host.run(id);

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: ['ok', 'steady'] });
    expect(scheduled(id)).toEqual(['0 flaky', '1 steady', '2 timer', '3 flaky', '4 next']);
  });

  test('a sub-orchestration is retried in the same way', async () => {
    let runs = 0;
    await open(() => {
      df.app.orchestration('child', function* () {
        runs += 1;
        if (runs < 2) throw new Error('no');
        return 'ok';
      });
      df.app.orchestration('o', function* (ctx) {
        return yield ctx.df.callSubOrchestratorWithRetry('child', new df.RetryOptions(minute, 2), {}, 'kid');
      });
    });

    const id = host.start('o');
    await host.run(id);

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: 'ok' });
    expect(scheduled(id)).toEqual(['0 child', '1 timer', '2 child']);
  });

  test('a timer cancelled in the answer in which it first appears keeps its number and is never set', async () => {
    await open(() => {
      act('a');
      df.app.orchestration('o', function* (ctx) {
        yield ctx.df.callActivity('a', {});
        const timer = ctx.df.createTimer(after(ctx, day));
        const bell = ctx.df.waitForExternalEvent('bell');
        yield ctx.df.Task.any([bell, timer]);
        timer.cancel();
        yield ctx.df.callActivity('a', {});
        yield ctx.df.callActivity('a', {});
        return bell.result;
      });
    });

    const id = host.start('o');
    host.raise(id, 'bell', { n: 1 });
    await host.settle();

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: { n: 1 } });
    expect(scheduled(id)).toEqual(['0 a', '2 a', '3 a']);
  });
});

describe('replay', () => {
  test('another activity under the same number fails the instance and says which', async () => {
    let name = 'a';
    await open(() => {
      act('a');
      act('b');
      df.app.orchestration('o', function* (ctx) {
        yield ctx.df.callActivity(name, {});
        yield ctx.df.waitForExternalEvent('go');
      });
    });
    const id = host.start('o');
    await host.settle();

    name = 'b';
    host.raise(id, 'go');
    await host.settle();

    expect(host.status(id)?.runtimeStatus).toBe('Failed');
    expect(host.status(id)?.output).toMatch(/number 0 was the activity 'a' and is now the activity 'b'/);
  });

  test('something that is not asked for any more fails the instance, too', async () => {
    let isThere = true;
    await open(() => {
      act('a');
      df.app.orchestration('o', function* (ctx) {
        if (isThere) yield ctx.df.callActivity('a', {});
        yield ctx.df.waitForExternalEvent('go');
      });
    });
    const id = host.start('o');
    await host.settle();

    isThere = false;
    host.raise(id, 'go');
    await host.settle();

    expect(host.status(id)?.output).toMatch(/number 0 was the activity 'a' and is not asked for any more/);
  });

  test('other inputs, times and letter cases are no difference', async () => {
    let n = 0;
    await open(() => {
      act('a');
      df.app.orchestration('o', function* (ctx) {
        n += 1;
        const timer = ctx.df.createTimer(after(ctx, n * minute));
        yield ctx.df.callActivity(n % 2 === 0 ? 'A' : 'a', { n });
        yield timer;
        return 'done';
      });
    });

    const id = host.start('o');
    await host.run(id);

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: 'done' });
  });

  test('time is the episode’s start, the same within it, never backwards, and replaying is told', async () => {
    const seen: [string, boolean][] = [];
    await open(() => {
      act('a');
      df.app.orchestration('o', function* (ctx) {
        const look = (): number =>
          seen.push([ctx.df.currentUtcDateTime.toISOString().slice(11, 19), ctx.df.isReplaying]);
        look();
        yield ctx.df.createTimer(after(ctx, minute));
        look();
        yield ctx.df.callActivity('a', {});
        look();
      });
    });

    const id = host.start('o');
    await host.run(id);

    expect(seen.slice(-3)).toEqual([
      ['00:00:00', true],
      ['00:01:00', true],
      ['00:01:00', false],
    ]);
    const times = eventsOf(id, EventType.OrchestratorStarted).map(({ Timestamp }) => Timestamp);
    expect(times).toEqual([...times].sort());
  });
});

describe('a failed orchestrator', () => {
  test('has its actions and its custom status carried out first, and fails when they are done', async () => {
    let ran = 0;
    await open(() => {
      act('a', () => ++ran);
      df.app.orchestration('o', function* (ctx) {
        yield ctx.df.Task.any([ctx.df.waitForExternalEvent('go'), ctx.df.callActivity('a', {})]);
        ctx.df.setCustomStatus({ step: 'late' });
        throw new Error('it broke');
      });
    });

    const id = host.start('o');
    host.raise(id, 'go');
    await host.settle();

    expect(ran).toBe(1);
    expect(host.status(id)).toMatchObject({
      runtimeStatus: 'Failed',
      output: "Orchestrator function 'o' failed: it broke",
      customStatus: { step: 'late' },
    });
  });

  test('tells its parent the reason', async () => {
    await open(() => {
      df.app.orchestration('child', function* () {
        throw new Error('it broke');
      });
      df.app.orchestration('o', function* (ctx) {
        try {
          yield ctx.df.callSubOrchestrator('child', {});
        } catch (error) {
          return (error as Error).message;
        }
        return undefined;
      });
    });

    const id = host.start('o');
    await host.settle();

    expect(host.status(id)?.output).toBe("Orchestrator function 'child' failed: it broke \n ");
  });
});
