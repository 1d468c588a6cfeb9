/* eslint-disable @typescript-eslint/no-unsafe-return -- the SDK types what a yield gives as any */
// Sub-orchestrations: their ids, versions, ends, and what happens between a child and a parent that has ended.
// Ids and failure texts are those of DurableOrchestrationContext.cs and TaskOrchestrationShim.cs
// (Azure/azure-functions-durable-extension).
import * as df from 'durable-functions';
import type { OrchestrationContext } from 'durable-functions';
import { createDurableHost, type DurableHost } from '../support/durable-host';

const minute = 60_000;
let host: DurableHost;

afterEach(() => host.close());

type Handler = (ctx: OrchestrationContext) => Generator<df.Task, unknown>;

/** Opens a host with the orchestrators `o` and `child`. */
async function open(parent: Handler, child: Handler): Promise<void> {
  host = await createDurableHost({
    defaultVersion: '5',
    register() {
      df.app.orchestration('child', child as df.OrchestrationHandler);
      df.app.orchestration('o', parent as df.OrchestrationHandler);
    },
  });
}

/** A child that waits for an event and returns its payload. */
function* waiting(ctx: OrchestrationContext): Generator<df.Task, unknown> {
  return yield ctx.df.waitForExternalEvent('go');
}

test('a child without an id gets its parent’s execution id and the number of the call', async () => {
  await open(function* (ctx) {
    yield ctx.df.Task.all([ctx.df.callSubOrchestrator('child'), ctx.df.callSubOrchestrator('child', {}, '')]);
    return 'done';
  }, waiting);

  const id = host.start('o', undefined, 'z');
  await host.settle();

  const executionId = host.status(id)?.executionId ?? '';
  expect(host.instances()).toEqual([`${executionId}:0`, `${executionId}:1`, 'z']);
});

test('a child with an id has that id, and its result is the call’s value', async () => {
  await open(
    function* (ctx) {
      return yield ctx.df.callSubOrchestrator('child', { a: 1 }, 'mine');
    },
    function* (ctx) {
      return { got: ctx.df.getInput<unknown>() };
    },
  );

  const id = host.start('o');
  await host.settle();

  expect(host.status('mine')).toMatchObject({ runtimeStatus: 'Completed', output: { got: { a: 1 } } });
  expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: { got: { a: 1 } } });
});

test.each([
  ['none', undefined, null],
  ['null', null, null],
  ['a text', 's', 's'],
  ['false', false, false],
  ['zero', 0, 0],
])('a child’s input arrives as it is: %s', async (_, input, expected) => {
  await open(
    function* (ctx) {
      return yield ctx.df.callSubOrchestrator('child', input);
    },
    function* (ctx) {
      return { got: ctx.df.getInput<unknown>() };
    },
  );

  const id = host.start('o');
  await host.settle();

  expect(host.status(id)?.output).toEqual({ got: expected });
});

test('a child has the version of its call, or else the default version, not its parent’s', async () => {
  await open(
    function* (ctx) {
      const plain: unknown = yield ctx.df.callSubOrchestrator('child');
      const given: unknown = yield ctx.df.callSubOrchestrator('child', {}, undefined, '7');
      return { own: ctx.df.version, plain, given };
    },
    function* (ctx) {
      return ctx.df.version;
    },
  );

  const id = host.start('o', undefined, undefined, '6');
  await host.settle();

  expect(host.status(id)?.output).toEqual({ own: '6', plain: '5', given: '7' });
});

test('a child that is no orchestrator of the app fails the call, by name', async () => {
  await open(function* (ctx) {
    try {
      yield ctx.df.callSubOrchestrator('absent');
    } catch (error) {
      return (error as Error).message;
    }
    return 'no error';
  }, waiting);

  const id = host.start('o');
  await host.settle();

  expect(host.status(id)?.output).toContain("The function 'absent' doesn't exist");
});

test.each(['@child', 'a/b'])('a child’s id follows the rules of ids: %s', async (childId) => {
  await open(function* (ctx) {
    yield ctx.df.callSubOrchestrator('child', {}, childId);
    return 'done';
  }, waiting);

  const id = host.start('o');
  await host.settle();

  expect(host.status(id)?.runtimeStatus).toBe('Failed');
  expect(host.status(id)?.output).toMatch(/Instance IDs must not/);
});

test('a child may take the id of an instance that has ended', async () => {
  await open(
    function* (ctx) {
      return yield ctx.df.callSubOrchestrator('child', 'new', 'same');
    },
    function* (ctx) {
      return ctx.df.getInput();
    },
  );
  host.start('child', 'old', 'same');
  await host.settle();

  const id = host.start('o');
  await host.settle();

  expect([host.status(id)?.output, host.status('same')?.output]).toEqual(['new', 'new']);
});

test('a child outlives its parent’s end, and nobody minds its result', async () => {
  await open(function* (ctx) {
    yield ctx.df.callSubOrchestrator('child', {}, 'child');
    return 'done';
  }, waiting);
  const id = host.start('o');
  await host.settle();
  host.terminate(id, 'enough');
  await host.settle();

  host.raise('child', 'go', 'late');
  await host.settle();

  expect(host.status('child')).toMatchObject({ runtimeStatus: 'Completed', output: 'late' });
  expect(host.status(id)).toMatchObject({ runtimeStatus: 'Terminated', output: 'enough' });
  expect(host.logs.filter(({ level }) => level === 'error')).toEqual([]);
});

test('a late child of a replaced parent tells the new one nothing', async () => {
  await open(function* (ctx) {
    return yield ctx.df.callSubOrchestrator('child', {}, String(ctx.df.getInput()));
  }, waiting);
  host.start('o', 'first', 'parent');
  await host.settle();
  host.terminate('parent');
  await host.settle();
  host.start('o', 'second', 'parent');
  await host.settle();

  host.raise('first', 'go', 'from the first');
  await host.settle();
  expect(host.status('parent')?.runtimeStatus).toBe('Running');
  host.raise('second', 'go', 'from the second');
  await host.settle();

  expect(host.status('parent')?.output).toBe('from the second');
});

test('an open child keeps a finished parent running', async () => {
  await open(function* (ctx) {
    yield ctx.df.Task.any([ctx.df.callSubOrchestrator('child', {}, 'child'), ctx.df.waitForExternalEvent('skip')]);
    return 'done';
  }, waiting);
  const id = host.start('o');
  await host.settle();
  host.raise(id, 'skip');
  await host.settle();

  expect(host.status(id)).toMatchObject({ runtimeStatus: 'Running', output: undefined });
  host.raise('child', 'go');
  await host.settle();
  expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: 'done' });
});

test('a failed child is tried again under the same id, as often as RetryOptions says', async () => {
  const runs: string[] = [];
  await open(
    function* (ctx) {
      try {
        yield ctx.df.callSubOrchestratorWithRetry('child', new df.RetryOptions(minute, 2), {}, 'kid');
      } catch (error) {
        return (error as Error).message;
      }
      return 'no error';
    },
    function* (ctx) {
      runs.push(ctx.df.instanceId);
      throw new Error(`no ${runs.length}`);
    },
  );

  const id = host.start('o');
  await host.run(id);

  expect(runs).toEqual(['kid', 'kid']);
  expect(host.status(id)?.output).toBe("Orchestrator function 'child' failed: no 2 \n ");
});
