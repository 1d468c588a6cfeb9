/* eslint-disable @typescript-eslint/no-unsafe-return -- the SDK types what a yield gives as any */
import { StatementSync } from 'node:sqlite';
import * as df from 'durable-functions';
import { EventType } from '../../embedded/engine/history';
import { createDurableHost, type DurableHost } from '../support/durable-host';

const hour = 3_600_000;
const beginning = new Date('2026-01-01T00:00:00Z').getTime();

/** What the engine has done to its database. */
interface Cost {
  /** Rows that were read. */
  read: number;
  /** Rows that were written. */
  written: number;
  /** Characters of the texts that were written, and eight for each number. */
  size: number;
}

/** Counts what goes to and from the database until `stop`; `take` answers and begins anew. */
function countCost(): { take(): Cost; stop(): void } {
  let cost: Cost = { read: 0, written: 0, size: 0 };
  const prototype = StatementSync.prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- each is called with a `this` of its own below
  const original = { run: prototype.run, all: prototype.all };
  const run = jest.spyOn(prototype, 'run').mockImplementation(function (this: StatementSync, ...values) {
    const result = original.run.apply(this, values);
    cost.written += Number(result.changes);
    for (const value of values) cost.size += typeof value === 'string' ? value.length : 8;
    return result;
  });
  const all = jest.spyOn(prototype, 'all').mockImplementation(function (this: StatementSync, ...values) {
    const rows = original.all.apply(this, values);
    cost.read += rows.length;
    return rows;
  });
  return {
    take() {
      const taken = cost;
      cost = { read: 0, written: 0, size: 0 };
      return taken;
    },
    stop() {
      run.mockRestore();
      all.mockRestore();
    },
  };
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}

function outputs(host: DurableHost, ids: readonly string[]): unknown[] {
  return ids.map((id) => {
    const status = host.status(id);
    return status?.runtimeStatus === 'Completed' ? status.output : status?.runtimeStatus;
  });
}

/** How often an event of the type is in an instance's history. */
function count(host: DurableHost, id: string, type: EventType): number {
  return host.history(id).filter((event) => event.EventType === type).length;
}

/** Many activities at once: each runs once, and the results come in order. */
export async function fanOut(activities: number): Promise<DurableHost> {
  const runs: number[] = [];
  const host = await createDurableHost({
    register() {
      df.app.activity('part', {
        handler: ({ n }: { n: number }) => {
          runs.push(n);
          return { n };
        },
      });
      df.app.orchestration('fan', function* (ctx) {
        const parts: { n: number }[] = yield ctx.df.Task.all(
          numbers(activities).map((n) => ctx.df.callActivity('part', { n })),
        );
        return parts.map(({ n }) => n);
      });
    },
  });

  const id = host.start('fan');
  await host.run(id);

  expect(outputs(host, [id])).toEqual([numbers(activities)]);
  expect([...runs].sort((a, b) => a - b)).toEqual(numbers(activities));
  return host;
}

/** Generation after generation of one instance: the last costs what the tenth does. */
export async function continueAsNew(rounds: number): Promise<DurableHost> {
  const first = 1_000_000;
  const costs: Cost[] = [];
  const host = await createDurableHost({
    register() {
      df.app.activity('work', { handler: () => ({ text: 'x'.repeat(100) }) });
      df.app.orchestration('rounds', function* (ctx) {
        const { round } = ctx.df.getInput<{ round: number }>();
        yield ctx.df.callActivity('work', {});
        if (round === first + rounds) return { round };
        ctx.df.continueAsNew({ round: round + 1 });
        return undefined;
      });
    },
  });
  const cost = countCost();
  host.at('activity-starting', () => void costs.push(cost.take()));

  const id = host.start('rounds', { round: first });
  await host.run(id);
  cost.stop();

  expect(outputs(host, [id])).toEqual([{ round: first + rounds }]);
  expect(costs).toHaveLength(rounds + 1);
  const [tenth, last] = [costs[10], costs.at(-1)];
  expect(last).toEqual(tenth);
  expect(tenth?.written).toBeGreaterThan(5);
  return host;
}

