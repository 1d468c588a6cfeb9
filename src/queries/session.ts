import type { ActivityDeps } from '../activities/deps';
import type { AccountSession } from '../activities/store-call';
import { createAllowance } from '../partner-center/http';
import type { RequestBudget } from '../partner-center/http';

/** The clock that a query waits by. */
export interface QueryClock {
  /** Milliseconds that only grow. */
  monotonic(): number;
  /** Rejects when the signal is aborted. */
  delay(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What queries work with. */
export interface QueryDeps extends Pick<
  ActivityDeps,
  | 'openStore'
  | 'packages'
  | 'published'
  | 'placed'
  | 'ownSubmissions'
  | 'documents'
  | 'releases'
  | 'work'
  | 'claims'
  | 'stopping'
> {
  readonly clock: QueryClock;
}

/** How long a query waits for requests that the budget does not have at once. */
export interface Patience {
  /** For the first one: nothing was sent yet, and whoever asks may as well ask again. Milliseconds. */
  readonly firstMs: number;
}

/** Longer than this, no answer takes: Azure lets go of a request at 230 s. */
const queryLimitMs = 200_000;

/** A query of several requests had better be done with than be begun again. */
export const patient: Patience = { firstMs: queryLimitMs };
/** A read of one request. */
export const impatient: Patience = { firstMs: 0 };

/** Opens an account for one query: its requests come last in the tenant's budget, and end with the time of a request. */
export async function openQuery(deps: QueryDeps, account: string, patience: Patience): Promise<AccountSession> {
  const { client, budget, tenant } = await deps.openStore(account);
  const signal = AbortSignal.any([deps.stopping, AbortSignal.timeout(queryLimitMs)]);
  const allowance = createAllowance({ budget: lastInLine(budget, deps, patience), cost: 1 });
  return { client, tenant, call: { allowance, signal } };
}

/** Takes what is free, and asks again later where nothing is: nothing is kept from releases meanwhile. */
function lastInLine(budget: RequestBudget, { clock }: QueryDeps, patience: Patience): RequestBudget {
  const began = clock.monotonic();
  let sent = 0;
  return {
    block: (until) => budget.block(until),
    reserve: async (count, { signal }) => {
      for (;;) {
        const wish = { maxWaitMs: 0, priority: 'read', ...(signal === undefined ? {} : { signal }) } as const;
        const answer = await budget.reserve(count, wish);
        if (answer.granted) {
          sent += count;
          return answer;
        }
        const limit = sent === 0 ? patience.firstMs : queryLimitMs;
        if (clock.monotonic() - began + askAgainMs > limit) return answer;
        await clock.delay(askAgainMs, signal);
      }
    },
  };
}

/** A look at the budget costs no request to Partner Center. */
const askAgainMs = 5000;
