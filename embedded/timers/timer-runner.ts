import { randomUUID } from 'node:crypto';
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

/** When a run is for, besides the schedule. */
type Reason = 'schedule' | 'past-due' | 'startup' | 'by-hand';

/** What .NET has as its last moment: an occurrence that never comes. */
const never = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Runs one timer trigger as the host's listener does (TimerListener.cs and ScheduleMonitor.cs of
 * Azure/azure-webjobs-sdk-extensions): one run at a time; an occurrence missed while the runtime was down once at the
 * start, with `isPastDue`; one that came due during a run right after it.
 */
export class TimerRunner {
  readonly #target: HostedFunction;
  readonly #parts: TimerParts;
  readonly #schedule: Schedule;
  readonly #runOnStartup: boolean;
  readonly #isMonitored: boolean;
  #status: ScheduleStatus = { last: undefined, next: never, updatedAt: 0 };
  #cancel: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  /**
   * @param environment where `%SETTING%` in the schedule is looked up, and WEBSITE_TIME_ZONE.
   * @throws Error when the schedule cannot be understood, naming the function.
   */
  constructor(target: HostedFunction, parts: TimerParts, environment: NodeJS.ProcessEnv) {
    this.#target = target;
    this.#parts = parts;
    const { schedule, runOnStartup, useMonitor } = target.trigger;
    try {
      const text = resolveSettings(typeof schedule === 'string' ? schedule : '', environment);
      this.#schedule = parseSchedule(text, environment['WEBSITE_TIME_ZONE'] || undefined);
    } catch (error) {
      throw new Error(`'${target.name}': ${error instanceof Error ? error.message : String(error)}`);
    }
    this.#runOnStartup = runOnStartup === true;
    this.#isMonitored = useMonitor !== false && this.#schedule.isMonitored;
  }

  /** Begins: runs at once what is past due or wants to run at the start, then waits for the next occurrence. */
  start(): void {
    const now = this.#parts.clock.now();
    this.#status = this.#isMonitored ? this.#recorded(now) : this.#statusFrom(undefined, now);
    if (this.#isMonitored && now > this.#status.next) this.#run('past-due');
    else if (this.#runOnStartup) this.#run('startup');
    else this.#wait();
  }

  /** Runs the function now, whatever the schedule says and without a trace in it; resolves when it has ended. */
  async trigger(): Promise<void> {
    await this.#inTurn('by-hand');
  }

  /** Starts no further run; resolves when a running one has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#running.catch(() => undefined);
  }

  /** What is on record; a record that the schedule would not have made is of another schedule, and begins anew. */
  #recorded(now: number): ScheduleStatus {
    const known = this.#parts.store.schedules.get(this.#target.name);
    if (known === undefined) return this.#remember(this.#statusFrom(undefined, now));
    const base = known.last ?? known.updatedAt;
    const expected = this.#statusFrom(undefined, base);
    if (expected.next === known.next) return known;
    return this.#remember(now > expected.next ? this.#statusFrom(undefined, now) : expected);
  }

  #statusFrom(last: number | undefined, at: number): ScheduleStatus {
    return { last, next: this.#schedule.next(at) ?? never, updatedAt: at };
  }

  #remember(status: ScheduleStatus): ScheduleStatus {
    this.#parts.store.schedules.set(this.#target.name, status);
    return status;
  }

  #wait(): void {
    if (this.#stopped || this.#status.next === never) return;
    this.#cancel = this.#parts.clock.schedule(this.#status.next, () => this.#run('schedule'));
  }

  #run(reason: Reason): void {
    if (this.#stopped) return;
    this.#inTurn(reason).then(
      () => this.#wait(),
      // Only the store can fail here: the disk is full, or it was closed because the run took longer than the runtime
      // waits at its end.
      (error: unknown) => {
        this.#report(error);
        this.#wait();
      },
    );
  }

  /** Two runs of one timer are never under way at once. */
  #inTurn(reason: Reason): Promise<void> {
    const run = this.#running.catch(() => undefined).then(() => this.#invoke(reason));
    this.#running = run;
    return run;
  }

  async #invoke(reason: Reason): Promise<void> {
    const { clock, invoker } = this.#parts;
    const started = clock.now();
    const invocationId = randomUUID();
    try {
      const data = { json: this.#timerText(reason === 'past-due') };
      await invoker.invoke(this.#target, { data, invocationId });
    } catch (error) {
      this.#report(error, invocationId);
    }
    if (reason === 'by-hand') return;
    // A clock that woke it too early must not make the same occurrence twice.
    const last = reason === 'schedule' ? Math.max(started, this.#status.next) : started;
    this.#status = this.#statusFrom(last, last);
    if (this.#isMonitored) this.#remember(this.#status);
  }

  #report(error: unknown, invocationId?: string): void {
    const message = `The timer threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    const category = `Function.${this.#target.name}`;
    this.#parts.log({ level: 'error', category, message, functionName: this.#target.name, invocationId });
  }

  #timerText(isPastDue: boolean): string {
    const { adjustsForDst } = this.#schedule;
    return JSON.stringify({
      Schedule: { AdjustForDST: adjustsForDst },
      ScheduleStatus: this.#isMonitored ? this.#statusText() : null,
      IsPastDue: isPastDue,
    });
  }

  #statusText(): Record<string, string> {
    const { last, next, updatedAt } = this.#status;
    const { format } = this.#schedule;
    // What .NET writes for a time that never was.
    const lastText = last === undefined ? '0001-01-01T00:00:00+00:00' : format(last);
    return { Last: lastText, Next: format(next), LastUpdated: format(updatedAt) };
  }
}
