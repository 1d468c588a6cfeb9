import type { Clock } from '../engine/clock';
import type { LogSink } from '../engine/log';
import type { Invoker } from '../host/invoker';
import type { HostedFunction } from '../host/registry';
import { resolveSettings } from '../host/settings';
import type { ScheduleStatus } from '../store/schedules';
import type { Store } from '../store/store';
import { parseSchedule, type Schedule } from './schedule';

/** What timer triggers need. */
export interface TimerParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly invoker: Invoker;
  readonly log: LogSink;
}

/**
 * Runs one timer trigger: one run at a time, an occurrence missed while the runtime was down once at the start, with
 * `isPastDue`.
 */
export class TimerRunner {
  readonly #target: HostedFunction;
  readonly #parts: TimerParts;
  readonly #schedule: Schedule;
  readonly #runOnStartup: boolean;
  readonly #isMonitored: boolean;
  #cancel: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  /**
   * @param environment where `%SETTING%` in the schedule is looked up.
   * @throws Error when the schedule cannot be understood, naming the function.
   */
  constructor(target: HostedFunction, parts: TimerParts, environment: NodeJS.ProcessEnv) {
    this.#target = target;
    this.#parts = parts;
    const { schedule, runOnStartup, useMonitor } = target.trigger;
    try {
      this.#schedule = parseSchedule(resolveSettings(String(schedule), environment));
    } catch (error) {
      throw new Error(`'${target.name}': ${error instanceof Error ? error.message : String(error)}`);
    }
    this.#runOnStartup = runOnStartup === true;
    this.#isMonitored = useMonitor !== false && this.#schedule.isMonitored;
  }

  /** Begins: runs at once what is past due or wants to run at the start, then waits for the next occurrence. */
  start(): void {
    const { store, clock } = this.#parts;
    const known = this.#isMonitored ? store.schedules.get(this.#target.name) : undefined;
    const isPastDue = known !== undefined && known.next < clock.now();
    if (known === undefined) this.#remember(undefined);
    if (isPastDue || this.#runOnStartup) this.#run(isPastDue);
    else this.#wait();
  }

  /** Runs the function now, whatever the schedule says; resolves when it has ended. */
  async trigger(): Promise<void> {
    await this.#running;
    await this.#invoke(false);
  }

  /** Starts no further run; resolves when a running one has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#running;
  }

  #wait(): void {
    const next = this.#schedule.next(this.#parts.clock.now());
    if (next !== undefined && !this.#stopped) this.#cancel = this.#parts.clock.schedule(next, () => this.#run(false));
  }

  #run(isPastDue: boolean): void {
    if (this.#stopped) return;
    this.#running = this.#invoke(isPastDue).then(
      () => this.#wait(),
      // Only the store can fail here: it was closed because the run took longer than the runtime waits at its end.
      (error: unknown) => this.#report(error),
    );
  }

  async #invoke(isPastDue: boolean): Promise<void> {
    const { store, clock, invoker } = this.#parts;
    const started = clock.now();
    const status = this.#isMonitored ? store.schedules.get(this.#target.name) : undefined;
    try {
      await invoker.invoke(this.#target, { data: { json: timerText(status, isPastDue) } });
    } catch (error) {
      this.#report(error);
    }
    this.#remember(started);
  }

  #report(error: unknown): void {
    const message = `The timer threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    const category = `Function.${this.#target.name}`;
    this.#parts.log({ level: 'error', category, message, functionName: this.#target.name });
  }

  #remember(last: number | undefined): void {
    if (!this.#isMonitored) return;
    const now = this.#parts.clock.now();
    const next = this.#schedule.next(now);
    if (next !== undefined) this.#parts.store.schedules.set(this.#target.name, { last, next, updatedAt: now });
  }
}

function timerText(status: ScheduleStatus | undefined, isPastDue: boolean): string {
  return JSON.stringify({
    Schedule: { AdjustForDST: true },
    ...(status === undefined ? {} : { ScheduleStatus: scheduleStatus(status) }),
    IsPastDue: isPastDue,
  });
}

function scheduleStatus({ last, next, updatedAt }: ScheduleStatus): Record<string, string> {
  return {
    // What .NET writes for a time that never was.
    Last: last === undefined ? '0001-01-01T00:00:00+00:00' : new Date(last).toISOString(),
    Next: new Date(next).toISOString(),
    LastUpdated: new Date(updatedAt).toISOString(),
  };
}
