import type { ReleaseTarget, StoreAddOnTarget, StoreFlightTarget, StoreTarget } from '../release-document';

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
export function storeProductKey(product: StoreProduct): string {
  switch (product.kind) {
    case 'store-app':
      return `${product.kind}:${product.applicationId.toUpperCase()}`;
    case 'store-flight':
      return `${product.kind}:${product.applicationId.toUpperCase()}/${product.flightId.toLowerCase()}`;
    case 'store-add-on':
      return `${product.kind}:${product.addOnId.toUpperCase()}`;
  }
}

/** The product of a target; `null` where only its name is known and it must be found or made first, and for what is no product of the Store. */
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
    case 'marketplace-product':
    case 'cloud-partner-offer':
      return null;
  }
}

/** Whether a pending submission is the only one that a flight ever had: with it, the flight would be gone for good. */
export function isOnlySubmission({ kind }: StoreProduct, publishedId: string | null): boolean {
  return kind === 'store-flight' && publishedId === null;
}

/** Whether it goes to the Microsoft Store. */
export function isStoreTarget(target: ReleaseTarget): target is StoreTarget {
  return target.kind === 'store-app' || target.kind === 'store-flight' || target.kind === 'store-add-on';
}

/** A flight or an add-on as a document names it, whether its id is known or not. */
export type NamedTarget =
  | (StoreFlightTarget & { readonly name: string })
  | (StoreAddOnTarget & { readonly applicationId: string; readonly productId: string });

/** The target, if it is named; `null` where the document has an id. */
export function namedTarget(target: ReleaseTarget): NamedTarget | null {
  if (target.kind === 'store-flight') {
    const { name } = target;
    return name === undefined ? null : { ...target, name };
  }
  if (target.kind !== 'store-add-on') return null;
  const { applicationId, productId } = target;
  return applicationId === undefined || productId === undefined ? null : { ...target, applicationId, productId };
}

/** The claim of whoever makes something by this name: two at once would make it twice. */
export function namingKey(target: NamedTarget): string {
  const name = target.kind === 'store-flight' ? target.name : target.productId;
  return `${target.kind}:${target.applicationId.toUpperCase()}/new/${name.toLowerCase()}`;
}

/** The target, with the id of what was found or made. */
export function withProduct<T extends ReleaseTarget>(target: T, product: StoreProduct): T {
  if (target.kind === 'store-flight' && product.kind === 'store-flight') {
    return { ...target, flightId: product.flightId };
  }
  if (target.kind === 'store-add-on' && product.kind === 'store-add-on') {
    return { ...target, addOnId: product.addOnId };
  }
  return target;
}

/**
 * The foreign id by which people find the releases of a target: the app's for a flight too, which has a name only within
 * it; an add-on's own, until it is known the product id.
 */
export function storeForeignId(target: StoreTarget): string {
  if (target.kind !== 'store-add-on') return target.applicationId;
  return target.addOnId ?? target.productId ?? '';
}
