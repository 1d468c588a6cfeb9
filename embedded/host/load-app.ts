import { existsSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { stringMember } from '../engine/json';
import type { Core } from './core-module';
import { parseFile } from './host-json';

const coreModule = '@azure/functions-core';

/**
 * Loads an app's entry point (`main` of its package.json) after answering `@azure/functions-core` to whatever requires
 * it, as the Node worker does. One app per process: modules register once, when they are first loaded.
 *
 * @throws Error when the app has no entry point or its code throws while loading.
 */
export function loadApp(appDirectory: string, core: Core): void {
  const entry = entryPoint(appDirectory);
  // Called below with the module that requires as its `this`.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const require = Module.prototype.require;
  // The type of `require` has members (resolve, cache) that belong to the function of a module, not to the prototype.
  Module.prototype.require = function (this: Module, id: string): unknown {
    return id === coreModule ? core.api : require.call(this, id);
  } as typeof Module.prototype.require;
  // Not undone: the library asks for the module when it first needs it, which may be later.
  createRequire(entry)(entry);
}

function entryPoint(appDirectory: string): string {
  const manifest = parseFile(join(appDirectory, 'package.json'));
  const main = stringMember(manifest, 'main');
  if (main === undefined) throw new Error(`${appDirectory}: package.json names no main.`);
  if (main.includes('*')) throw new Error(`${appDirectory}: a pattern in main is not supported; name one file.`);
  const entry = resolve(appDirectory, main);
  if (!existsSync(entry)) throw new Error(`${entry} is not there: build the app first.`);
  return entry;
}
