import type { RequestBudget } from '../partner-center/http';

/** The clock by which somebody waits for requests that the budget does not have at once. */
export interface WaitClock {
  /** Milliseconds that only grow. */
  monotonic(): number;
  /** Rejects when the signal is aborted. */
  delay(ms: number, signal?: AbortSignal): Promise<void>;
}

/** How long is waited for requests, milliseconds since the waiting began. */
export interface Patience {
  /** For the first one: nothing was sent yet. */
  readonly firstMs: number;
  /** For those that follow. */
  readonly laterMs: number;
}

/** A look at the budget costs no request to Partner Center. */
const askAgainMs = 5000;

/**
 * A budget for what people ask: takes what is free, and asks again later where nothing is. Nothing is kept from releases
 * meanwhile.
 */
export function lastInLine(budget: RequestBudget, clock: WaitClock, patience: Patience): RequestBudget {
  const began = clock.monotonic();
  let sent = 0;
  return {
    mostTogether: budget.mostTogether,
    block: (until) => budget.block(until),
    reserve: async (count, { signal }) => {
      for (;;) {
        const wish = { maxWaitMs: 0, priority: 'read', ...(signal === undefined ? {} : { signal }) } as const;
        const answer = await budget.reserve(count, wish);
        if (answer.granted) {
          sent += count;
          return answer;
        }
        const limit = sent === 0 ? patience.firstMs : patience.laterMs;
        if (clock.monotonic() - began + askAgainMs > limit) return answer;
        await clock.delay(askAgainMs, signal);
      }
    },
  };
}
