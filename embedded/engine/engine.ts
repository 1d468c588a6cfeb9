import type { ActivityRecord } from '../store/records';
import { type ActivityCompletion, runActivity } from './activity';
import { CommitBatch } from '../store/commit-batch';
import { commitEpisode } from './commit';
import { beginEpisode } from './episode';
import { EventType } from './history';
import { eventMessage } from './messages';
import type { EngineOptions, ProbeDetail, ProbePoint } from './options';
import { planEpisode } from './run-orchestrator';
import { hasEnded } from './status';

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
  readonly #options: EngineOptions;
  readonly #batch: CommitBatch;
  readonly #ready = new Set<string>();
  readonly #busy = new Set<string>();
  #activities: ActivityRecord[] = [];
  #lastActivityId = 0;
  #runningActivities = 0;
  #pumpScheduled = false;
  #state: 'new' | 'running' | 'draining' | 'dead' = 'new';
  #cancelTimer: () => void = () => undefined;
  #armedFor: number | undefined;
  readonly #cancelRetries = new Set<() => void>();
  readonly #idleListeners = new Set<() => void>();

  /** What has been carried out since the start, for measurements. */
  readonly counters = { episodes: 0, activities: 0 };

  /** The engine does nothing until `start`. */
  constructor(options: EngineOptions) {
    this.#options = options;
    this.#batch = new CommitBatch(options.store);
  }

  /** Takes up everything that the store says is unfinished. */
  start(): void {
    this.#state = 'running';
    for (const instanceId of this.#options.store.instances.ready()) this.#ready.add(instanceId);
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
    this.#cancelTimers();
    await this.whenIdle();
  }

  /** Ends as `kill -9` would: whatever is still running in this process writes nothing any more. */
  kill(): void {
    this.#state = 'dead';
    this.#batch.abandon();
    this.#cancelTimers();
    this.#settleIdle();
  }

  get #isDead(): boolean {
    return this.#state === 'dead';
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
    for (const instanceId of this.#ready) {
      if (this.#busy.size >= this.#options.maxOrchestrators) break;
      // One episode at a time for an instance: it stays in the set until the running one has ended.
      if (!this.#busy.has(instanceId)) void this.#runEpisode(instanceId);
    }
    this.#loadActivities();
    while (this.#runningActivities < this.#options.maxActivities) {
      const activity = this.#activities.shift();
      if (activity === undefined) break;
      void this.#runActivity(activity);
    }
    this.#armTimer();
  }

  #loadActivities(): void {
    const added = this.#options.store.work.activitiesAfter(this.#lastActivityId);
    this.#activities.push(...added);
    this.#lastActivityId = added.at(-1)?.id ?? this.#lastActivityId;
  }

  async #runEpisode(instanceId: string): Promise<void> {
    this.#ready.delete(instanceId);
    this.#busy.add(instanceId);
    try {
      await this.#episode(instanceId);
    } catch (error) {
      this.#reportAndRetry(error, instanceId, () => this.#ready.add(instanceId));
    } finally {
      this.#busy.delete(instanceId);
      this.#ended();
    }
  }

  async #episode(instanceId: string): Promise<void> {
    const { store, clock, functions } = this.#options;
    const instance = store.instances.get(instanceId);
    const messages = store.work.messages(instanceId);
    if (instance === undefined || hasEnded(instance.status)) {
      store.work.removeMessages(messages.map(({ id }) => id));
      return;
    }
    const episode = beginEpisode({ instance, pastTexts: store.instances.history(instanceId), messages }, clock.now());
    if (episode.course === 'nothing') {
      store.work.removeMessages(episode.taken);
      return;
    }
    const detail: ProbeDetail = { instanceId, name: instance.name };
    await this.#probe('episode-loaded', detail);
    const plan = await planEpisode(episode, functions);
    await this.#probe('episode-answered', detail);
    if (this.#isDead) return;
    const ready = await this.#batch.commit(() => {
      // Purged or replaced while user code ran: the answer is for nobody.
      if (store.instances.get(instanceId)?.executionId !== instance.executionId) return [];
      const context = { store, now: clock.now(), ...this.#commitOptions() };
      const woken = commitEpisode(context, episode, plan);
      void this.#probe('episode-committing', detail);
      return woken;
    });
    this.counters.episodes += 1;
    for (const id of ready) this.#ready.add(id);
    if (store.work.hasMessages(instanceId)) this.#ready.add(instanceId);
    await this.#probe('episode-committed', detail);
  }

  #commitOptions(): { defaultVersion: string | undefined; orchestratorName: (name: string) => string | undefined } {
    const { defaultVersion, functions } = this.#options;
    return { defaultVersion, orchestratorName: (name) => functions.orchestratorName(name) };
  }

  async #runActivity(activity: ActivityRecord): Promise<void> {
    this.#runningActivities += 1;
    const detail: ProbeDetail = { instanceId: activity.instanceId, name: activity.name };
    try {
      await this.#probe('activity-starting', detail);
      if (this.#isDead) return;
      const completion = await runActivity(activity, this.#options.functions);
      await this.#probe('activity-returned', detail);
      if (this.#isDead) return;
      await this.#recordCompletion(activity, completion);
      this.counters.activities += 1;
      await this.#probe('activity-completed', detail);
    } catch (error) {
      this.#reportAndRetry(error, activity.instanceId, () => this.#activities.push(activity));
    } finally {
      this.#runningActivities -= 1;
      this.#ended();
    }
  }

  async #recordCompletion(activity: ActivityRecord, completion: ActivityCompletion): Promise<void> {
    const { store, clock } = this.#options;
    const { instanceId } = activity;
    const isWanted = await this.#batch.commit(() => {
      if (!store.work.removeActivity(activity.id)) return false;
      const instance = store.instances.get(instanceId);
      if (instance?.executionId !== activity.executionId || hasEnded(instance.status)) return false;
      store.work.addMessage(eventMessage(activity, completion.type, clock.now(), completion.detail));
      return true;
    });
    if (isWanted) this.#ready.add(instanceId);
  }

  #armTimer(): void {
    const next = this.#options.store.work.nextTimer();
    if (next === this.#armedFor) return;
    this.#cancelTimer();
    this.#armedFor = next;
    this.#cancelTimer = next === undefined ? () => undefined : this.#options.clock.schedule(next, () => this.#fire());
  }

  #fire(): void {
    this.#armedFor = undefined;
    if (this.#state !== 'running') return;
    const { store, clock } = this.#options;
    try {
      const fired = store.transaction(() => {
        const due = store.work.dueTimers(clock.now());
        for (const timer of due) {
          store.work.removeTimer(timer.executionId, timer.timerId);
          const detail = { TimerId: timer.timerId, FireAt: new Date(timer.fireAt).toISOString() };
          store.work.addMessage(eventMessage(timer, EventType.TimerFired, clock.now(), detail));
        }
        void this.#probe('timers-firing', { instanceId: '', name: '' });
        return due;
      });
      for (const { instanceId } of fired) this.#ready.add(instanceId);
    } catch (error) {
      this.#reportAndRetry(error, '', () => undefined);
    }
    this.#wake();
  }

  #probe(point: ProbePoint, detail: ProbeDetail): void | Promise<void> {
    return this.#isDead ? undefined : this.#options.probe?.(point, detail);
  }

  #reportAndRetry(error: unknown, instanceId: string, restore: () => void): void {
    if (this.#isDead) return;
    const message = `Work could not be carried out and is tried again: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    this.#options.log({ level: 'error', category: 'Host.Durable', message, instanceId });
    const cancel = this.#options.clock.schedule(this.#options.clock.now() + retryDelayMs, () => {
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

  #cancelTimers(): void {
    this.#cancelTimer();
    this.#armedFor = undefined;
    for (const cancel of this.#cancelRetries) cancel();
    this.#cancelRetries.clear();
  }
}
