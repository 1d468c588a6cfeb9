// How an orchestration ends, and how it goes on as new: outputs, throws, orders of both, limits, contradictions.
// What the host makes of an answer is OutOfProcOrchestrationShim.cs and TaskOrchestrationShim.cs
// (Azure/azure-functions-durable-extension); when it ends is TaskOrchestrationExecutor.cs (Azure/durabletask).
import { app } from '@azure/functions';
import * as df from 'durable-functions';
import type { OrchestrationContext } from 'durable-functions';
import { EventType } from '../../embedded/engine/history';
import { createDurableHost, type DurableHost } from '../support/durable-host';

let host: DurableHost;

afterEach(() => host.close());

/** Opens a host with the orchestrator `o` and the activity `a`; answers the activity's inputs as they come. */
async function open(orchestrator: (ctx: OrchestrationContext) => Generator<df.Task, unknown>): Promise<unknown[]> {
  const runs: unknown[] = [];
  host = await createDurableHost({
    register() {
      df.app.activity('a', { handler: (input: unknown) => void runs.push(input) });
      df.app.orchestration('o', orchestrator as df.OrchestrationHandler);
    },
  });
  return runs;
}

/** Starts `o` and lets it run as far as it goes without time passing. */
async function run(input?: unknown): Promise<string> {
  const id = host.start('o', input);
  await host.settle();
  return id;
}

describe('an output', () => {
  test.each([
    ['nothing', undefined, null],
    ['null', null, null],
    ['an empty text', '', ''],
    ['a text that looks like JSON', '{"a":1}', '{"a":1}'],
    ['false', false, false],
    ['a Date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['NaN', NaN, null],
    ['an array', [1, [2]], [1, [2]]],
  ])('of %s is kept', async (_, output, expected) => {
    await open(function* () {
      return output;
    });

    const id = await run();

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: expected });
  });
});

describe('continue-as-new', () => {
  test.each([
    ['an object', { a: 1 }, { a: 1 }],
    ['a text, which comes with quotes of its own', 's', '"s"'],
    ['false', false, false],
    ['null', null, null],
    ['nothing', undefined, null],
  ])('hands on %s', async (_, next, expected) => {
    await open(function* (ctx) {
      if (ctx.df.getInput() === 'first') ctx.df.continueAsNew(next);
      return { got: ctx.df.getInput<unknown>() };
    });

    const id = await run('first');

    expect(host.status(id)?.output).toEqual({ got: expected });
  });

  test('forgets what is asked for after it, and what is returned', async () => {
    const runs = await open(function* (ctx) {
      const input = ctx.df.getInput();
      if (input !== 1) return 'the second’s';
      ctx.df.continueAsNew(2);
      yield ctx.df.callActivity('a', 'after');
      return 'the first’s';
    });

    const id = await run(1);

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: 'the second’s' });
    expect(runs).toEqual([]);
  });

  test('does not happen when the orchestrator throws after it', async () => {
    await open(function* (ctx) {
      ctx.df.continueAsNew(2);
      throw new Error('no');
      yield ctx.df.waitForExternalEvent('never');
    });

    const id = await run(1);

    expect(host.status(id)).toMatchObject({
      runtimeStatus: 'Failed',
      input: 1,
      output: "Orchestrator function 'o' failed: no",
    });
  });
});

describe('an orchestrator that throws', () => {
  test('an error without a text is not heard: the instance stays Running', async () => {
    await open(function* () {
      throw new Error('');
    });

    const id = await run();

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Running', output: undefined });
    host.terminate(id);
    await host.settle();
    expect(host.status(id)?.runtimeStatus).toBe('Terminated');
  });

  test('an activity’s failure fails with all of its text', async () => {
    host = await createDurableHost({
      register() {
        df.app.activity('bad', { handler: () => Promise.reject(new Error('broken')) });
        df.app.orchestration('o', function* (ctx) {
          yield ctx.df.callActivity('bad', {});
        });
      },
    });

    const id = await run();

    expect(host.status(id)?.output).toMatch(
      /^Orchestrator function 'o' failed: Activity function 'bad' failed: broken \n /,
    );
  });

  test('outside of its own code, without the state of its tasks, fails with the message alone', async () => {
    const hook = app.hook.preInvocation(({ invocationContext }) => {
      if (invocationContext.functionName === 'o') throw new Error('the hook broke');
    });
    await open(function* () {});

    const id = await run();
    hook.dispose();

    expect(host.status(id)).toMatchObject({
      runtimeStatus: 'Failed',
      output: "Orchestrator function 'o' failed: the hook broke",
    });
  });
});

describe('a custom status', () => {
  test.each([
    ['of 16 KB of UTF-16, quotes included, is kept', 8190, 'Completed'],
    ['of one character more fails the instance', 8191, 'Failed'],
  ])('one %s', async (_, length, expected) => {
    await open(function* (ctx) {
      ctx.df.setCustomStatus('ä'.repeat(length));
      return 'done';
    });

    const id = await run();

    expect(host.status(id)?.runtimeStatus).toBe(expected);
  });

  test.each([0, false, '', null])('that is falsy (%j) is never sent', async (status) => {
    await open(function* (ctx) {
      ctx.df.setCustomStatus(status);
      return 'done';
    });

    const id = await run();

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', customStatus: undefined });
  });
});

describe('an orchestrator that is not deterministic', () => {
  test.each([
    ['another kind', (ctx: OrchestrationContext) => ctx.df.createTimer(new Date(0)), /is now a timer/],
    ['another name', (ctx: OrchestrationContext) => ctx.df.callActivity('b', {}), /is now the activity 'b'/],
    ['a child', (ctx: OrchestrationContext) => ctx.df.callSubOrchestrator('a'), /is now the sub-orchestration 'a'/],
    ['nothing any more', undefined, /is not asked for any more/],
  ])('is stopped and named when it asks for %s under a number, and the others go on', async (_, other, message) => {
    let isChanged = false;
    await open(function* (ctx) {
      const { steady } = ctx.df.getInput<{ steady: boolean }>();
      if (!isChanged || steady) yield ctx.df.callActivity('a', {});
      else if (other !== undefined) yield other(ctx);
      yield ctx.df.waitForExternalEvent('go');
      if (steady) yield ctx.df.callActivity('a', {});
      return 'done';
    });
    const [steady, broken] = [await run({ steady: true }), await run({ steady: false })];

    isChanged = true;
    for (const id of [broken, steady]) host.raise(id, 'go');
    await host.settle();

    expect(host.status(broken)?.runtimeStatus).toBe('Failed');
    expect(host.status(broken)?.output).toMatch(/^Orchestrator function 'o' failed: Non-deterministic orchestrator/);
    expect(host.status(broken)?.output).toMatch(message);
    expect(host.status(steady)).toMatchObject({ runtimeStatus: 'Completed', output: 'done' });
    expect(host.history(broken).at(-2)?.EventType).toBe(EventType.ExecutionFailed);
  });
});
