import type { Members } from './offer-content';

/** A merge patch (RFC 7396) on the export of an offer: open, since offers carry members that only their type knows. */
export type OfferChanges = Members;
