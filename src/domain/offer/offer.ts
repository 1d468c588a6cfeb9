import type {
  CloudPartnerOfferTarget,
  MarketplaceProductTarget,
  OfferTarget,
  ReleaseTarget,
} from '../release-document';

/**
 * What a release works on in the commercial marketplace: a product of the Partner Center submission API, whose id is a
 * GUID, or an offer of the Cloud Partner Portal API, whose id is one within its publisher.
 */
export type Offer =
  | { readonly kind: 'marketplace-product'; readonly productId: string }
  | { readonly kind: 'cloud-partner-offer'; readonly publisherId: string; readonly offerId: string };

/** Names the offer for claims and for our own records: one name for all accounts that see it, however it is written. */
export function offerKey(offer: Offer): string {
  if (offer.kind === 'marketplace-product') return `${offer.kind}:${offer.productId.toLowerCase()}`;
  return `${offer.kind}:${offer.publisherId.toLowerCase()}/${offer.offerId.toLowerCase()}`;
}

export function isOfferTarget(target: ReleaseTarget): target is OfferTarget {
  return target.kind === 'marketplace-product' || target.kind === 'cloud-partner-offer';
}

/** The offer of a target; `null` where only its name is known, or where it may have to be made first. */
export function offerOf(target: OfferTarget): Offer | null {
  if (target.kind === 'marketplace-product') {
    const { kind, productId } = target;
    return productId === undefined ? null : { kind, productId };
  }
  const { kind, publisherId, offerId, create } = target;
  return create === undefined ? { kind, publisherId, offerId } : null;
}

/** An offer as a document names it, whether it is there or not. */
export type NamedOffer = (MarketplaceProductTarget & { readonly offerId: string }) | CloudPartnerOfferTarget;

/** The target, if the offer must be looked for first. */
export function namedOffer(target: OfferTarget): NamedOffer | null {
  if (target.kind === 'cloud-partner-offer') return target.create === undefined ? null : target;
  const { offerId } = target;
  return offerId === undefined ? null : { ...target, offerId };
}

/** The claim of whoever makes something by this name: two at once would make it twice. */
export function offerNamingKey(account: string, target: NamedOffer): string {
  const owner = target.kind === 'cloud-partner-offer' ? target.publisherId : account;
  return `${target.kind}:${owner.toLowerCase()}/new/${target.offerId.toLowerCase()}`;
}

/** The target, with the id of what was found or made. */
export function withOffer(target: OfferTarget, offer: Offer): OfferTarget {
  if (target.kind !== 'marketplace-product' || offer.kind !== 'marketplace-product') return target;
  return { ...target, productId: offer.productId };
}

/** The foreign id by which people find the releases of an offer: the one that people chose, where it is known. */
export function foreignIdOfOffer(target: OfferTarget): string {
  return target.offerId ?? (target.kind === 'marketplace-product' ? (target.productId ?? '') : '');
}
