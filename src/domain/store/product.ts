import type { ReleaseTarget } from '../release-document';

/**
 * What a release works on in the Store: something that has submissions of its own. An app, a flight of it (packages
 * alone, for a group of people), or an add-on (a listing and a price, no packages). Ids are the Store's: 12 characters
 * for apps and add-ons, a GUID for a flight.
 */
export type StoreProduct =
  | { readonly kind: 'store-app'; readonly applicationId: string }
  | { readonly kind: 'store-flight'; readonly applicationId: string; readonly flightId: string }
  | { readonly kind: 'store-add-on'; readonly addOnId: string };

/** Names the product for claims and for our own records: one name for all accounts that see it, however it is written. */
export function productKey(product: StoreProduct): string {
  switch (product.kind) {
    case 'store-app':
      return `${product.kind}:${product.applicationId.toUpperCase()}`;
    case 'store-flight':
      return `${product.kind}:${product.applicationId.toUpperCase()}/${product.flightId.toLowerCase()}`;
    case 'store-add-on':
      return `${product.kind}:${product.addOnId.toUpperCase()}`;
  }
}

/** The product of a target; `null` where only its name is known, and it must be found or made first. */
export function productOf(target: ReleaseTarget): StoreProduct | null {
  const { kind } = target;
  switch (kind) {
    case 'store-app':
      return { kind, applicationId: target.applicationId };
    case 'store-flight': {
      const { applicationId, flightId } = target;
      return flightId === undefined ? null : { kind, applicationId, flightId };
    }
    case 'store-add-on':
      return target.addOnId === undefined ? null : { kind, addOnId: target.addOnId };
  }
}

/**
 * The foreign id by which people find the releases of a target: the app's for a flight too, which has a name only within
 * it; an add-on's own, until it is known the product id.
 */
export function foreignIdOf(target: ReleaseTarget): string {
  if (target.kind !== 'store-add-on') return target.applicationId;
  return target.addOnId ?? target.productId ?? '';
}
