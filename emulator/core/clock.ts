/** The emulator's clock: the real one, unless it was frozen or moved over the control endpoint. */
export interface ClockState {
  /** Milliseconds that the clock is ahead of the real one. */
  offset: number;
  /** Where the clock stands still, in epoch milliseconds. */
  frozenAt?: number;
}

/** Somebody who waits for a time. */
interface Waiter {
  readonly at: number;
  readonly wake: () => void;
  timer?: NodeJS.Timeout;
}

/** As long as a timer of Node can be. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Reads and moves the emulator's time. */
export class Clock {
  private readonly waiters = new Set<Waiter>();

  constructor(private readonly state: () => ClockState) {}

  /** Emulated time in epoch milliseconds. */
  now(): number {
    const state = this.state();
    return state.frozenAt ?? Date.now() + state.offset;
  }

  /** Resolves when it is `at` or later, because time has passed or was moved, or when nobody waits any more. */
  async until(at: number, signal: AbortSignal): Promise<void> {
    const waiter: Waiter = { at, wake: () => undefined };
    await new Promise<void>((resolve) => {
      Object.assign(waiter, { wake: resolve });
      signal.addEventListener('abort', () => resolve(), { once: true });
      this.waiters.add(waiter);
      this.look(waiter);
    });
    clearTimeout(waiter.timer);
    this.waiters.delete(waiter);
  }

  /** Stops the clock, at `at` or where it is. */
  freeze(at = this.now()): void {
    this.state().frozenAt = at;
    this.changed();
  }

  /** Moves the clock forward; a frozen clock stays frozen at the new time. */
  advance(milliseconds: number): void {
    const state = this.state();
    if (state.frozenAt === undefined) state.offset += milliseconds;
    else state.frozenAt += milliseconds;
    this.changed();
  }

  /** Lets a frozen clock run on from where it stands. */
  resume(): void {
    const state = this.state();
    if (state.frozenAt === undefined) return;
    state.offset = state.frozenAt - Date.now();
    delete state.frozenAt;
    this.changed();
  }

  /** What the control endpoint shows. */
  read(): { now: string; frozen: boolean; offset: number } {
    const { offset, frozenAt } = this.state();
    return { now: new Date(this.now()).toISOString(), frozen: frozenAt !== undefined, offset };
  }

  private changed(): void {
    for (const waiter of this.waiters) this.look(waiter);
  }

  /** Wakes a waiter whose time has come; else looks again when it should have, unless the clock stands still. */
  private look(waiter: Waiter): void {
    clearTimeout(waiter.timer);
    const left = waiter.at - this.now();
    if (left <= 0) return waiter.wake();
    if (this.state().frozenAt !== undefined) return;
    waiter.timer = setTimeout(() => this.look(waiter), Math.min(left, LONGEST_TIMER));
    // What is asked for keeps the process alive, not the wait for it.
    waiter.timer.unref();
  }
}
