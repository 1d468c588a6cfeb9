import { resolve } from 'node:path';
import type { OrchestrationClient } from './engine/client';
import type { Clock } from './engine/clock';
import type { Engine } from './engine/engine';
import type { LogSink } from './engine/log';
import { type AppHost, createAppHost } from './host/app-host';
import { type Core, createCore } from './host/core-module';
import type { HostConfig } from './host/host-json';
import { loadApp } from './host/load-app';
import type { StateLock } from './host/state-lock';
import type { Doors } from './http/doors';
import { type Keys, loadKeys } from './http/keys';
import { Routes } from './http/routes';
import type { Store } from './store/store';
import { TimerRunner } from './timers/timer-runner';

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

/** What an app runs on. */
export interface Ground {
  readonly config: HostConfig;
  readonly store: Store;
  readonly lock: StateLock;
  readonly doors: Doors;
  readonly log: LogSink;
  readonly clock: Clock;
  readonly drainMs: number;
}

/** A hosted app from loading to its end. */
export class RunningApp {
  readonly #ground: Ground;
  #timers: TimerRunner[] = [];
  #stopped: Promise<void> | undefined;

  /** @param ground claimed and open; given back by the runtime's `stop`. */
  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /**
   * Loads the app and begins to serve it.
   *
   * @throws Error when the app cannot be hosted; the ground is the caller's again then.
   */
  async start(appDirectory: string, stateDirectory: string): Promise<Runtime> {
    const { doors, log, store, clock } = this.#ground;
    const core = createCore((level, category, message) => log({ level, category: `Worker.${category}`, message }));
    const began = performance.now();
    loadApp(appDirectory, core);
    const loadMs = performance.now() - began;
    const app = this.#createApp(core);
    await app.invoker.loadModel();
    const keys = loadKeys(resolve(stateDirectory, 'keys.json'), httpNames(app));
    const routes = new Routes(app.registry.ofKind('http'), this.#ground.config.routePrefix);
    const timers = new Map(
      app.registry
        .ofKind('timer')
        .map((target) => [target.name, new TimerRunner(target, { store, clock, log, ...app }, process.env)]),
    );
    this.#timers = [...timers.values()];
    core.freeze();
    await app.invoker.appHooks('appStart');
    this.#begin(app, { routes, keys });
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

  /** Begins to work and to serve; what cannot all begin ends again, for nothing may reach for a store that is given back. */
  #begin(app: AppHost, { routes, keys }: { readonly routes: Routes; readonly keys: Keys }): void {
    const { doors, log, store, clock } = this.#ground;
    try {
      app.engine.start();
      for (const timer of this.#timers) timer.start();
      doors.open({
        routes,
        keys,
        invoker: app.invoker,
        client: app.client,
        log,
        clock,
        problem: () => store.problem(),
      });
    } catch (error) {
      app.engine.kill();
      for (const timer of this.#timers) void timer.stop();
      throw error;
    }
  }

  #createApp(core: Core): AppHost {
    const { config, store, clock, log, doors } = this.#ground;
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
    const { doors, store, lock, drainMs } = this.#ground;
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
    if (!app.engine.isIdle) this.#tellOfCut(drainMs);
    app.engine.kill();
    doors.abort();
    store.close();
    lock.release();
  }

  #tellOfCut(drainMs: number): void {
    const message = `What still runs after ${drainMs / 1000} s is cut off, and runs again at the next start.`;
    this.#ground.log({ level: 'warning', category: 'Host', message });
  }

  async #terminate(app: AppHost): Promise<void> {
    try {
      await app.invoker.appHooks('appTerminate');
    } catch (error) {
      const message = `An appTerminate hook threw: ${error instanceof Error ? error.message : String(error)}`;
      this.#ground.log({ level: 'error', category: 'Host', message });
    }
  }
}

function httpNames(app: AppHost): string[] {
  return app.registry.ofKind('http').map(({ name }) => name);
}
