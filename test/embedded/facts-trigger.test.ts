/* eslint-disable @typescript-eslint/no-unsafe-return -- the SDK types what a yield gives as any */
// What an orchestrator is invoked with, as it reaches the worker. The members of the trigger are those of
// OrchestrationTriggerAttributeBindingProvider.cs (Azure/azure-functions-durable-extension); what the SDK makes of them
// is lib/src/orchestrations/Orchestrator.js and lib/src/util/Utils.js (durable-functions 3.5.0).
import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { EventType, type HistoryEvent } from '../../embedded/engine/history';
import { createDurableHost, type DurableHost } from '../support/durable-host';

interface Trigger {
  readonly history: readonly HistoryEvent[];
  readonly input: unknown;
  readonly [member: string]: unknown;
}

/** Every trigger that an orchestrator was invoked with, copied before the SDK changes it. */
const triggers: Trigger[] = [];
app.hook.preInvocation(({ inputs, invocationContext }) => {
  if (invocationContext.options.trigger.type === 'orchestrationTrigger') {
    triggers.push(structuredClone(inputs[0]) as Trigger);
  }
});

const minute = 60_000;
let host: DurableHost;

afterEach(() => {
  triggers.length = 0;
  host.close();
});

test('the trigger holds what the SDK asks for, the input as a value and no parent for a root', async () => {
  host = await createDurableHost({
    register() {
      df.app.orchestration('o', function* (ctx) {
        return { own: ctx.df.instanceId, parent: ctx.df.parentInstanceId };
      });
    },
  });
  const id = host.start('o', { a: [1] }, 'one');
  await host.settle();

  const { history: _, ...rest } = triggers[0] ?? { history: [] };
  expect(rest).toEqual({
    input: { a: [1] },
    instanceId: 'one',
    isReplaying: false,
    parentInstanceId: null,
    upperSchemaVersion: 1,
    upperSchemaVersionNew: 2,
    maximumShortTimerDuration: '36500.00:00:00',
    longRunningTimerIntervalDuration: '3.00:00:00',
    defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
  });
  expect(host.status(id)?.output).toEqual({ own: 'one', parent: null });
});

test('a child is told its parent', async () => {
  host = await createDurableHost({
    register() {
      df.app.orchestration('child', function* (ctx) {
        return ctx.df.parentInstanceId;
      });
      df.app.orchestration('o', function* (ctx) {
        return yield ctx.df.callSubOrchestrator('child');
      });
    },
  });
  const id = host.start('o', undefined, 'one');
  await host.settle();

  expect(host.status(id)?.output).toBe('one');
});

