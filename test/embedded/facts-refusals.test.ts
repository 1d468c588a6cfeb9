// The module that apps ask for, what is refused at the start, and what fails an instance by name. The module's members
// are those of src/setupCoreModule.ts, registration those of src/coreApi (Azure/azure-functions-nodejs-worker).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { createCore } from '../../embedded/host/core-module';
import { FunctionRegistry } from '../../embedded/host/registry';
import { createDurableHost, type DurableHost } from '../support/durable-host';
import { buildEmbedded, startProgram } from '../support/embedded-process';
import { core } from '../support/functions-core';

let host: DurableHost | undefined;

afterEach(() => {
  host?.close();
  host = undefined;
});

describe('the module @azure/functions-core', () => {
  test('has the members that the worker answers', () => {
    expect(Object.keys(createCore(() => undefined).api).sort()).toEqual([
      'Disposable',
      'getProgrammingModel',
      'hostVersion',
      'log',
      'registerFunction',
      'registerHook',
      'setProgrammingModel',
      'version',
    ]);
  });

  test('registers with the functionId as name, finds the trigger by type, and takes a registration back', () => {
    const { api, functions } = createCore(() => undefined);
    const bindings = { httpTrigger6ab071d8dc: { type: 'httpTrigger', direction: 'in', name: 'httpTrigger6ab071d8dc' } };

    const first = api.registerFunction({ name: 'first', bindings }, () => ({}));
    api.registerFunction({ name: 'second', bindings }, () => ({}));
    first.dispose();
    first.dispose();

    const registry = new FunctionRegistry(functions);
    expect(registry.ofKind('http').map(({ name, triggerName }) => [name, triggerName])).toEqual([
      ['second', 'httpTrigger6ab071d8dc'],
    ]);
    expect(registry.find('http', 'SECOND')?.name).toBe('second');
    expect(registry.find('timer', 'second')).toBeUndefined();
  });

  test('knows the hooks of the worker and answers a RangeError to others', () => {
    const made = createCore(() => undefined);
    const hook = (): void => undefined;

    made.api.registerHook('preInvocation', hook);

    expect(made.hooks('preInvocation')).toEqual([hook]);
    expect(() => made.api.registerHook('beforeLunch', hook)).toThrow(RangeError);
  });
});

describe('names', () => {
  const named = (name: string): unknown =>
    new FunctionRegistry([{ metadata: { name, bindings: { t: { type: 'httpTrigger' } } }, callback: () => ({}) }]);

  test.each(['a', 'A1', 'a-b_c', 'a'.repeat(128)])('%s may be a function', (name) => {
    expect(() => named(name)).not.toThrow();
  });

  test.each(['', '1a', '_a', 'a b', 'a.b', 'ä', 'HOST', 'a'.repeat(129)])('%j is refused', (name) => {
    expect(() => named(name)).toThrow(`'${name}' is no valid function name`);
  });

  test('all faults of an app are told at once', () => {
    const functions = ['1a', 'host', 'ok'].map((name) => ({
      metadata: { name, bindings: { t: { type: 'queueTrigger' } } },
      callback: () => ({}),
    }));

    expect(() => new FunctionRegistry(functions)).toThrow(/'1a' is no valid.*\n.*'host' is no valid.*\n.*queueTrigger/);
  });
});

describe('an orchestrator that asks for', () => {
  async function run(ask: (ctx: df.OrchestrationContext) => Generator<df.Task, unknown>): Promise<unknown> {
    host = await createDurableHost({
      register() {
        df.app.orchestration('o', ask as df.OrchestrationHandler);
        df.app.orchestration('fine', function* () {
          return 'fine';
        });
      },
    });
    const id = host.start('o');
    const other = host.start('fine');
    await host.settle();
    expect(host.status(other)?.output).toBe('fine');
    expect(host.status(id)?.runtimeStatus).toBe('Failed');
    return host.status(id)?.output;
  }

  test('callHttp fails, by name', async () => {
    const output = await run(function* (ctx) {
      return (yield ctx.df.callHttp({ method: 'GET', url: 'http://127.0.0.1' })) as unknown;
    });

    expect(output).toContain('The embedded runtime has no callHttp');
  });

  test('callEntity fails, by name', async () => {
    const output = await run(function* (ctx) {
      return (yield ctx.df.callEntity(new df.EntityId('e', 'k'), 'op')) as unknown;
    });

    expect(output).toContain('The embedded runtime has no callEntity');
  });

  test('signalEntity fails, by name, whatever else it does', async () => {
    const output = await run(function* (ctx) {
      ctx.df.signalEntity(new df.EntityId('e', 'k'), 'op');
      return 'done';
    });

    expect(output).toContain('The embedded runtime has no signalEntity');
  });

  test('a lock fails, because the SDK asks for a newer host', async () => {
    const output = await run(function* (ctx) {
      yield ctx.df.lock(new df.EntityId('e', 'k'));
      return 'done';
    });

    expect(output).toContain('lock requires');
  });
});

test('HTTP streams are refused at the start, and the program ends', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'streaming-app-'));
  const library = JSON.stringify(require.resolve('@azure/functions'));
  writeFileSync(join(directory, 'package.json'), '{ "main": "main.js" }');
  writeFileSync(join(directory, 'host.json'), '{ "version": "2.0" }');
  writeFileSync(
    join(directory, 'main.js'),
    `const { app } = require(${library}); app.setup({ enableHttpStream: true }); app.http('h', { handler: () => ({}) });`,
  );

  const started = startProgram(join(buildEmbedded(), 'main.js'), ['--app', directory, '--state', join(directory, 's')]);

  await expect(started).rejects.toThrow('The app sets enableHttpStream: the embedded runtime has no HTTP streams.');
  rmSync(directory, { recursive: true, force: true });
});

// The last one: from here on this file's module takes nothing more.
test('a registration after the start throws', async () => {
  host = await createDurableHost({ register: () => app.http('h', { handler: () => ({}) }) });
  await host.app.invoker.loadModel();
  core.freeze();

  expect(() => app.http('late', { handler: () => ({}) })).toThrow('only be registered while the app is loading');
  expect(() => app.hook.preInvocation(() => undefined)).toThrow('only be registered while the app is loading');
  expect(() => app.setup({ enableHttpStream: true })).toThrow();
});
