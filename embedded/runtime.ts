import { resolve } from 'node:path';
import { type Clock, systemClock } from './engine/clock';
import type { LogSink } from './engine/log';
import { readHostConfig } from './host/host-json';
import { filterLevels } from './host/log-lines';
import { applySettings, bypassProxyForLoopback, readLocalSettings, type Settings } from './host/settings';
import { lockState } from './host/state-lock';
import { type Doors, openDoors } from './http/doors';
import { RunningApp, type Runtime } from './running-app';
import { Store } from './store/store';

export type { Runtime } from './running-app';

/** What a runtime is started with. */
export interface RuntimeOptions {
  /** Holds package.json (its `main` is loaded), host.json and perhaps local.settings.json. */
  readonly appDirectory: string;
  /** Holds state, keys and the lock; made (mode 0700) when absent. One runtime at a time. */
  readonly stateDirectory: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Put into `process.env`; they win over it and over local.settings.json. */
  readonly settings?: Settings;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Takes what functions and the runtime log, filtered by host.json. Default: nowhere. */
  readonly log?: LogSink;
  /** How long `stop` waits for what is running, milliseconds. Default 10 s. */
  readonly drainMs?: number;
}

/**
 * Hosts a compiled Functions app in this process: HTTP triggers, timers, and durable orchestrations kept in one SQLite
 * file. One app per process, because modules register their functions when they are first loaded.
 *
 * @throws Error when another runtime has the state directory (naming it), when the app cannot be hosted (naming every
 *   function and why), or when the port is taken.
 */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const appDirectory = resolve(options.appDirectory);
  const stateDirectory = resolve(options.stateDirectory);
  const config = readHostConfig(appDirectory);
  const lock = lockState(stateDirectory);
  const cleanUp: (() => void)[] = [() => lock.release()];
  try {
    const store = new Store(resolve(stateDirectory, 'state.db'));
    cleanUp.push(() => store.close());
    const doors = await openDoors({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 }, config.taskHub);
    cleanUp.push(() => doors.abort());
    prepareEnvironment(appDirectory, options.settings ?? {}, doors);
    const log = filterLevels(config.logLevels, options.log ?? (() => undefined));
    return await new RunningApp({ config, store, lock, doors, log, ...pick(options) }).start(
      appDirectory,
      stateDirectory,
    );
  } catch (error) {
    for (const step of cleanUp.reverse()) step();
    throw error;
  }
}

function pick({ clock = systemClock, drainMs = 10_000 }: RuntimeOptions): { clock: Clock; drainMs: number } {
  return { clock, drainMs };
}

function prepareEnvironment(appDirectory: string, given: Settings, doors: Doors): void {
  applySettings(process.env, readLocalSettings(appDirectory), given);
  process.env['FUNCTIONS_WORKER_RUNTIME'] ??= 'node';
  process.env['AZURE_FUNCTIONS_ENVIRONMENT'] ??= 'Development';
  // As the Core Tools do: the SDK makes its addresses of it.
  process.env['WEBSITE_HOSTNAME'] ??= new URL(doors.url).host;
  bypassProxyForLoopback(process.env);
}
