import type { Offer, OfferOperation } from '../model';
import { wireInteger, wireTime } from '../ticks';

/** A row of the list of operations. *Documented*; `slot` of a go-live or a cancellation is *assumed*. */
export function renderOperation(offer: Offer, operation: OfferOperation): object {
  const { id, offerVersion, type, state, publishingVersion, emails, started, changed } = operation;
  return {
    id,
    offerId: offer.id,
    offerVersion: wireInteger(offerVersion),
    offerTypeId: offer.offerTypeId,
    publisherId: offer.publisher,
    submissionType: type,
    submissionState: state,
    publishingVersion,
    slot: type === 'goLive' ? 'production' : 'staging',
    version: wireInteger(started),
    definition: { metadata: emails === undefined ? {} : { emails } },
    changedTime: `${wireTime(changed)}Z`,
  };
}

/** Slots in addresses of operations of offers that were not migrated; the first is *documented*, the others *assumed*. */
export const ALIAS_SLOTS = { publish: 'preview', goLive: 'production', cancel: 'cancel' } as const;

/** Where an operation is found, without an origin. *Documented*: migrated offers have another form. */
export function operationPath(offer: Offer, operation: OfferOperation): string {
  const { publisher, id, migrated } = offer;
  if (migrated) return `/api/publishers/${publisher}/offers/${id}/operations/${operation.id}`;
  return `/api/operations/${publisher}$${id}$${operation.publishingVersion}$${ALIAS_SLOTS[operation.type]}`;
}
