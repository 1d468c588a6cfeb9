import type { BudgetPriority, RequestBudget } from './budget';
import { BudgetDeferredError } from './errors';
import { realTiming, type Timing } from './timing';

/** A slot is used at its time or not at all. */
const freshMs = 500;
const firstWaitMs = 20_000;
const laterWaitMs = 240_000;

/** The right of one activity run to send requests. Pass one to every client call of the run. */
export interface Allowance {
  /**
   * Resolves when one request may be sent, at once.
   * @throws BudgetDeferredError when the slot is too far away: the first may be 20 s away, later ones 4 minutes, none at
   *   all for a `read`.
   */
  take(signal?: AbortSignal): Promise<void>;
}

export interface AllowanceOptions {
  readonly budget: RequestBudget;
  /** How many requests the run expects to send in quick succession; they are reserved together by the first take. */
  readonly cost: number;
  /** From the `BudgetDeferredError` of an earlier try of the same activity. */
  readonly ticket?: string | undefined;
  readonly timing?: Pick<Timing, 'monotonic'>;
  /** `release` unless told otherwise; see `ReserveOptions`. A `read` never waits. */
  readonly priority?: BudgetPriority;
  /** Milliseconds a first slot may be away; 20 000 unless told otherwise. */
  readonly firstWaitMs?: number;
}

/**
 * Makes the allowance of one activity run. Slots left over are not given back: a slot that is not used costs one
 * request, a slot that is used late could exceed the limit. Calls to `take` are served in order; after the first
 * reservation, those that wait at the same time are served by one, since each is a round trip to the storage. A run that
 * was deferred once is over: whatever else it wanted would only keep places that nobody comes back for.
 */
export function createAllowance(options: AllowanceOptions): Allowance {
  const { budget, cost, timing = realTiming, priority = 'release' } = options;
  let left = 0;
  let grantedAt = 0;
  let taken = 0;
  let waiting = 0;
  let deferred: BudgetDeferredError | undefined;
  let asked = false;
  let last: Promise<unknown> = Promise.resolve();

  function patience(): number {
    if (priority === 'read') return 0;
    return taken === 0 ? (options.firstWaitMs ?? firstWaitMs) : laterWaitMs;
  }

  async function reserve(signal: AbortSignal | undefined): Promise<void> {
    const first = !asked;
    const count = first ? Math.max(1, cost) : Math.min(waiting, budget.mostTogether);
    const reservation = await budget.reserve(count, {
      maxWaitMs: patience(),
      priority,
      ...(first && options.ticket !== undefined ? { ticket: options.ticket } : {}),
      ...(signal === undefined ? {} : { signal }),
    });
    if (!reservation.granted) {
      deferred = new BudgetDeferredError({ ...reservation, sent: taken });
      throw deferred;
    }
    asked = true;
    left = count;
    grantedAt = timing.monotonic();
  }

  async function takeNow(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (deferred !== undefined) throw deferred;
    const fresh = left > 0 && timing.monotonic() - grantedAt <= freshMs;
    if (!fresh) await reserve(signal);
    left -= 1;
    taken += 1;
  }

  async function takeInTurn(ahead: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
    waiting += 1;
    try {
      await ahead;
      await takeNow(signal);
    } finally {
      waiting -= 1;
    }
  }

  return {
    take(signal) {
      const turn = takeInTurn(last, signal);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
