import { param } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findOffer } from '../access';
import { notFound } from '../errors';
import type { Offer, Snapshot } from '../model';
import { draftOf } from '../render/offer';
import { showSnapshot } from './get-offer';

/**
 * `GET …/offers/{offerId}/versions/{n}`: what went live under that number (A5, A-R7). *Documented*: 404 for an unknown
 * one. *Assumed*: version 0 of what never went live is its draft.
 */
export function getOfferVersion(services: Services): Operation {
  return {
    name: 'getOfferVersion',
    surface: 'cloud-partner',
    method: 'GET',
    path: '/api/publishers/:publisherId/offers/:offerId/versions/:version',
    run: (call) => {
      const offer = findOffer(services, call);
      const wanted = param(call, 'version');
      const found = versionOf(offer, wanted);
      if (found) return showSnapshot(services, offer, found);
      throw notFound(services.world.settings.switches, `The offer ${offer.id} has no version ${wanted}.`, offer);
    },
  };
}

function versionOf(offer: Offer, wanted: string): Snapshot | undefined {
  const live = offer.versions.find(({ version }) => version === wanted);
  return live ?? (offer.version === wanted && offer.versions.length === 0 ? draftOf(offer) : undefined);
}
