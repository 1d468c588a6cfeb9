import { resolve } from 'node:path';
import type { OrchestrationClient } from './engine/client';
import { type Clock, systemClock } from './engine/clock';
import type { Engine } from './engine/engine';
import type { LogSink } from './engine/log';
import { type AppHost, createAppHost } from './host/app-host';
import { type Core, createCore } from './host/core-module';
import { type HostConfig, readHostConfig } from './host/host-json';
import { loadApp } from './host/load-app';
import { filterLevels } from './host/log-lines';
import { applySettings, bypassProxyForLoopback, readLocalSettings, type Settings } from './host/settings';
import { lockState, type StateLock } from './host/state-lock';
import { type Doors, openDoors } from './http/doors';
import { type Keys, loadKeys } from './http/keys';
import { Routes } from './http/routes';
import { Store } from './store/store';
import { TimerRunner } from './timers/timer-runner';

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

/** A running runtime. */
export interface Runtime {
  /** `http://host:port`; functions are below their `routePrefix`. */
  readonly url: string;
  readonly keys: Keys;
  /** The durable client, without HTTP between. */
  readonly client: OrchestrationClient;
  /** The engine, for measurements. */
  readonly engine: Engine;
  /** How long it took to load the app, milliseconds. */
  readonly loadMs: number;
  /** Runs a timer function now. Rejects when there is none of this name. */
  runTimer(name: string): Promise<void>;
  /** Ends it: appTerminate hooks, then what is running is waited for within `drainMs`. Harmless when called again. */
  stop(): Promise<void>;
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

interface Parts {
  readonly config: HostConfig;
  readonly store: Store;
  readonly lock: StateLock;
  readonly doors: Doors;
  readonly log: LogSink;
  readonly clock: Clock;
  readonly drainMs: number;
}

class RunningApp {
  readonly #parts: Parts;
  #timers: TimerRunner[] = [];
  #stopped: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async start(appDirectory: string, stateDirectory: string): Promise<Runtime> {
    const { doors, log, store, clock } = this.#parts;
    const core = createCore((level, category, message) => log({ level, category: `Worker.${category}`, message }));
    const began = performance.now();
    loadApp(appDirectory, core);
    const loadMs = performance.now() - began;
    const app = this.#createApp(core);
    await app.invoker.loadModel();
    const keys = loadKeys(resolve(stateDirectory, 'keys.json'), httpNames(app));
    const routes = new Routes(app.registry.ofKind('http'), this.#parts.config.routePrefix);
    const timers = new Map(
      app.registry
        .ofKind('timer')
        .map((target) => [target.name, new TimerRunner(target, { store, clock, log, ...app }, process.env)]),
    );
    this.#timers = [...timers.values()];
    core.freeze();
    await app.invoker.appHooks('appStart');
    app.engine.start();
    for (const timer of this.#timers) timer.start();
    doors.open({ routes, keys, invoker: app.invoker, client: app.client, log });
    return {
      url: doors.url,
      keys,
      client: app.client,
      engine: app.engine,
      loadMs,
      runTimer: async (name) => {
        const timer = timers.get(name);
        if (timer === undefined) throw new Error(`There is no timer function '${name}'.`);
        await timer.trigger();
      },
      stop: () => (this.#stopped ??= this.#stop(app)),
    };
  }

  #createApp(core: Core): AppHost {
    const { config, store, clock, log, doors } = this.#parts;
    return createAppHost({
      core,
      store,
      clock,
      log,
      maxOrchestrators: config.maxOrchestrators,
      maxActivities: config.maxActivities,
      defaultVersion: config.defaultVersion,
      timeoutMs: config.functionTimeoutMs,
      clientBinding: () => doors.clientBinding(),
    });
  }

  async #stop(app: AppHost): Promise<void> {
    const { doors, store, lock, drainMs } = this.#parts;
    const drained = Promise.all([
      doors.close(),
      app.engine.drain(),
      ...this.#timers.map((timer) => timer.stop()),
      this.#terminate(app),
    ]);
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, drainMs)));
    await Promise.race([drained, limit]);
    clearTimeout(timer);
    app.engine.kill();
    doors.abort();
    store.close();
    lock.release();
  }

  async #terminate(app: AppHost): Promise<void> {
    try {
      await app.invoker.appHooks('appTerminate');
    } catch (error) {
      const message = `An appTerminate hook threw: ${error instanceof Error ? error.message : String(error)}`;
      this.#parts.log({ level: 'error', category: 'Host', message });
    }
  }
}

function httpNames(app: AppHost): string[] {
  return app.registry.ofKind('http').map(({ name }) => name);
}