describe('the history', () => {
  test('begins with OrchestratorStarted and ExecutionStarted with name, input text and version', async () => {
    host = await createDurableHost({
      defaultVersion: '9',
      register: () => df.app.orchestration('o', function* () {}),
    });
    host.start('o', { a: 1 });
    await host.settle();

    const at = '2026-01-01T00:00:00.000Z';
    expect(triggers[0]?.history).toEqual([
      { EventType: 12, EventId: -1, IsPlayed: false, Timestamp: at },
      { EventType: 0, EventId: -1, IsPlayed: false, Timestamp: at, Name: 'o', Input: '{"a":1}', Version: '9' },
    ]);
  });

  test('has one OrchestratorStarted per episode, and marks what earlier episodes saw as played', async () => {
    host = await createDurableHost({
      register() {
        df.app.activity('a', { handler: () => ({}) });
        df.app.orchestration('o', function* (ctx) {
          yield ctx.df.callActivity('a', {});
          yield ctx.df.callActivity('a', {});
        });
      },
    });
    host.start('o');
    await host.settle();

    const last = triggers.at(-1)?.history ?? [];
    const starts = last.flatMap((event, index) => (event.EventType === EventType.OrchestratorStarted ? [index] : []));
    const begin = starts.at(-1) ?? -1;
    expect([triggers.length, starts.length]).toEqual([3, 3]);
    expect(last.slice(0, begin).map(({ IsPlayed }) => IsPlayed)).toEqual(last.slice(0, begin).map(() => true));
    expect(last.slice(begin).map((event) => [event.EventType, event.IsPlayed])).toEqual([
      [EventType.OrchestratorStarted, false],
      [EventType.TaskCompleted, false],
    ]);
    expect(triggers.map(({ isReplaying }) => isReplaying)).toEqual([false, true, true]);
  });

  test('takes everything that waits into one episode, in order of arrival', async () => {
    host = await createDurableHost({
      register() {
        df.app.orchestration('o', function* (ctx) {
          const seen: unknown[] = [];
          while (seen.length < 3) seen.push(yield ctx.df.waitForExternalEvent('e'));
          return seen;
        });
      },
    });
    const id = host.start('o');
    await host.settle();
    for (const n of [1, 2, 3]) host.raise(id, 'e', n);
    await host.settle();

    const raised = triggers[1]?.history.filter((event) => event.EventType === EventType.EventRaised);
    expect(triggers).toHaveLength(2);
    expect(raised?.map(({ Name, Input }) => [Name, Input])).toEqual([
      ['e', '1'],
      ['e', '2'],
      ['e', '3'],
    ]);
  });

  test('names what was scheduled by number, and what completes it by the same number', async () => {
    host = await createDurableHost({
      register() {
        df.app.activity('good', { handler: () => ({ fine: true }) });
        df.app.activity('bad', { handler: () => Promise.reject(new Error('no')) });
        df.app.orchestration('child', function* (ctx) {
          if (ctx.df.getInput() === 'bad') throw new Error('no');
          return 'fine';
        });
        df.app.orchestration('o', function* (ctx) {
          const fireAt = new Date(ctx.df.currentUtcDateTime.getTime() + minute);
          const task = (n: number): df.Task[] => [
            ctx.df.callActivity('good', {}),
            ctx.df.callActivity('bad', {}),
            ctx.df.createTimer(fireAt),
            ctx.df.callSubOrchestrator('child', 'good', `good-${n}`),
            ctx.df.callSubOrchestrator('child', 'bad', `bad-${n}`),
          ];
          for (const each of task(0)) {
            try {
              yield each;
            } catch {
              // Failures are what this test wants to see in the history.
            }
          }
        });
      },
    });
    const id = host.start('o');
    await host.run(id);

    const told = host.history(id).map(({ Timestamp: _, IsPlayed: __, Details, ...event }) => ({
      ...event,
      ...(Details === undefined ? {} : { Details: typeof Details }),
    }));
    expect(told.filter(({ EventId }) => EventId >= 0)).toEqual([
      { EventType: 4, EventId: 0, Name: 'good', Input: '[{}]' },
      { EventType: 4, EventId: 1, Name: 'bad', Input: '[{}]' },
      { EventType: 10, EventId: 2, FireAt: '2026-01-01T00:01:00.000Z' },
      { EventType: 7, EventId: 3, Name: 'child', Input: '"good"', InstanceId: 'good-0' },
      { EventType: 7, EventId: 4, Name: 'child', Input: '"bad"', InstanceId: 'bad-0' },
    ]);
    expect(told.filter(({ TaskScheduledId, TimerId }) => (TaskScheduledId ?? TimerId) !== undefined)).toEqual([
      { EventType: 5, EventId: -1, TaskScheduledId: 0, Result: '{"fine":true}' },
      {
        EventType: 6,
        EventId: -1,
        TaskScheduledId: 1,
        Reason: "Activity function 'bad' failed: no",
        Details: 'string',
      },
      { EventType: 11, EventId: -1, TimerId: 2, FireAt: '2026-01-01T00:01:00.000Z' },
      { EventType: 8, EventId: -1, TaskScheduledId: 3, Result: '"fine"' },
      {
        EventType: 9,
        EventId: -1,
        TaskScheduledId: 4,
        Reason: "Orchestrator function 'child' failed: no",
        Details: 'string',
      },
    ]);
  });

  test('says how the instance was suspended, resumed, terminated, completed and failed', async () => {
    host = await createDurableHost({
      register() {
        df.app.orchestration('o', function* (ctx) {
          const how: unknown = yield ctx.df.waitForExternalEvent('end');
          if (how === 'throw') throw new Error('no');
          return how;
        });
      },
    });
    const ends: unknown[] = [];
    for (const how of ['return', 'throw', 'terminate']) {
      const id = host.start('o');
      await host.settle();
      host.suspend(id, 'lunch');
      await host.settle();
      host.resume(id, 'back');
      await host.settle();
      if (how === 'terminate') host.terminate(id, 'enough');
      else host.raise(id, 'end', how);
      await host.settle();
      const noisy: readonly number[] = [EventType.OrchestratorStarted, EventType.OrchestratorCompleted];
      const events = host.history(id).filter((event) => !noisy.includes(event.EventType));
      ends.push(events.map(({ EventType: type, Reason, Result }) => [type, Reason ?? Result]).slice(1));
    }

    expect(ends).toEqual([
      [
        [19, 'lunch'],
        [20, 'back'],
        [15, undefined],
        [1, '"return"'],
      ],
      [
        [19, 'lunch'],
        [20, 'back'],
        [15, undefined],
        [2, `"Orchestrator function 'o' failed: no"`],
      ],
      [
        [19, 'lunch'],
        [20, 'back'],
        [3, 'enough'],
      ],
    ]);
  });
});

test('time never goes backwards, although the machine’s clock does', async () => {
  const seen: string[] = [];
  host = await createDurableHost({
    register() {
      df.app.orchestration('o', function* (ctx) {
        yield ctx.df.waitForExternalEvent('go');
        seen.push(ctx.df.currentUtcDateTime.toISOString());
      });
    },
  });
  const id = host.start('o');
  await host.settle();

  const back = jest.spyOn(host.clock, 'now').mockReturnValue(Date.parse('2025-12-31T00:00:00Z'));
  host.raise(id, 'go');
  await host.settle();
  back.mockRestore();

  expect(seen).toEqual(['2026-01-01T00:00:00.000Z']);
  const starts = host.history(id).filter((event) => event.EventType === EventType.OrchestratorStarted);
  expect(starts.map(({ Timestamp }) => Timestamp)).toEqual(['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z']);
});

describe('a member called Timestamp', () => {
  test('becomes a Date at any depth of the input, and stays a text in events and results', async () => {
    const text = '2026-05-01T00:00:00Z';
    host = await createDurableHost({
      register() {
        df.app.activity('a', { handler: () => ({ Timestamp: text }) });
        df.app.orchestration('o', function* (ctx) {
          const input = ctx.df.getInput<{ deep: [{ Timestamp: unknown }] }>();
          const result = (yield ctx.df.callActivity('a', {})) as { Timestamp: unknown };
          const event = (yield ctx.df.waitForExternalEvent('e')) as { Timestamp: unknown };
          return [input.deep[0].Timestamp, result.Timestamp, event.Timestamp].map((value) => value instanceof Date);
        });
      },
    });
    const id = host.start('o', { deep: [{ Timestamp: text }] });
    host.raise(id, 'e', { Timestamp: text });
    await host.settle();

    expect(host.status(id)?.output).toEqual([true, false, false]);
  });
});
