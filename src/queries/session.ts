import type { ActivityDeps } from '../activities/deps';
import { lastInLine } from '../activities/last-in-line';
import type { Patience } from '../activities/last-in-line';
import type { AccountSession } from '../activities/store-call';
import { createAllowance } from '../partner-center/http';
import type { Call, RequestBudget } from '../partner-center/http';

/** What queries work with. */
export interface QueryDeps extends Pick<
  ActivityDeps,
  | 'openStore'
  | 'openMarketplace'
  | 'openCloudPartner'
  | 'offers'
  | 'packages'
  | 'readSecret'
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

/** A page of as many rows as there are requests for: the rest is another page. */
export const contented: Patience = { firstMs: 0, laterMs: 0 };

/** The requests of one query: they come last in the budget, and end with the time of a request. */
export function queryCall(deps: QueryDeps, patience: Patience): (budget: RequestBudget) => Call {
  const signal = signalOf(deps);
  return (budget) => ({
    allowance: createAllowance({ budget: lastInLine(budget, deps.clock, patience), cost: 1 }),
    signal,
  });
}

/** Ends what a query waits for. */
export function signalOf({ stopping }: QueryDeps): AbortSignal {
  return AbortSignal.any([stopping, AbortSignal.timeout(queryLimitMs)]);
}

/** Opens an account of the Store for one query. */
export async function openQuery(deps: QueryDeps, account: string, patience: Patience): Promise<AccountSession> {
  const { client, budget, tenant } = await deps.openStore(account);
  return { client, tenant, call: queryCall(deps, patience)(budget) };
}

/** An account that was opened for one query of an API. */
export interface QuerySession<Client> {
  readonly client: Client;
  readonly call: Call;
}

/** As `openQuery`, for any API. */
export async function openQueryOf<Client>(
  open: (account: string) => Promise<{ client: Client; budget: RequestBudget }>,
  deps: QueryDeps,
  account: string,
  patience: Patience,
): Promise<QuerySession<Client>> {
  const { client, budget } = await open(account);
  return { client, call: queryCall(deps, patience)(budget) };
}
