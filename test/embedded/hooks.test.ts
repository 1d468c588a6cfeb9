// Hooks as the worker runs them: InvocationHandler.ts, executeHooks.ts and startApp.ts of
// Azure/azure-functions-nodejs-worker; log hooks as the library describes them (@azure/functions, types/hooks/logHooks.d.ts).
import { app, type InvocationContext } from '@azure/functions';
import { createCore } from '../../embedded/host/core-module';
import { createDurableHost, type DurableHost } from '../support/durable-host';
import { type HttpProgram, raw, startHttpApp } from './http-program';

let host: DurableHost | undefined;
let registered: { dispose(): void }[] = [];

afterEach(() => {
  for (const hook of registered) hook.dispose();
  registered = [];
  host?.close();
  host = undefined;
});

/** Serves one function with the hooks that `register` registers. */
async function call(
  handler: (input: unknown, context: InvocationContext) => unknown,
  ...hooks: { dispose(): void }[]
): Promise<{ status: number; body: string }> {
  registered = hooks;
  host = await createDurableHost({
    // What the handler gives is up to each test, also what is no response.
    register: () => app.http('hooked', { handler: handler as never }),
  });
  const { url } = await host.serve();
  return raw(url, '/api/hooked');
}

test('run in the order of their registration, each awaited, before and after the function', async () => {
  const order: string[] = [];
  const slowly = (name: string) => async () => {
    await new Promise((resolve) => setImmediate(resolve));
    order.push(name);
  };

  await call(
    () => void order.push('function'),
    app.hook.postInvocation(slowly('after 1')),
    app.hook.preInvocation(slowly('before 1')),
    app.hook.preInvocation(slowly('before 2')),
    app.hook.postInvocation(slowly('after 2')),
  );

  expect(order).toEqual(['before 1', 'before 2', 'function', 'after 1', 'after 2']);
});

test('before: may replace the inputs and the function, and hand data to the hooks after', async () => {
  const seen: unknown[] = [];
  const answer = await call(
    () => ({ body: 'the function' }),
    app.hook.preInvocation((context) => {
      context.inputs = ['replaced'];
      context.hookData['from'] = 'before';
      context.functionHandler = (input: unknown) => ({ body: `another function, ${String(input)}` });
    }),
    app.hook.postInvocation(({ hookData, inputs, invocationContext }) => {
      seen.push(hookData, inputs, invocationContext.functionName);
    }),
  );

  expect(answer).toMatchObject({ status: 200, body: 'another function, replaced' });
  expect(seen).toEqual([{ from: 'before' }, ['replaced'], 'hooked']);
});

test('after: may replace the result, and take an error away', async () => {
  const replaced = await call(
    () => ({ body: 'first' }),
    app.hook.postInvocation(
      (context) => void (context.result = { body: `${(context.result as { body: string }).body}, second` }),
    ),
  );
  registered.forEach((hook) => hook.dispose());
  host?.close();
  const saved = await call(
    () => Promise.reject(new Error('broken')),
    app.hook.postInvocation((context) => {
      context.result = { body: (context.error as Error).message };
      context.error = null;
    }),
  );

  expect([replaced.body, saved.body]).toEqual(['first, second', 'broken']);
});

test('after: may make an error of a result', async () => {
  const answer = await call(
    () => ({ body: 'fine' }),
    app.hook.postInvocation((context) => void (context.error = new Error('not fine'))),
  );

  expect(answer).toMatchObject({ status: 500, body: '' });
});

test.each(['preInvocation', 'postInvocation'] as const)('%s: an error fails the invocation', async (name) => {
  const called: string[] = [];
  const answer = await call(
    () => void called.push('function'),
    app.hook[name](() => Promise.reject(new Error('hook'))),
    app.hook.postInvocation(() => void called.push('after')),
  );

  expect(answer.status).toBe(500);
  // What comes before the function fails it without a call; no hook after it runs then.
  expect(called).toEqual(name === 'preInvocation' ? [] : ['function']);
  expect(host?.logs).toContainEqual(
    expect.objectContaining({ level: 'error', message: expect.stringContaining('hook') }),
  );
});

test('log: may change what the app logs and knows the invocation; what it throws changes nothing', async () => {
  const ids: unknown[] = [];
  await call(
    (_, context) => {
      context.log('secret 42');
      return { body: '' };
    },
    app.hook.log(() => {
      throw new Error('a hook that logs badly');
    }),
    app.hook.log((context) => {
      ids.push(context.invocationContext?.invocationId);
      context.message = context.message.replace('42', '**');
      context.level = 'warning';
    }),
  );

  const entry = host?.logs.find(({ category }) => category === 'Function.hooked.User');
  expect(entry).toMatchObject({ message: 'secret **', level: 'warning', functionName: 'hooked' });
  expect(ids).toEqual([entry?.invocationId]);
});

test('a hook that does not exist is refused, as is one registered after the start', () => {
  const late = createCore(() => undefined);
  late.freeze();

  expect(() => late.api.registerHook('noSuchHook', () => undefined)).toThrow(RangeError);
  expect(() => late.api.registerHook('appStart', () => undefined)).toThrow(
    'only be registered while the app is loading',
  );
});

test('of the app: run once each at start and end, in order and awaited', async () => {
  const http: HttpProgram = await startHttpApp();
  await http.raw('/api/v1/byName');
  const atStart = http.effects();

  const code = await http.program.end('SIGTERM');
  const atEnd = http.effects().slice(atStart.length);
  await http.end();

  expect(atStart).toEqual(['start 1 begins', 'start 1 ends', 'start 2 begins', 'start 2 ends']);
  expect(atEnd).toEqual(['terminate 1 begins', 'terminate 1 ends', 'terminate 2 begins', 'terminate 2 ends']);
  expect(code).toBe(0);
});
