/** An offer as the API addresses it. */
export interface OfferAddress {
  readonly publisherId: string;
  /** The text that its maker chose, such as `contoso-linux`: unique in the publisher. */
  readonly offerId: string;
}

/** Segments of an offer's address. */
export function offerSegments({ publisherId, offerId }: OfferAddress): readonly string[] {
  return ['publishers', publisherId, 'offers', offerId];
}
