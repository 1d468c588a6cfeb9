/* eslint-disable @typescript-eslint/no-unsafe-return -- the SDK types what a yield gives as any */
import * as df from 'durable-functions';
import { createDurableHost, type DurableHost } from '../support/durable-host';

const day = 86_400_000;
let host: DurableHost;

afterEach(() => host.close());

test('an orchestration calls an activity, sleeps for days and returns the activity’s result', async () => {
  host = await createDurableHost({
    register() {
      df.app.activity('greet', { handler: (input: { name: string }) => `hello ${input.name}` });
      df.app.orchestration('greeting', function* (ctx) {
        yield ctx.df.createTimer(new Date(ctx.df.currentUtcDateTime.getTime() + 3 * day));
        return yield ctx.df.callActivity('greet', { name: 'Ada' });
      });
    },
  });

  const id = host.start('greeting');
  await host.run(id);

  expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: 'hello Ada' });
  expect(host.now).toEqual(new Date('2026-01-04T00:00:00Z'));
});

test('a race of an event against a timer is won by the event and cancels the timer', async () => {
  host = await createDurableHost({
    register() {
      df.app.orchestration('race', function* (ctx) {
        const bell = ctx.df.waitForExternalEvent('bell');
        const timer = ctx.df.createTimer(new Date(ctx.df.currentUtcDateTime.getTime() + 30 * day));
        const winner = yield ctx.df.Task.any([bell, timer]);
        if (winner === bell) timer.cancel();
        return winner === bell ? bell.result : 'timer';
      });
    },
  });
  const id = host.start('race');
  await host.settle();

  host.raise(id, 'bell', { rung: true });
  await host.settle();

  expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: { rung: true } });
  expect(host.clock.next).toBeUndefined();
});

test('continue-as-new keeps the id, and children answer their parent', async () => {
  host = await createDurableHost({
    register() {
      df.app.orchestration('child', function* (ctx) {
        const { n } = ctx.df.getInput<{ n: number }>();
        if (n < 3) {
          ctx.df.continueAsNew({ n: n + 1 });
          return;
        }
        return { n };
      });
      df.app.orchestration('parent', function* (ctx) {
        return yield ctx.df.callSubOrchestrator('child', { n: 0 }, 'the-child');
      });
    },
  });

  const id = host.start('parent', undefined, 'the-parent');
  await host.run(id);

  expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: { n: 3 } });
  expect(host.instances()).toEqual(['the-child', 'the-parent']);
});

test('killed after an activity ran and before its completion was written, it runs again and completes once', async () => {
  let runs = 0;
  host = await createDurableHost({
    onDisk: true,
    register() {
      df.app.activity('count', { handler: () => ++runs });
      df.app.orchestration('counting', function* (ctx) {
        return yield ctx.df.callActivity('count', {});
      });
    },
  });
  const id = host.start('counting');
  host.killAt('activity-returned', 'count');
  await host.run(id);

  host.restart();
  await host.run(id);

  expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: 2 });
  expect(host.history(id).filter(({ EventType }) => EventType === 5)).toHaveLength(1);
});
