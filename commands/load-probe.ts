import { relative, resolve, sep } from 'node:path';
import { createCore } from '../embedded/host/core-module';
import { loadApp } from '../embedded/host/load-app';

/**
 * Loads a Functions app in this fresh process as the Node worker does, starts nothing, and prints one line of JSON
 * about it. Usage: `load-probe.js APP_DIRECTORY`.
 */

/** What is known of an app that was loaded. */
export interface LoadReport {
  readonly loadMs: number;
  /** Names of the registered functions, sorted. */
  readonly functions: readonly string[];
  /** How many modules of each package were loaded. */
  readonly packages: Readonly<Record<string, number>>;
  /** The app's own modules, relative to its folder. */
  readonly own: readonly string[];
}

function main(directory: string): void {
  const before = new Set(Object.keys(require.cache));
  const core = createCore(() => undefined);
  const began = performance.now();
  loadApp(directory, core);
  const loadMs = performance.now() - began;
  const loaded = Object.keys(require.cache).filter((path) => !before.has(path));
  process.stdout.write(`${JSON.stringify(report(loadMs, directory, loaded, core.functions))}\n`);
  // What an app leaves open (a pool, a timer) must not keep the probe.
  process.exit(0);
}

function report(
  loadMs: number,
  directory: string,
  loaded: readonly string[],
  functions: readonly { readonly metadata: { readonly name?: string } }[],
): LoadReport {
  const packages: Record<string, number> = {};
  const own: string[] = [];
  for (const path of loaded) {
    const name = packageOf(path);
    if (name === undefined) own.push(relative(directory, path).split(sep).join('/'));
    else packages[name] = (packages[name] ?? 0) + 1;
  }
  return {
    loadMs,
    functions: functions.map(({ metadata }) => metadata.name ?? '').sort(),
    packages,
    own: own.sort(),
  };
}

/** The innermost package that a module lies in. */
function packageOf(path: string): string | undefined {
  const [, inside] = /.*[/\\]node_modules[/\\](.*)$/.exec(path) ?? [];
  const [scope = '', name = ''] = inside?.split(/[/\\]/) ?? [];
  if (inside === undefined) return undefined;
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

const [directory] = process.argv.slice(2);
if (directory === undefined) throw new Error('Usage: load-probe.js APP_DIRECTORY');
main(resolve(directory));
