import type { OfferTarget, ReleaseTarget, StoreTarget } from '../domain/release-document';

/** Every kind of target that a release document may have. */
export type TargetKind = ReleaseTarget['kind'];

export const storeKinds = [
  'store-app',
  'store-flight',
  'store-add-on',
] as const satisfies readonly StoreTarget['kind'][];
export const offerKinds = [
  'marketplace-product',
  'cloud-partner-offer',
] as const satisfies readonly OfferTarget['kind'][];

export function isOfferKind(kind: unknown): kind is OfferTarget['kind'] {
  return offerKinds.some((one) => one === kind);
}

export function isStoreKind(kind: unknown): kind is StoreTarget['kind'] {
  return storeKinds.some((one) => one === kind);
}
