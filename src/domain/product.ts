import { foreignIdOfOffer, isOfferTarget, offerKey } from './offer/offer';
import type { Offer } from './offer/offer';
import type { ReleaseTarget } from './release-document';
import { storeForeignId, storeProductKey } from './store/product';
import type { StoreProduct } from './store/product';

/** What a release works on: at most one release does at a time. */
export type Product = StoreProduct | Offer;

/** Names the product for claims and for our own records: one name for all accounts that see it, however it is written. */
export function productKey(product: Product): string {
  return isStoreProduct(product) ? storeProductKey(product) : offerKey(product);
}

export function isStoreProduct(product: Product): product is StoreProduct {
  return product.kind !== 'marketplace-product' && product.kind !== 'cloud-partner-offer';
}

/** The foreign id by which people find the releases of a target. */
export function foreignIdOf(target: ReleaseTarget): string {
  return isOfferTarget(target) ? foreignIdOfOffer(target) : storeForeignId(target);
}
