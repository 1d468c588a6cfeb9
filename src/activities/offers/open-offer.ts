import type { OfferCall } from '../../contracts/offer-activities';
import type { Result } from '../../domain/failure';
import { createAllowance } from '../../partner-center/http';
import type { BudgetPriority, Call, RequestBudget } from '../../partner-center/http';
import type { ActivityDeps } from '../deps';
import { guarded } from '../to-failure';
import type { RemoteReading } from '../to-failure';
import { cloudPartnerApi } from './cloud-partner/cloud-partner-api';
import { cloudPartnerDirectory } from './cloud-partner/directory';
import { ofCloudPartner } from './cloud-partner/failures';
import { marketplaceDirectory } from './marketplace/directory';
import { ofMarketplace } from './marketplace/failures';
import { marketplaceApi } from './marketplace/marketplace-api';
import type { OfferApi, OfferDirectory } from './offer-api';

type Kind = OfferCall['product']['kind'];
type Deps = Pick<ActivityDeps, 'openMarketplace' | 'openCloudPartner' | 'offers' | 'stopping'>;
type Asked = Pick<OfferCall, 'account' | 'ticket'>;

/** An offer and the requests that one activity run may send. */
export interface OfferSession {
  readonly api: OfferApi;
  readonly tenant: string;
}

/**
 * Opens an offer for one activity run.
 *
 * @param cost how many requests the run expects to send in quick succession: they are reserved together
 */
export async function openOffer(
  deps: Deps,
  { product, ...asked }: Asked & Pick<OfferCall, 'product'>,
  cost: number,
  priority: BudgetPriority = 'release',
): Promise<OfferSession> {
  if (product.kind === 'marketplace-product') {
    const { client, budget, tenant } = await deps.openMarketplace(asked.account);
    return {
      api: marketplaceApi(deps, { client, call: callOf(deps, budget, { ...asked, cost, priority }), product }),
      tenant,
    };
  }
  const { client, budget, tenant } = await deps.openCloudPartner(asked.account);
  return {
    api: cloudPartnerApi({ client, call: callOf(deps, budget, { ...asked, cost, priority }), product }),
    tenant,
  };
}

/** Opens the list of offers of an account. */
export async function openDirectory(deps: Deps, kind: Kind, asked: Asked): Promise<OfferDirectory> {
  const wish = { ...asked, cost: 1, priority: 'release' } as const;
  if (kind === 'marketplace-product') {
    const { client, budget } = await deps.openMarketplace(asked.account);
    return marketplaceDirectory({ client, call: callOf(deps, budget, wish) });
  }
  const { client, budget } = await deps.openCloudPartner(asked.account);
  return cloudPartnerDirectory({ client, call: callOf(deps, budget, wish) });
}

interface Wish {
  readonly cost: number;
  readonly priority: BudgetPriority;
  readonly ticket?: string | undefined;
}

function callOf({ stopping }: Pick<Deps, 'stopping'>, budget: RequestBudget, { cost, priority, ticket }: Wish): Call {
  return { allowance: createAllowance({ budget, cost, ticket, priority }), signal: stopping };
}

const readings: Readonly<Record<Kind, RemoteReading>> = {
  'marketplace-product': ofMarketplace,
  'cloud-partner-offer': ofCloudPartner,
};

/** As `guarded`, for an activity that calls the API of an offer. */
export function guardedOffer<T>(kind: Kind, work: () => Promise<Result<T>>): Promise<Result<T>> {
  return guarded(work, readings[kind]);
}

/** What an error of the API of an offer means; `undefined` when nobody expected it. */
export function remoteReading(kind: Kind): RemoteReading {
  return readings[kind];
}
