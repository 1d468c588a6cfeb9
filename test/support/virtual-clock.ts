import type { Clock } from '../../embedded/engine/clock';

interface Wait {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is moved. Waits that come due are woken in order of their time. */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #waits = new Set<Wait>();

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  schedule(at: number, wake: () => void): () => void {
    const wait: Wait = { at, order: this.#order++, wake };
    this.#waits.add(wait);
    return () => this.#waits.delete(wait);
  }

  /** When the next wait comes due, or undefined when nobody waits. */
  get next(): number | undefined {
    return this.#first()?.at;
  }

  /** Moves to `to`, never backwards, and wakes the first wait that is due by then; false when there was none. */
  step(to: number): boolean {
    const wait = this.#first();
    if (wait === undefined || wait.at > to) {
      this.#now = Math.max(this.#now, to);
      return false;
    }
    this.#now = Math.max(this.#now, wait.at);
    this.#waits.delete(wait);
    wait.wake();
    return true;
  }

  /** Forgets all waits: whoever made them is "dead". */
  clear(): void {
    this.#waits.clear();
  }

  #first(): Wait | undefined {
    return [...this.#waits].sort((a, b) => a.at - b.at || a.order - b.order)[0];
  }
}
