import type { OfferAddress } from './offer-address';
import type { Offer, OfferDefinition } from './offer-schema';

/**
 * What a PUT says of an offer. Its ids come from the address. Whatever else an answer had is sent back as it came: tools
 * that are in use send the whole answer, so nothing that they keep alive is lost here.
 */
export interface WritableOffer {
  readonly offerTypeId: string;
  readonly definition: OfferDefinition;
  /** For a new offer: which versions of the types its keys are of, e.g. `{"microsoft-azure-marketplace": 39}`. */
  readonly offerTypeVersions?: Readonly<Record<string, number>>;
  readonly [more: string]: unknown;
}

/** What the service sets. `eTag` is taken in a body by a sample of the pages: the header says it here, and nothing else. */
const readOnly: ReadonlySet<string> = new Set([
  'status',
  'version',
  'changedTime',
  'lockStatus',
  'pcMigrationStatus',
  'pcRedirectUri',
  'isvUpgradeRequest',
  'offerTypeChanges',
  'pricingNotRecalculatedRegions',
  'offerTypeVersionsOverride',
  'eTag',
  'etag',
]);

/** What of an offer is sent to an address: all but what the service sets. Pure; leaves its argument alone. */
export function writable(offer: Offer | WritableOffer, { publisherId, offerId }: OfferAddress): WritableOffer {
  const { offerTypeId, definition, ...rest } = offer;
  const kept = Object.entries(rest).filter(([name, value]) => value !== undefined && !readOnly.has(name));
  return { ...Object.fromEntries(kept), publisherId, id: offerId, offerTypeId, definition };
}
