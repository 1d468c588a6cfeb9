import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryEvent } from '../../embedded/engine/history';
import type { LogEntry } from '../../embedded/engine/log';
import type { ProbeDetail, ProbePoint } from '../../embedded/engine/options';
import { type AppHost, createAppHost } from '../../embedded/host/app-host';
import type { Core, RegisteredFunction } from '../../embedded/host/core-module';
import type { CommandOutcome } from '../../embedded/engine/client';
import type { Clock } from '../../embedded/engine/clock';
import { type Doors, openDoors } from '../../embedded/http/doors';
import { type Keys, loadKeys } from '../../embedded/http/keys';
import { Routes } from '../../embedded/http/routes';
import { Store } from '../../embedded/store/store';
import { core } from './functions-core';
import { VirtualClock } from './virtual-clock';

/**
 * Runs functions registered through `@azure/functions` and `durable-functions` inside jest, on the engine that
 * `npm start` runs, with a virtual clock.
 *
 * @example
 * ```ts
 * const host = await createDurableHost({
 *   register() {
 *     df.app.activity('greet', { handler: (input) => `hello ${input.name}` });
 *     df.app.orchestration('greeting', function* (ctx) {
 *       yield ctx.df.createTimer(new Date(ctx.df.currentUtcDateTime.getTime() + 3 * day));
 *       return yield ctx.df.callActivity('greet', { name: 'Ada' });
 *     });
 *   },
 * });
 * const id = host.start('greeting');
 * await host.run(id);                         // three days, in milliseconds
 * expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: 'hello Ada' });
 * ```
 *
 * **Registering.** With `register`, the host has exactly what that call registers (it may import modules). Without it,
 * the host has everything that this test file has registered so far, for instance by importing the app at its top.
 * A function's name must be unique within one host.
 *
 * **Time.** The clock starts at `now` (default 2026-01-01T00:00:00Z) and stands still while anything can run, an
 * activity that is waiting for real I/O included. `run` moves it to the next timer only when nothing else can happen;
 * `settle` never moves it; `advance(ms)` moves it step by step through every timer on the way.
 *
 * **Crashes.** `kill()` drops everything in memory; what is still running in the "dead" process writes nothing any more.
 * `restart()` goes on from the store with the same functions. `at(point, …)` runs test code at a named point
 * (`ProbePoint`): `host.at('activity-returned', () => host.kill(), 'create')` kills after the activity `create` has run
 * and before its completion is written, so that it runs again after `restart()`. At the points inside a transaction
 * (`episode-committing`, `timers-firing`) the handler must be synchronous; a kill there rolls the transaction back.
 *
 * **HTTP and timers.** `serve()` puts the functions on a real port, keys and durable client included. Timer functions
 * never run by themselves here: `runTimer(name)` runs one.
 */
export async function createDurableHost(options: DurableHostOptions = {}): Promise<DurableHost> {
  const before = core.functions.length;
  await options.register?.();
  const functions = core.functions.slice(options.register === undefined ? 0 : before);
  return new DurableHost(options, functions);
}

export interface DurableHostOptions {
  /** Registers the functions under test, by calls or by imports. */
  readonly register?: () => unknown;
  /** Where the virtual clock starts. */
  readonly now?: Date | string;
  /** `durableTask.defaultVersion` of host.json. */
  readonly defaultVersion?: string;
  /** Default 8 each. */
  readonly maxActivities?: number;
  readonly maxOrchestrators?: number;
  /** `functionTimeout` of host.json, milliseconds. Default: none. */
  readonly functionTimeoutMs?: number;
  /** Keeps the store in a temporary file instead of in memory; `restart()` then opens it anew. */
  readonly onDisk?: boolean;
}

/** Where a host's functions are served over HTTP. */
export interface Served {
  /** `http://127.0.0.1:port`; functions are below `/<routePrefix>`. */
  readonly url: string;
  readonly keys: Keys;
  /** The durableClient input's value, as JSON text. */
  clientBinding(): string;
}

/** An instance as a test wants to see it: payloads parsed. */
export interface InstanceStatus {
  readonly name: string;
  readonly instanceId: string;
  readonly executionId: string;
  readonly runtimeStatus: string;
  readonly version: string | undefined;
  readonly input: unknown;
  readonly output: unknown;
  readonly customStatus: unknown;
  readonly createdTime: Date;
  readonly lastUpdatedTime: Date;
}

type ProbeHandler = (detail: ProbeDetail) => void | Promise<void>;

/** More clock moves than this in one `run` mean an orchestration that never ends. */
const maxMoves = 10_000;

class SimulatedCrash extends Error {}

