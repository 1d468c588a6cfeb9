import { OrchestrationClient } from '../engine/client';
import type { Clock } from '../engine/clock';
import { Engine } from '../engine/engine';
import type { LogSink } from '../engine/log';
import type { Probe } from '../engine/options';
import type { Store } from '../store/store';
import type { Core } from './core-module';
import { durableFunctions } from './durable-functions';
import { Invoker } from './invoker';
import { FunctionRegistry } from './registry';

/** What an app's host is made of. */
export interface AppHostOptions {
  /** The app's registrations; the app has been loaded. */
  readonly core: Core;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: LogSink;
  readonly maxOrchestrators: number;
  readonly maxActivities: number;
  readonly defaultVersion?: string | undefined;
  /** The durableClient input's value as JSON text. */
  readonly clientBinding: () => string;
  /** How long a function may take, milliseconds; undefined for no limit. */
  readonly timeoutMs?: number | undefined;
  readonly probe?: Probe | undefined;
}

/** A loaded app with its engine, not yet started. */
export interface AppHost {
  readonly registry: FunctionRegistry;
  readonly invoker: Invoker;
  readonly engine: Engine;
  readonly client: OrchestrationClient;
}

/**
 * Puts a loaded app and an engine together. The running program and the test host both do it here, so that tests drive
 * the engine that people run.
 *
 * @throws Error naming every function that cannot be hosted.
 */
export function createAppHost(options: AppHostOptions): AppHost {
  const registry = new FunctionRegistry(options.core.functions);
  const invoker = new Invoker(options);
  const functions = durableFunctions(registry, invoker);
  const engine = new Engine({ ...options, functions });
  const client = new OrchestrationClient({ ...options, functions, notify: (instanceId) => engine.notify(instanceId) });
  return { registry, invoker, engine, client };
}
