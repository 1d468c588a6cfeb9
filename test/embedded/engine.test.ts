/* eslint-disable @typescript-eslint/no-unsafe-return -- the SDK types what a yield gives as any */
import { app } from '@azure/functions';
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

test('HTTP functions are served with keys and the durable client, and go on being served after a kill', async () => {
  host = await createDurableHost({
    register() {
      app.http('begin', {
        authLevel: 'function',
        extraInputs: [df.input.durableClient()],
        handler: async (_, context) => ({ body: await df.getClient(context).startNew('waits', { instanceId: 'one' }) }),
      });
      df.app.orchestration('waits', function* (ctx) {
        return yield ctx.df.waitForExternalEvent('go');
      });
    },
  });
  const { url, keys } = await host.serve();
  const begin = (key: string): Promise<Response> =>
    fetch(`${url}/api/begin`, { method: 'POST', headers: { 'x-functions-key': key } });

  expect((await begin('wrong')).status).toBe(401);
  expect(await (await begin(keys.host)).text()).toBe('one');
  host.restart();
  host.terminate('one');
  await host.settle();
  expect(await (await begin(keys.master)).text()).toBe('one');
  await host.settle();

  expect(host.status('one')?.runtimeStatus).toBe('Running');
});

test('a timer function runs when a test says so', async () => {
  const seen: boolean[] = [];
  host = await createDurableHost({
    register: () =>
      app.timer('sweep', { schedule: '0 0 0 * * *', handler: (timer) => void seen.push(timer.isPastDue) }),
  });

  await host.runTimer('sweep');
  await host.runTimer('sweep', true);

  expect(seen).toEqual([false, true]);
});
