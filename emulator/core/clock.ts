/** The emulator's clock: the real one, unless it was frozen or moved over the control endpoint. */
export interface ClockState {
  /** Milliseconds that the clock is ahead of the real one. */
  offset: number;
  /** Where the clock stands still, in epoch milliseconds. */
  frozenAt?: number;
}

/** Reads and moves the emulator's time. */
export class Clock {
  constructor(private readonly state: () => ClockState) {}

  /** Emulated time in epoch milliseconds. */
  now(): number {
    const state = this.state();
    return state.frozenAt ?? Date.now() + state.offset;
  }

  /** Stops the clock, at `at` or where it is. */
  freeze(at = this.now()): void {
    this.state().frozenAt = at;
  }

  /** Moves the clock forward; a frozen clock stays frozen at the new time. */
  advance(milliseconds: number): void {
    const state = this.state();
    if (state.frozenAt === undefined) state.offset += milliseconds;
    else state.frozenAt += milliseconds;
  }

  /** Lets a frozen clock run on from where it stands. */
  resume(): void {
    const state = this.state();
    if (state.frozenAt === undefined) return;
    state.offset = state.frozenAt - Date.now();
    delete state.frozenAt;
  }

  /** What the control endpoint shows. */
  read(): { now: string; frozen: boolean; offset: number } {
    const { offset, frozenAt } = this.state();
    return { now: new Date(this.now()).toISOString(), frozen: frozenAt !== undefined, offset };
  }
}
