import type { ActivityDeps } from '../activities/deps';
import { lastInLine } from '../activities/last-in-line';
import type { Patience } from '../activities/last-in-line';
import type { AccountSession } from '../activities/store-call';
import { createAllowance } from '../partner-center/http';

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
  | 'clock'
  | 'stopping'
> {
  readonly settings: {
    /** How long a plan may take within its request. */
    readonly planMs: number;
  };
}

/** Longer than this, no answer takes: Azure lets go of a request at 230 s. */
const queryLimitMs = 200_000;

/** A query of several requests had better be done with than be begun again. */
export const patient: Patience = { firstMs: queryLimitMs, laterMs: queryLimitMs };
/** A read of one request: whoever asks may as well ask again. */
export const impatient: Patience = { firstMs: 0, laterMs: queryLimitMs };

/** Opens an account for one query: its requests come last in the tenant's budget, and end with the time of a request. */
export async function openQuery(deps: QueryDeps, account: string, patience: Patience): Promise<AccountSession> {
  const { client, budget, tenant } = await deps.openStore(account);
  const signal = AbortSignal.any([deps.stopping, AbortSignal.timeout(queryLimitMs)]);
  const allowance = createAllowance({ budget: lastInLine(budget, deps.clock, patience), cost: 1 });
  return { client, tenant, call: { allowance, signal } };
}
