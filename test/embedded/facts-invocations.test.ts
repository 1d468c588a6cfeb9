/* eslint-disable @typescript-eslint/no-unsafe-return -- the SDK types what a yield gives as any */
// How functions are called: metadata, results, failures, the time limit. Failures are those of TaskActivityShim.cs
// (Azure/azure-functions-durable-extension).
import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { createDurableHost, type DurableHost, type DurableHostOptions } from '../support/durable-host';

const minute = 60_000;
let host: DurableHost;

afterEach(() => host.close());

/** Opens a host with the activity `a` and the orchestrator `o` that calls it and returns its result or its failure. */
async function open(activity: df.ActivityHandler, options: DurableHostOptions = {}): Promise<string> {
  host = await createDurableHost({
    ...options,
    register() {
      df.app.activity('a', { handler: activity });
      df.app.orchestration('o', function* (ctx) {
        try {
          return yield ctx.df.callActivity('a', { n: 1 });
        } catch (error) {
          return { failure: (error as Error).message };
        }
      });
    },
  });
  return host.start('o', undefined, 'one');
}

describe('an activity', () => {
  test('is told its instance and its own name and invocation', async () => {
    const id = await open((_, context) => ({
      instanceId: context.triggerMetadata?.['instanceId'],
      name: context.functionName,
      hasId: /^[0-9a-f-]{36}$/.test(context.invocationId),
    }));
    await host.settle();

    expect(host.status(id)?.output).toEqual({ instanceId: 'one', name: 'a', hasId: true });
  });

  test('may have a durable client', async () => {
    host = await createDurableHost({
      register() {
        df.app.activity('starts', {
          extraInputs: [df.input.durableClient()],
          handler: (_, context) => df.getClient(context).startNew('other', { instanceId: 'two' }),
        });
        df.app.orchestration('other', function* () {});
        df.app.orchestration('o', function* (ctx) {
          return yield ctx.df.callActivity('starts', {});
        });
      },
    });
    await host.serve();
    const id = host.start('o');
    await host.settle();

    expect(host.status(id)?.output).toBe('two');
    expect(host.status('two')?.runtimeStatus).toBe('Completed');
  });

  test('that returns what no host can carry has failed', async () => {
    const id = await open(() => 1n);
    await host.settle();

    expect(host.status(id)?.output).toMatchObject({ failure: expect.stringMatching(/BigInt/i) as string });
  });

  test('that takes longer than functionTimeout has failed, and may still do its work', async () => {
    let isRunning = false;
    let isDone = false;
    let release: () => void = () => undefined;
    const id = await open(
      async () => {
        isRunning = true;
        await new Promise<void>((resolve) => (release = resolve));
        isDone = true;
      },
      { functionTimeoutMs: 5 * minute },
    );
    await host.waitFor(() => isRunning);

    host.clock.step(host.clock.now() + 5 * minute);
    await host.waitFor(() => host.status(id)?.runtimeStatus === 'Completed');
    expect(host.status(id)).toMatchObject({
      output: { failure: expect.stringContaining('Timeout value of 300000 ms was exceeded by function') as string },
    });
    release();
    await host.waitFor(() => isDone);

    expect(host.history(id).filter(({ TaskScheduledId }) => TaskScheduledId === 0)).toHaveLength(1);
  });

  test('that was queued runs, although its instance has ended, and its result is dropped', async () => {
    const runs: number[] = [];
    let release: () => void = () => undefined;
    host = await createDurableHost({
      maxActivities: 1,
      register() {
        df.app.activity('a', {
          handler: async ({ n }: { n: number }) => {
            runs.push(n);
            if (n === 0) await new Promise<void>((resolve) => (release = resolve));
          },
        });
        df.app.orchestration('o', function* (ctx) {
          yield ctx.df.Task.all([ctx.df.callActivity('a', { n: 0 }), ctx.df.callActivity('a', { n: 1 })]);
        });
      },
    });
    const id = host.start('o');
    await host.waitFor(() => runs.length === 1);
    host.terminate(id, 'enough');
    await host.waitFor(() => host.status(id)?.runtimeStatus === 'Terminated');
    release();
    await host.settle();

    expect(runs).toEqual([0, 1]);
    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Terminated', output: 'enough' });
    expect(host.history(id).filter(({ TaskScheduledId }) => TaskScheduledId !== undefined)).toEqual([]);
  });

  test('with an ExceptionPropertiesProvider fails with the SDK’s JSON as its reason, as under older extensions', async () => {
    df.app.setExceptionPropertiesProvider({ getExceptionProperties: () => ({ code: 'E42' }) });
    const id = await open(() => Promise.reject(new TypeError('no')));
    await host.settle();
    df.app.setExceptionPropertiesProvider(undefined);

    const { failure } = host.status(id)?.output as { failure: string };
    const json = failure.slice(failure.indexOf('{'), failure.indexOf(' \n '));
    expect(failure).toMatch(/^Activity function 'a' failed: \{/);
    expect(JSON.parse(json)).toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'no',
      isNonRetriable: false,
      properties: { code: 'E42' },
    });
  });
});

test('an HTTP function is told the trace of its request', async () => {
  const traceParent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  host = await createDurableHost({
    register: () => app.http('h', { handler: (_, context) => ({ jsonBody: context.traceContext ?? null }) }),
  });
  const { url } = await host.serve();

  const traced = await fetch(`${url}/api/h`, { headers: { traceparent: traceParent } });

  expect(await traced.json()).toMatchObject({ traceParent });
});
