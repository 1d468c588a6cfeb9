import type { RequestBudget, Reservation, ReserveOptions } from './budget';
import { realTiming, type Timing } from './timing';

type Turn = 'mine' | 'late';

/**
 * Puts a first-come, first-served queue of this process in front of a tenant's budget: one reservation at a time asks
 * storage, so that a process does not fight itself. Who has waited its `maxWaitMs` in the queue asks at once without
 * waiting, and so learns its time and ticket from the budget itself. A halt does not queue.
 */
export function createBudgetQueue(
  budget: RequestBudget,
  timing: Pick<Timing, 'monotonic' | 'delay'> = realTiming,
): RequestBudget {
  let tail: Promise<void> = Promise.resolve();

  async function inTurn(count: number, options: ReserveOptions): Promise<Reservation> {
    const ahead = tail;
    let leave: () => void = () => undefined;
    const mine = new Promise<void>((resolve) => {
      leave = resolve;
    });
    // Who leaves early must not let the next one pass those who are still ahead.
    tail = Promise.all([ahead, mine]).then(() => undefined);
    const began = timing.monotonic();
    try {
      const turn = await waitFor(ahead, options, timing);
      const spent = timing.monotonic() - began;
      const maxWaitMs = turn === 'late' ? 0 : Math.max(0, options.maxWaitMs - spent);
      return await budget.reserve(count, { ...options, maxWaitMs });
    } finally {
      leave();
    }
  }

  return {
    mostTogether: budget.mostTogether,
    reserve: (count, options) =>
      options.priority === 'halt' ? budget.reserve(count, options) : inTurn(count, options),
    block: (until) => budget.block(until),
  };
}

async function waitFor(ahead: Promise<void>, options: ReserveOptions, timing: Pick<Timing, 'delay'>): Promise<Turn> {
  const settled = new AbortController();
  const signal = options.signal === undefined ? settled.signal : AbortSignal.any([settled.signal, options.signal]);
  const late = timing.delay(options.maxWaitMs, signal).then((): Turn => 'late');
  try {
    return await Promise.race([ahead.then((): Turn => 'mine'), late]);
  } finally {
    settled.abort();
    // The timer's rejection is the expected end of it.
    late.catch(() => undefined);
  }
}