export class DurableHost {
  readonly clock: VirtualClock;
  /** Everything that was logged, by functions and by the engine. */
  readonly logs: LogEntry[] = [];
  readonly #options: DurableHostOptions;
  readonly #functions: readonly RegisteredFunction[];
  readonly #directory: string | undefined;
  readonly #handlers = new Set<{ point: ProbePoint; name: string | undefined; handler: ProbeHandler }>();
  #store: Store;
  #host: AppHost;
  #doors: { doors: Doors; keys: Keys; routePrefix: string; answerClock: Clock } | undefined;
  #isDead = false;

  constructor(options: DurableHostOptions, functions: readonly RegisteredFunction[]) {
    this.#options = options;
    this.#functions = functions;
    this.clock = new VirtualClock(new Date(options.now ?? '2026-01-01T00:00:00Z').getTime());
    this.#directory = options.onDisk ? mkdtempSync(join(tmpdir(), 'durable-host-')) : undefined;
    this.#store = new Store(this.#storePath);
    this.#host = this.#open();
  }

  /** The virtual time. */
  get now(): Date {
    return new Date(this.clock.now());
  }

  /** The store itself, for tests that look below the API. */
  get store(): Store {
    return this.#store;
  }

  /** The app's host, for tests of the host itself. */
  get app(): AppHost {
    return this.#host;
  }

  /** Starts an instance and answers its id. Throws when Azure would refuse. */
  start(name: string, input?: unknown, instanceId?: string, version?: string): string {
    const text = input === undefined ? undefined : JSON.stringify(input);
    const outcome = this.#host.client.start({ name, instanceId, input: text, version });
    if (outcome.kind === 'started') return outcome.instanceId;
    throw new Error(outcome.kind === 'exists' ? `The instance is ${outcome.status}.` : outcome.message);
  }

  /** Delivers an external event. */
  raise(instanceId: string, event: string, data: unknown = null): CommandOutcome {
    return this.#host.client.raiseEvent(instanceId, event, JSON.stringify(data));
  }

  terminate(instanceId: string, reason = ''): CommandOutcome {
    return this.#host.client.terminate(instanceId, reason);
  }

  suspend(instanceId: string, reason = ''): CommandOutcome {
    return this.#host.client.suspend(instanceId, reason);
  }

  resume(instanceId: string, reason = ''): CommandOutcome {
    return this.#host.client.resume(instanceId, reason);
  }

  /** Forgets an instance; says how many that were. */
  purge(instanceId: string): number {
    return this.#host.client.purge(instanceId);
  }

  /** The instance, or undefined. */
  status(instanceId: string): InstanceStatus | undefined {
    const found = this.#store.instances.get(instanceId);
    if (found === undefined) return undefined;
    const { name, executionId, status, version } = found;
    return {
      name,
      instanceId,
      executionId,
      version,
      runtimeStatus: status,
      input: parse(found.input),
      output: parse(found.output),
      customStatus: parse(found.customStatus),
      createdTime: new Date(found.createdAt),
      lastUpdatedTime: new Date(found.updatedAt),
    };
  }

  /** Ids of all instances, by id. */
  instances(): string[] {
    return this.#store.instances.query({}).map(({ instanceId }) => instanceId);
  }

  /** The history of the current generation. */
  history(instanceId: string): HistoryEvent[] {
    return this.#store.instances.history(instanceId).map((event) => JSON.parse(event) as HistoryEvent);
  }

  /** Runs until nothing can run without the clock moving. */
  async settle(): Promise<void> {
    await this.#host.engine.whenIdle();
  }

  /**
   * Runs, moving the clock, until the instance has ended, or without an id until nothing is left to do or wait for.
   * Also returns when the host was killed, or when the instance waits for something that time does not bring.
   */
  async run(instanceId?: string): Promise<InstanceStatus | undefined> {
    const ended = (): boolean => instanceId !== undefined && hasEnded(this.status(instanceId));
    await this.#move(ended);
    return instanceId === undefined ? undefined : this.status(instanceId);
  }

  /** Runs, moving the clock, until the condition holds. Throws when it cannot come to hold any more. */
  async runUntil(condition: () => boolean): Promise<void> {
    await this.#move(condition);
    if (!condition()) throw new Error('Nothing is left to run or to wait for, and the condition does not hold.');
  }

