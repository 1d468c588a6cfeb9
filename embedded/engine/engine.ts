import { CommitBatch } from '../store/commit-batch';
import type { ActivityRecord } from '../store/records';
import { runQueuedActivity } from './activity-runner';
import type { EngineContext } from './context';
import { runEpisode } from './episode-runner';
import type { EngineOptions } from './options';
import { TimerWatch } from './timer-watch';

/** After an unexpected error (a full disk, say) the same work is tried again this much later. */
const retryDelayMs = 1_000;

/**
 * Drives orchestrations: takes what is waiting in the store, runs user code, writes the outcome.
 *
 * Safe against being killed at any instruction: memory holds only what the store says, an episode is one transaction,
 * an activity stays queued until its completion is written in the transaction that takes it off the queue, and a timer
 * becomes a message in the transaction that drops it.
 */
export class Engine {
  readonly #context: EngineContext;
  readonly #timers: TimerWatch;
  readonly #ready = new Set<string>();
  readonly #busy = new Set<string>();
  #activities: ActivityRecord[] = [];
  #lastActivityId = 0;
  #runningActivities = 0;
  #pumpScheduled = false;
  #state: 'new' | 'running' | 'draining' | 'dead' = 'new';
  readonly #cancelRetries = new Set<() => void>();
  readonly #idleListeners = new Set<() => void>();

  /** What has been carried out since the start, for measurements. */
  readonly counters = { episodes: 0, activities: 0 };

  /** The engine does nothing until `start`. */
  constructor(options: EngineOptions) {
    const isDead = (): boolean => this.#state === 'dead';
    this.#context = {
      ...options,
      batch: new CommitBatch(options),
      isDead,
      pass: (point, detail) => (isDead() ? undefined : options.probe?.(point, detail)),
    };
    this.#timers = new TimerWatch(
      this.#context,
      (instanceIds) => {
        for (const id of instanceIds) this.#ready.add(id);
        // Also when nothing was due any more: the next timer wants to be waited for.
        this.#wake();
      },
      (error) => this.#retryLater(error, '', () => undefined),
    );
  }

  /** Takes up everything that the store says is unfinished. */
  start(): void {
    this.#state = 'running';
    for (const instanceId of this.#context.store.instances.ready()) this.#ready.add(instanceId);
    this.#wake();
  }

  /** Tells the engine that something was written to the store for this instance. */
  notify(instanceId: string): void {
    this.#ready.add(instanceId);
    this.#wake();
  }

  /** True when nothing runs and nothing can run before a timer is due or somebody notifies. */
  get isIdle(): boolean {
    if (this.#state === 'dead') return true;
    const waiting = this.#state === 'running' && (this.#ready.size > 0 || this.#activities.length > 0);
    return !this.#pumpScheduled && !waiting && this.#busy.size === 0 && this.#runningActivities === 0;
  }

  /** Resolves as soon as the engine is idle. */
  async whenIdle(): Promise<void> {
    while (!this.isIdle) await new Promise<void>((resolve) => this.#idleListeners.add(resolve));
  }

  /** Starts nothing more; resolves when what is running has ended. The rest goes on at the next start. */
  async drain(): Promise<void> {
    if (this.#state === 'running') this.#state = 'draining';
    this.#stopWaiting();
    await this.whenIdle();
  }

  /** Ends as `kill -9` would: whatever is still running in this process writes nothing any more. */
  kill(): void {
    this.#state = 'dead';
    this.#context.batch.abandon();
    this.#stopWaiting();
    this.#settleIdle();
  }

  #wake(): void {
    if (this.#pumpScheduled || this.#state !== 'running') return;
    this.#pumpScheduled = true;
    // Not at once: input and output of the process get their turn between episodes.
    setImmediate(() => {
      this.#pumpScheduled = false;
      if (this.#state === 'running') this.#pump();
      this.#settleIdle();
    });
  }

  #pump(): void {
    // Nothing can be written: whatever was begun now would wait to be written as well.
    if (this.#context.batch.isHeld) return;
    for (const instanceId of this.#ready) {
      if (this.#busy.size >= this.#context.maxOrchestrators) break;
      // One episode at a time for an instance: it stays in the set until the running one has ended.
      if (!this.#busy.has(instanceId)) void this.#runEpisode(instanceId);
    }
    this.#loadActivities();
    while (this.#runningActivities < this.#context.maxActivities) {
      const activity = this.#activities.shift();
      if (activity === undefined) break;
      void this.#runActivity(activity);
    }
    this.#timers.arm();
  }

  #loadActivities(): void {
    const added = this.#context.store.work.activitiesAfter(this.#lastActivityId);
    this.#activities.push(...added);
    this.#lastActivityId = added.at(-1)?.id ?? this.#lastActivityId;
  }

  async #runEpisode(instanceId: string): Promise<void> {
    this.#ready.delete(instanceId);
    this.#busy.add(instanceId);
    try {
      const ready = await runEpisode(this.#context, instanceId);
      for (const id of ready) this.#ready.add(id);
      this.counters.episodes += 1;
    } catch (error) {
      this.#retryLater(error, instanceId, () => this.#ready.add(instanceId));
    } finally {
      this.#busy.delete(instanceId);
      this.#ended();
    }
  }

  async #runActivity(activity: ActivityRecord): Promise<void> {
    this.#runningActivities += 1;
    try {
      const instanceId = await runQueuedActivity(this.#context, activity);
      if (instanceId !== undefined) this.#ready.add(instanceId);
      this.counters.activities += 1;
    } catch (error) {
      this.#retryLater(error, activity.instanceId, () => this.#activities.push(activity));
    } finally {
      this.#runningActivities -= 1;
      this.#ended();
    }
  }

  #retryLater(error: unknown, instanceId: string, restore: () => void): void {
    if (this.#state === 'dead') return;
    const { log, clock } = this.#context;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const message = `Work could not be carried out and is tried again: ${text}`;
    log({ level: 'error', category: 'Host.Durable', message, instanceId });
    const cancel = clock.schedule(clock.now() + retryDelayMs, () => {
      this.#cancelRetries.delete(cancel);
      restore();
      this.#wake();
    });
    this.#cancelRetries.add(cancel);
  }

  #ended(): void {
    this.#wake();
    this.#settleIdle();
  }

  #settleIdle(): void {
    if (!this.isIdle) return;
    const listeners = [...this.#idleListeners];
    this.#idleListeners.clear();
    for (const listener of listeners) listener();
  }

  #stopWaiting(): void {
    this.#timers.disarm();
    for (const cancel of this.#cancelRetries) cancel();
    this.#cancelRetries.clear();
  }
}
