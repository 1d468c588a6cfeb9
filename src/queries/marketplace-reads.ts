import type { marketplaceReads } from '../contracts/marketplace-operations';
import type { FeatureExpand } from '../contracts/remote-parameters';
import type { IngestionClient } from '../partner-center/ingestion';
import type { QuerySession } from './session';
import { withoutSecrets } from './without-secrets';

export type MarketplaceRead = keyof typeof marketplaceReads;

/** The ids of an address, as they stand in it; each empty where the address has none. */
export type MarketplaceIds = Readonly<Record<MarketplaceId, string>>;

type MarketplaceId =
  | 'productId'
  | 'module'
  | 'instanceId'
  | 'variantId'
  | 'availabilityId'
  | 'propertyId'
  | 'listingId'
  | 'fileId'
  | 'configurationId'
  | 'packageId'
  | 'submissionId';

export interface MarketplaceReadOptions {
  readonly expand?: readonly FeatureExpand[] | undefined;
}

export type MarketplaceSession = QuerySession<IngestionClient>;
type Answered = Promise<{ readonly value: object }>;
type Read = (session: MarketplaceSession, ids: MarketplaceIds, options: MarketplaceReadOptions) => Answered;

const reads: Readonly<Record<MarketplaceRead, Read>> = {
  getMarketplaceProduct: ({ client, call }, { productId }) => client.getProduct(productId, call),
  getMarketplaceSetup: ({ client, call }, { productId }) => client.getSetup(productId, call),
  getMarketplaceVariant: ({ client, call }, ids) => client.getVariant(ids, call),
  getMarketplaceAvailability: ({ client, call }, ids) => client.getProductAvailability(ids, call),
  getMarketplaceFeatureAvailability: ({ client, call }, ids, { expand }) =>
    client.getFeatureAvailability(ids, call, expand === undefined ? {} : { expand }),
  getMarketplaceProperty: ({ client, call }, ids) => client.getProperty(ids, call),
  getMarketplaceListing: ({ client, call }, ids) => client.getListing(ids, call),
  getMarketplaceImage: ({ client, call }, ids) => client.getListingImage(ids, call),
  getMarketplaceAsset: ({ client, call }, ids) => client.getListingAsset(ids, call),
  getMarketplaceVideo: ({ client, call }, ids) => client.getListingVideo(ids, call),
  getMarketplacePackageConfiguration: ({ client, call }, ids) => client.getPackageConfiguration(ids, call),
  getMarketplacePackage: ({ client, call }, ids) => client.getPackage(ids, call),
  getMarketplaceLeadConfiguration: ({ client, call }, { productId }) => client.getLeadConfiguration(productId, call),
  getMarketplaceResellerConfiguration: ({ client, call }, { productId }) =>
    client.getResellerConfiguration(productId, call),
  getMarketplaceSupplementalContent: ({ client, call }, ids) => client.getSupplementalContent(ids, call),
  getMarketplaceCosellAsset: ({ client, call }, { productId, fileId }) =>
    client.getCosellAsset({ productId, assetId: fileId }, call),
  getMarketplaceCosellListing: ({ client, call }, ids) => client.getCosellListing(ids, call),
  getMarketplaceSubmission: ({ client, call }, ids) => client.getSubmission(ids, call, { withPublishOption: true }),
};

/** What one read of the Partner Center submission API answers, without secrets. */
export async function readMarketplace(
  session: MarketplaceSession,
  read: MarketplaceRead,
  ids: MarketplaceIds,
  options: MarketplaceReadOptions,
): Promise<object> {
  // An object stays one.
  return withoutSecrets((await reads[read](session, ids, options)).value) as object;
}
