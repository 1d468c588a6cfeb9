import { param } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import type { Switches } from '../../core/settings';
import { findOffer } from '../access';
import { badRequest, notFound } from '../errors';
import type { Offer, Snapshot } from '../model';
import { draftOf } from '../render/offer';
import { showSnapshot } from './get-offer';

const SLOTS = ['draft', 'preview', 'production'] as const;

/**
 * `GET …/offers/{offerId}/slot/{Draft|Preview|Production}` (A6, A-R7). *Documented*: 404 before the first publication or
 * go-live. *Observed*: names in any case. *Assumed*: another name answers 400 (switch `cloudPartner.unknownSlot`).
 */
export function getOfferSlot(services: Services): Operation {
  return {
    name: 'getOfferSlot',
    surface: 'cloud-partner',
    method: 'GET',
    path: '/api/publishers/:publisherId/offers/:offerId/slot/:slot',
    run: (call) => {
      const offer = findOffer(services, call);
      const name = param(call, 'slot');
      const { switches } = services.world.settings;
      const found = slotOf(offer, name, switches);
      if (found) return showSnapshot(services, offer, found);
      throw notFound(switches, `The offer ${offer.id} has nothing in the slot ${name}.`, offer);
    },
  };
}

function slotOf(offer: Offer, name: string, switches: Switches): Snapshot | undefined {
  const slot = SLOTS.find((known) => known === name.toLowerCase());
  if (slot === undefined && switches['cloudPartner.unknownSlot'] === '400') {
    throw badRequest(`There is no slot ${name}: it is Draft, Preview or Production.`);
  }
  if (slot === undefined) return undefined;
  return slot === 'draft' ? draftOf(offer) : offer[slot];
}
