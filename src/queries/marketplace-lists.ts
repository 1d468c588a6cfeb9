import type { marketplaceLists } from '../contracts/marketplace-operations';
import type { MarketplaceProductType, MarketplaceSubmissionState } from '../contracts/remote-parameters';
import type { IngestionClient, ListCall } from '../partner-center/ingestion';
import { ingestionFailure, Module } from '../partner-center/ingestion';
import type { MarketplaceIds, MarketplaceReadOptions, MarketplaceSession } from './marketplace-reads';
import { wordOf } from './word-of';
import { withoutSecrets } from './without-secrets';

export type MarketplaceList = keyof typeof marketplaceLists;

/** What a list is narrowed by, or shows besides. */
export interface MarketplaceListOptions extends MarketplaceReadOptions {
  readonly resourceType?: readonly MarketplaceProductType[] | undefined;
  readonly offerId?: string | undefined;
  readonly state?: MarketplaceSubmissionState | undefined;
}

type Rows = AsyncGenerator<object>;
type List = (client: IngestionClient, ids: MarketplaceIds, call: ListCall, options: MarketplaceListOptions) => Rows;

const lists: Readonly<Record<MarketplaceList, List>> = {
  listMarketplaceProducts: (client, _ids, call, options) => client.listProducts(call, productFilter(options)),
  listMarketplaceBranches: (client, { productId, module }, call) =>
    client.listBranches(productId, wordOf(Module, module) ?? Module.listing, call),
  listMarketplaceVariants: (client, { productId }, call) => client.listVariants(productId, call),
  listMarketplaceAvailabilities: (client, { productId }, call) => client.listProductAvailabilities(productId, call),
  listMarketplaceProperties: (client, { productId }, call) => client.listProperties(productId, call),
  listMarketplaceImages: (client, ids, call) => client.listListingImages(ids, call),
  listMarketplaceAssets: (client, ids, call) => client.listListingAssets(ids, call),
  listMarketplaceVideos: (client, ids, call) => client.listListingVideos(ids, call),
  listMarketplacePackages: (client, { productId }, call) => client.listPackages(productId, call),
  listMarketplaceCosellAssets: (client, { productId }, call) => client.listCosellAssets(productId, call),
  listMarketplaceSubmissions: (client, { productId }, call, { state }) =>
    client.listSubmissions(productId, call, { withPublishOption: true, ...(state === undefined ? {} : { state }) }),
  listMarketplaceValidations: (client, ids, call) => client.listValidations(ids, call),
  listMarketplaceReports: (client, ids, call) => client.listCertificationReports(ids, call),
  listMarketplaceWorkflowDetails: (client, ids, call) => client.listWorkflowDetails(ids, call),
  listMarketplaceInstanceListings: (client, ids, call) => client.listListingsOfInstance(ids, call),
  listMarketplaceInstanceProperties: (client, ids, call) => client.listPropertiesOfInstance(ids, call),
  listMarketplaceInstanceAvailabilities: (client, ids, call) => client.listProductAvailabilitiesOfInstance(ids, call),
  listMarketplaceInstanceFeatureAvailabilities: (client, ids, call, { expand }) =>
    client.listFeatureAvailabilitiesOfInstance(ids, call, expand === undefined ? {} : { expand }),
  listMarketplaceInstancePackageConfigurations: (client, ids, call) =>
    client.listPackageConfigurationsOfInstance(ids, call),
  listMarketplaceInstanceSupplementalContents: (client, ids, call) =>
    client.listSupplementalContentsOfInstance(ids, call),
  listMarketplaceInstanceCosellAssets: (client, ids, call) => client.listCosellAssetsOfInstance(ids, call),
  listMarketplaceInstanceCosellListings: (client, ids, call) => client.listCosellListingsOfInstance(ids, call),
};

function productFilter({
  resourceType,
  offerId,
}: MarketplaceListOptions): Parameters<IngestionClient['listProducts']>[1] {
  if (offerId !== undefined) return { externalId: { type: 'AzureOfferId', value: offerId } };
  return resourceType === undefined ? {} : { resourceTypes: resourceType };
}

/** Where a page of ours begins: at a row of one of the service's pages. */
export interface MarketplacePlace {
  readonly ids: MarketplaceIds;
  readonly options: MarketplaceListOptions;
  readonly top: number;
  /** As an earlier page named it; absent = at the beginning. */
  readonly from?: Continuation | undefined;
}

/** The query of the service's link, and how many rows of that page were shown. */
export interface Continuation {
  readonly query?: string | undefined;
  readonly skip: number;
}

export interface MarketplacePage {
  readonly value: readonly object[];
  /** Absent on the last page. */
  readonly next?: Continuation;
}

/**
 * A page of a list. The service decides how many rows come at once, and they may be few: where the budget has nothing left
 * for the rest, the page is a short one. `no-such-page`: the place was not named by a page.
 */
export async function readMarketplacePage(
  { client, call }: MarketplaceSession,
  list: MarketplaceList,
  { ids, options, top, from }: MarketplacePlace,
): Promise<MarketplacePage | 'no-such-page'> {
  const reader = new PageReader(top, from);
  try {
    for await (const row of lists[list](client, ids, { ...call, paging: reader.paging }, options)) {
      if (!reader.take(row)) break;
    }
  } catch (error) {
    const failure = ingestionFailure(error);
    if (reader.isShort && failure?.meaning === 'deferred') return reader.page();
    if (!reader.hasBegun && from?.query !== undefined && failure?.status === 400) return 'no-such-page';
    throw error;
  }
  return reader.page();
}

/** Takes rows until there are enough, and knows where the next ones are. */
class PageReader {
  private readonly rows: object[] = [];
  /** The service's page that is being read, and how many of its rows are behind us. */
  private at: string | undefined;
  private next: string | undefined;
  private left = 0;
  private behind = 0;
  private toSkip: number;
  hasBegun = false;

  constructor(
    private readonly top: number,
    from: Continuation | undefined,
  ) {
    this.next = from?.query;
    this.toSkip = from?.skip ?? 0;
  }

  get paging(): NonNullable<ListCall['paging']> {
    return {
      from: this.next,
      onPage: ({ rows, next }) => {
        // A page that has fewer rows than it had makes the next one no shorter.
        if (this.hasBegun) this.toSkip = 0;
        this.hasBegun = true;
        this.at = this.next;
        this.next = next;
        this.left = rows;
        this.behind = 0;
      },
    };
  }

  /** Something to show, and more is known to follow. */
  get isShort(): boolean {
    return this.rows.length > 0 && this.next !== undefined;
  }

  /** `false`: no more are wanted. */
  take(row: object): boolean {
    this.left -= 1;
    this.behind += 1;
    if (this.toSkip > 0) this.toSkip -= 1;
    // A row stays an object.
    else this.rows.push(withoutSecrets(row) as object);
    return this.rows.length < this.top;
  }

  page(): MarketplacePage {
    const value = this.rows;
    if (this.left > 0) return { value, next: { query: this.at, skip: this.behind } };
    return this.next === undefined ? { value } : { value, next: { query: this.next, skip: 0 } };
  }
}
