import type { Result } from '../domain/failure';
import { answered } from './answered';
import { readCloudPartner, readCloudPartnerList } from './cloud-partner-reads';
import type {
  CloudPartnerIds,
  CloudPartnerList,
  CloudPartnerListOptions,
  CloudPartnerRead,
} from './cloud-partner-reads';
import type { KeptAnswers } from './kept-answers';
import { readMarketplacePage } from './marketplace-lists';
import type { MarketplaceList, MarketplacePage, MarketplacePlace } from './marketplace-lists';
import { readMarketplace } from './marketplace-reads';
import type { MarketplaceIds, MarketplaceRead, MarketplaceReadOptions } from './marketplace-reads';
import { readCloudPartnerError, readMarketplaceError } from './remote-readings';
import { contented, impatient, openQueryOf } from './session';
import type { QueryDeps } from './session';

/** What people ask the APIs of the marketplace; up to a minute old. */
export interface OfferQueries {
  /** Of the Partner Center submission API. */
  readMarketplace(
    account: string,
    read: MarketplaceRead,
    asked: { readonly ids: MarketplaceIds; readonly options: MarketplaceReadOptions },
  ): Promise<Result<object>>;
  /** `no-such-page`: the place was not named by a page. */
  listMarketplace(
    account: string,
    list: MarketplaceList,
    at: MarketplacePlace,
  ): Promise<Result<MarketplacePage | 'no-such-page'>>;
  /** Of the Cloud Partner Portal API. */
  readCloudPartner(account: string, read: CloudPartnerRead, ids: CloudPartnerIds): Promise<Result<object>>;
  /** All rows: the API has no pages. */
  listCloudPartner(
    account: string,
    list: CloudPartnerList,
    asked: { readonly ids: CloudPartnerIds; readonly options: CloudPartnerListOptions },
  ): Promise<Result<readonly unknown[]>>;
}

export function offerQueries(deps: QueryDeps, kept: KeptAnswers): OfferQueries {
  const marketplace = <T>(key: readonly unknown[], ask: () => Promise<T>): Promise<Result<T>> =>
    answered(() => kept.get(JSON.stringify(key), ask), readMarketplaceError);
  const cloudPartner = <T>(key: readonly unknown[], ask: () => Promise<T>): Promise<Result<T>> =>
    answered(() => kept.get(JSON.stringify(key), ask), readCloudPartnerError);
  return {
    readMarketplace: (account, read, { ids, options }) =>
      marketplace([account, read, ids, options], async () =>
        readMarketplace(await openQueryOf(deps.openMarketplace, deps, account, impatient), read, ids, options),
      ),
    listMarketplace: (account, list, at) =>
      marketplace([account, list, at], async () =>
        readMarketplacePage(await openQueryOf(deps.openMarketplace, deps, account, contented), list, at),
      ),
    readCloudPartner: (account, read, ids) =>
      cloudPartner([account, read, ids], async () =>
        readCloudPartner(await openQueryOf(deps.openCloudPartner, deps, account, impatient), read, ids),
      ),
    listCloudPartner: (account, list, { ids, options }) =>
      cloudPartner([account, list, ids, options], async () =>
        readCloudPartnerList(await openQueryOf(deps.openCloudPartner, deps, account, impatient), list, ids, options),
      ),
  };
}
