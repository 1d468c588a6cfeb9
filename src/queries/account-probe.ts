import type { AccountProbe, ApiProbe, VisibleProduct } from '../accounts';
import type { ActivityDeps } from '../activities/deps';
import type { TargetApi } from '../contracts/activities';
import { createAllowance } from '../partner-center/http';
import type { Call, RequestBudget } from '../partner-center/http';
import { explainCloudPartner, explainMarketplace, explainStore, nothingSeen } from './probe-faults';

type Deps = Pick<ActivityDeps, 'openStore' | 'openMarketplace' | 'openCloudPartner'>;

/** What the check of an account asks each API: as few requests as tell whether it can be used, and what it shows. */
export function accountProbe(deps: Deps, scopes: Readonly<Record<TargetApi, string>>): AccountProbe {
  const look = looks(deps);
  const publishersOf = async (account: string): Promise<string[]> => {
    const seen = [];
    for await (const { id } of look.publishers(account)) seen.push(id);
    return seen;
  };
  return {
    store: {
      scope: scopes.store,
      look: ({ account }) => look.apps(account),
      explain: (error) => explainStore(error),
      nothingSeen: () => nothingSeen.store,
    },
    marketplace: {
      scope: scopes.marketplace,
      look: ({ account }) => look.products(account),
      explain: (error) => explainMarketplace(error, scopes.marketplace),
      nothingSeen: () => nothingSeen.marketplace,
    },
    'cloud-partner': {
      scope: scopes['cloud-partner'],
      look: ({ account, publisher }) =>
        publisher === undefined ? look.publishers(account) : look.offers(account, publisher),
      explain: (error, { account, publisher }) =>
        explainCloudPartner(error, {
          scope: scopes['cloud-partner'],
          publisher,
          publishers: () => publishersOf(account),
        }),
      nothingSeen: ({ publisher }) => (publisher === undefined ? nothingSeen.publishers : nothingSeen.offers),
    },
  };
}

type Look = ReturnType<ApiProbe['look']>;

function looks({ openStore, openMarketplace, openCloudPartner }: Deps) {
  return {
    apps: async function* (account: string): AsyncGenerator<VisibleProduct> {
      const { client, budget } = await openStore(account);
      for await (const { id, primaryName } of client.listApplications(callOf(budget), { top: 100 }))
        yield { id, name: primaryName };
    },
    /** The first page, which has a few: how many there are would take a request for each of the pages. */
    products: async function* (account: string): Look {
      const { client, budget } = await openMarketplace(account);
      let left = 0;
      let next: string | undefined;
      const paging = {
        onPage: (page: { rows: number; next: string | undefined }) => {
          left = page.rows;
          next = page.next;
        },
      };
      for await (const { id, name } of client.listProducts({ ...callOf(budget), paging })) {
        yield { id, name };
        left -= 1;
        if (left === 0 && next !== undefined) {
          yield 'more';
          return;
        }
      }
    },
    publishers: async function* (account: string): AsyncGenerator<VisibleProduct> {
      const { client, budget } = await openCloudPartner(account);
      yield* (await client.listPublishers(callOf(budget))).value.map(named);
    },
    offers: async function* (account: string, publisher: string): AsyncGenerator<VisibleProduct> {
      const { client, budget } = await openCloudPartner(account);
      yield* (await client.listOffers(publisher, callOf(budget))).value.map(named);
    },
  };
}

/** A service that has slept may take minutes to wake up: whoever checks an account asks again. */
const patienceMs = 60_000;

/** Reads for people come last: they take what is free now, and never wait behind releases. */
function callOf(budget: RequestBudget): Call {
  const allowance = createAllowance({ budget, cost: 1, firstWaitMs: 0, priority: 'read' });
  return { allowance, signal: AbortSignal.timeout(patienceMs) };
}

interface Described {
  readonly id: string;
  readonly definition?: { readonly displayText?: string | null | undefined } | null | undefined;
}

function named({ id, definition }: Described): VisibleProduct {
  const name = definition?.displayText ?? undefined;
  return name === undefined ? { id } : { id, name };
}