/** Instances that sleep, a hundred to the minute: each wakes once, at its time, and one more costs what the first did. */
export async function timers(instances: number): Promise<DurableHost> {
  const due = (n: number): number => beginning + hour + Math.floor(n / 100) * 60_000;
  const host = await createDurableHost({
    register: () =>
      df.app.orchestration('sleeps', function* (ctx) {
        yield ctx.df.createTimer(new Date(ctx.df.getInput<{ at: number }>().at));
        return ctx.df.currentUtcDateTime.getTime();
      }),
  });
  const ids = numbers(instances).map((n) => `sleeps-${String(n).padStart(6, '0')}`);
  const start = (n: number): string => host.start('sleeps', { at: due(n) }, ids[n]);
  const costOfStart = async (n: number): Promise<Cost> => {
    const cost = countCost();
    start(n);
    await host.settle();
    cost.stop();
    return cost.take();
  };

  const first = await costOfStart(0);
  for (const n of numbers(instances - 1).slice(1)) start(n);
  await host.settle();
  const last = await costOfStart(instances - 1);
  await host.run();

  expect(outputs(host, ids)).toEqual(numbers(instances).map(due));
  expect(ids.filter((id) => count(host, id, EventType.TimerFired) !== 1)).toEqual([]);
  expect(last).toEqual(first);
  expect(first.written).toBeGreaterThan(3);
  return host;
}

/** Instances that are all given what they wait for at the same time. */
export async function finishAtOnce(instances: number): Promise<DurableHost> {
  const host = await createDurableHost({
    register: () =>
      df.app.orchestration('waits', function* (ctx) {
        return yield ctx.df.waitForExternalEvent('go');
      }),
  });
  const ids = numbers(instances).map((n) => host.start('waits', undefined, `waits-${n}`));
  await host.settle();

  for (const [n, id] of ids.entries()) host.raise(id, 'go', { n });
  await host.settle();

  expect(outputs(host, ids)).toEqual(numbers(instances).map((n) => ({ n })));
  return host;
}

/**
 * Timers raced with events: a third of the events comes before the timer, a third after it and before anybody has heard
 * of it, a third when the timer has won. There is one winner, and an event that has lost is still there.
 */
export async function races(instances: number): Promise<DurableHost> {
  const host = await createDurableHost({
    register: () =>
      df.app.orchestration('race', function* (ctx) {
        const bell = ctx.df.waitForExternalEvent('bell');
        const timer = ctx.df.createTimer(new Date(beginning + hour));
        const winner = yield ctx.df.Task.any([bell, timer]);
        if (winner === bell) {
          if (!timer.isCompleted) timer.cancel();
          return { winner: 'event', event: bell.result };
        }
        return { winner: 'timer', event: yield bell };
      }),
  });
  const ids = numbers(instances).map((n) => host.start('race', undefined, `race-${n}`));
  const raise = (third: number): void => {
    for (const [n, id] of ids.entries()) if (n % 3 === third) host.raise(id, 'bell', { n });
  };
  await host.settle();

  raise(0);
  expect(host.clock.step(beginning + hour)).toBe(true);
  raise(1);
  // A timer that had not been dropped would fire again.
  await host.advance(1_000);
  const undecided = outputs(host, ids).filter((output) => output === 'Running');
  raise(2);
  await host.settle();

  const expected = numbers(instances).map((n) => ({ winner: n % 3 === 0 ? 'event' : 'timer', event: { n } }));
  expect(outputs(host, ids)).toEqual(expected);
  expect(undecided).toHaveLength(ids.filter((_, n) => n % 3 === 2).length);
  const odd = ids.filter((id) =>
    [EventType.EventRaised, EventType.TimerFired].some((type) => count(host, id, type) !== 1),
  );
  expect(odd).toEqual([]);
  return host;
}

/** An orchestrator that does not decide the same again is stopped and named; nobody else notices. */
export async function nonDeterministic(good: number): Promise<DurableHost> {
  let calls = 0;
  const host = await createDurableHost({
    register() {
      df.app.activity('heads', { handler: () => ({}) });
      df.app.activity('tails', { handler: () => ({}) });
      df.app.orchestration('bad', function* (ctx) {
        yield ctx.df.callActivity(calls++ === 0 ? 'heads' : 'tails', {});
        return 'never';
      });
      df.app.orchestration('good', function* (ctx) {
        const { n } = ctx.df.getInput<{ n: number }>();
        yield ctx.df.callActivity('heads', {});
        yield ctx.df.createTimer(new Date(beginning + hour));
        yield ctx.df.callActivity('tails', {});
        return { n };
      });
    },
  });
  const half = Math.floor(good / 2);
  const before = numbers(half).map((n) => host.start('good', { n }));
  const bad = host.start('bad');
  const after = numbers(good - half).map((n) => host.start('good', { n: n + half }));

  await host.run();

  expect(host.status(bad)).toMatchObject({
    runtimeStatus: 'Failed',
    output: expect.stringMatching(/^Orchestrator function 'bad' failed: Non-deterministic orchestrator: .*heads/),
  });
  expect(outputs(host, [...before, ...after])).toEqual(numbers(good).map((n) => ({ n })));
  return host;
}
