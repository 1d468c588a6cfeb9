import { json, type Answer } from '../../core/answer';
import type { Call } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findOffer } from '../access';
import type { Offer, Snapshot } from '../model';
import { draftOf, renderOffer } from '../render/offer';
import { etagOf } from '../ticks';

/** `GET /api/publishers/{publisherId}/offers/{offerId}`: the draft, with its ETag (A4). *Documented*. */
export function getOffer(services: Services): Operation {
  return {
    name: 'getOffer',
    surface: 'cloud-partner',
    method: 'GET',
    path: '/api/publishers/:publisherId/offers/:offerId',
    run: (call) => showOffer(services, call),
  };
}

/** The offer in the path as it is stored. */
export function showOffer(services: Services, call: Call): Answer {
  const offer = findOffer(services, call);
  return showSnapshot(services, offer, draftOf(offer));
}

/** An offer with what it was at some time. *Assumed*: that has an ETag of its own, which no PUT takes. */
export function showSnapshot(services: Services, offer: Offer, snapshot: Snapshot, status = 200): Answer {
  return json(status, renderOffer(services, offer, snapshot), { etag: etagOf(snapshot.changed) });
}
