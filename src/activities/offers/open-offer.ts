import type { OfferCall } from '../../contracts/offer-activities';
import type { Result } from '../../domain/failure';
import { createAllowance } from '../../partner-center/http';
import type { Call, RequestBudget } from '../../partner-center/http';
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
type Deps = Pick<
  ActivityDeps,
  'openMarketplace' | 'openCloudPartner' | 'offers' | 'packages' | 'readSecret' | 'stopping'
>;
type DirectoryDeps = Pick<Deps, 'openMarketplace' | 'openCloudPartner'>;

/** The requests that may be sent, out of the budget of the API. */
export type CallOf = (budget: RequestBudget) => Call;

/** An offer and the requests that one activity run may send. */
export interface OfferSession {
  readonly api: OfferApi;
  readonly tenant: string;
}

/** Opens an offer: `callOf` says which requests may be sent. */
export async function openOffer(
  deps: Deps,
  { account, product }: Pick<OfferCall, 'account' | 'product'>,
  callOf: CallOf,
): Promise<OfferSession> {
  if (product.kind === 'marketplace-product') {
    const { client, budget, tenant } = await deps.openMarketplace(account);
    return { api: marketplaceApi(deps, { client, call: callOf(budget), product }), tenant };
  }
  const { client, budget, tenant } = await deps.openCloudPartner(account);
  return { api: cloudPartnerApi(deps, { client, call: callOf(budget), product }), tenant };
}

/** Opens the list of offers of an account. */
export async function openDirectory(
  deps: DirectoryDeps,
  kind: Kind,
  account: string,
  callOf: CallOf,
): Promise<OfferDirectory> {
  if (kind === 'marketplace-product') {
    const { client, budget } = await deps.openMarketplace(account);
    return marketplaceDirectory({ client, call: callOf(budget) });
  }
  const { client, budget } = await deps.openCloudPartner(account);
  return cloudPartnerDirectory({ client, call: callOf(budget) });
}

/**
 * The requests of one activity run.
 *
 * @param cost how many it expects to send in quick succession: they are reserved together
 */
export function callOfActivity(
  { stopping }: Pick<Deps, 'stopping'>,
  { ticket }: Pick<OfferCall, 'ticket'>,
  cost: number,
): CallOf {
  return (budget) => ({ allowance: createAllowance({ budget, cost, ticket, priority: 'release' }), signal: stopping });
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