  /**
   * Lets the engine work until the condition holds, without moving the clock and without waiting for activities: for
   * tests that hold an activity on purpose and look at the rest meanwhile. (`settle` and `run` wait for activities.)
   */
  async waitFor(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Moves the clock by so many milliseconds, through every timer on the way, letting everything run in between. */
  async advance(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    do await this.settle();
    while (!this.#isDead && this.clock.step(end));
  }

  /**
   * Serves the host's HTTP functions, and the durable API to functions with a durableClient input, on loopback until
   * `close()`. The virtual clock still stands unless it is moved: `settle` after a request lets what it started run.
   *
   * @param answerClock by which a request is cut off after 230 seconds. Default: one that stands still, for `run` must
   *   not move on to the end of a request.
   */
  async serve(routePrefix = 'api', answerClock: Clock = new VirtualClock(0)): Promise<Served> {
    const doors = await openDoors({ host: '127.0.0.1', port: 0 }, 'TestHub');
    const directory = mkdtempSync(join(tmpdir(), 'durable-keys-'));
    const names = this.#host.registry.ofKind('http').map(({ name }) => name);
    const keys = loadKeys(join(directory, 'keys.json'), names);
    rmSync(directory, { recursive: true, force: true });
    this.#doors = { doors, keys, routePrefix, answerClock };
    this.#openDoors();
    return { url: doors.url, keys, clientBinding: () => doors.clientBinding() };
  }

  /** Runs a timer function once, now. Rejects with what it throws. */
  async runTimer(name: string, isPastDue = false): Promise<void> {
    const target = this.#host.registry.find('timer', name);
    if (target === undefined) throw new Error(`There is no timer function '${name}'.`);
    const json = JSON.stringify({ Schedule: { AdjustForDST: true }, IsPastDue: isPastDue });
    await this.#host.invoker.invoke(target, { data: { json } });
  }

  /** Ends as `kill -9` would. Nothing runs until `restart()`. */
  kill(): void {
    this.#isDead = true;
    this.#host.engine.kill();
    this.clock.clear();
  }

  /** Starts again on what the store has, with the same functions. Kills first when that has not happened yet. */
  restart(): void {
    this.kill();
    if (this.#directory !== undefined) {
      this.#store.close();
      this.#store = new Store(this.#storePath);
    }
    this.#isDead = false;
    this.#host = this.#open();
    this.#openDoors();
  }

  /**
   * Runs `handler` whenever the engine passes a point; with a name, only for that orchestrator or activity function.
   *
   * @returns a function that takes the handler away.
   */
  at(point: ProbePoint, handler: ProbeHandler, name?: string): () => void {
    const entry = { point, name, handler };
    this.#handlers.add(entry);
    return () => this.#handlers.delete(entry);
  }

  /** Kills the host the first time the engine passes a point. */
  killAt(point: ProbePoint, name?: string): void {
    const off = this.at(
      point,
      () => {
        off();
        this.kill();
      },
      name,
    );
  }

  /** Ends the host; call it when a test is over. */
  close(): void {
    this.kill();
    this.#doors?.doors.abort();
    this.#store.close();
    if (this.#directory !== undefined) rmSync(this.#directory, { recursive: true, force: true });
  }

  get #storePath(): string {
    return this.#directory === undefined ? ':memory:' : join(this.#directory, 'state.db');
  }

  #open(): AppHost {
    const captured: Core = { ...core, functions: this.#functions, model: core.model };
    const host = createAppHost({
      core: captured,
      store: this.#store,
      clock: this.clock,
      log: (entry) => this.logs.push(entry),
      maxActivities: this.#options.maxActivities ?? 8,
      maxOrchestrators: this.#options.maxOrchestrators ?? 8,
      defaultVersion: this.#options.defaultVersion,
      timeoutMs: this.#options.functionTimeoutMs,
      clientBinding: () => this.#doors?.doors.clientBinding() ?? 'null',
      probe: (point, detail) => this.#probe(host, point, detail),
    });
    host.engine.start();
    return host;
  }

  #openDoors(): void {
    if (this.#doors === undefined) return;
    const { doors, keys, routePrefix, answerClock } = this.#doors;
    const { registry, invoker, client } = this.#host;
    const routes = new Routes(registry.ofKind('http'), routePrefix);
    doors.open({ routes, keys, invoker, client, clock: answerClock, log: (entry) => this.logs.push(entry) });
  }

  #probe(host: AppHost, point: ProbePoint, detail: ProbeDetail): void | Promise<void> {
    const pending: Promise<void>[] = [];
    for (const entry of [...this.#handlers]) {
      if (entry.point !== point || (entry.name !== undefined && entry.name !== detail.name)) continue;
      const result = entry.handler(detail);
      if (result !== undefined) pending.push(result);
    }
    const crash = (): void => {
      if (this.#isDead || this.#host !== host) throw new SimulatedCrash();
    };
    return pending.length === 0 ? crash() : Promise.all(pending).then(crash);
  }

  async #move(until: () => boolean): Promise<void> {
    for (let moves = 0; moves < maxMoves; moves++) {
      await this.settle();
      const next = this.clock.next;
      if (this.#isDead || until() || next === undefined) return;
      this.clock.step(next);
    }
    throw new Error(
      `The clock was moved ${maxMoves} times: an orchestration that never ends? Use runUntil or advance.`,
    );
  }
}

function hasEnded(status: InstanceStatus | undefined): boolean {
  return status === undefined || ['Completed', 'Failed', 'Terminated'].includes(status.runtimeStatus);
}

function parse(text: string | undefined): unknown {
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}
