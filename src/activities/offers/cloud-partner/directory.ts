import type { NamedOffer, Offer } from '../../../domain/offer/offer';
import { cloudPartnerFailure } from '../../../partner-center/cloud-partner-portal';
import type { OfferDirectory } from '../offer-api';
import { OfferTakenError } from './failures';
import type { CloudPartnerCalls } from './session';

/** Finds and makes offers of the Cloud Partner Portal API: their ids are their names. */
export function cloudPartnerDirectory(calls: CloudPartnerCalls): OfferDirectory {
  return {
    find: (target) => find(calls, target),
    make: (target) => make(calls, target),
  };
}

async function find({ client, call }: CloudPartnerCalls, target: NamedOffer): Promise<Offer | null> {
  const offer = named(target);
  try {
    await client.getOffer(offer, call);
    return offer;
  } catch (error) {
    if (cloudPartnerFailure(error)?.meaning === 'offer-not-found') return null;
    throw error;
  }
}

/** Empty: the API wants plans and texts of what is published only. */
async function make(calls: CloudPartnerCalls, target: NamedOffer): Promise<Offer> {
  const offer = named(target);
  const { create } = target;
  if (create === undefined || !('offerTypeId' in create)) throw new TypeError('The target does not ask for an offer');
  // A migrated offer that is there would be emptied by the same request.
  if ((await find(calls, target)) !== null) {
    throw new OfferTakenError(`Somebody has made the offer ${offer.offerId} meanwhile.`);
  }
  const definition = { displayText: offer.offerId, offer: {}, plans: [] };
  const document = { offerTypeId: create.offerTypeId, definition };
  await calls.client.putOffer(offer, document, { kind: 'create' }, calls.call);
  return offer;
}

function named(target: NamedOffer): Extract<Offer, { kind: 'cloud-partner-offer' }> {
  if (target.kind !== 'cloud-partner-offer') throw new TypeError('The target is of another API');
  const { kind, publisherId, offerId } = target;
  return { kind, publisherId, offerId };
}
