import { json } from '../../core/answer';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findPublisher } from '../access';
import { badRequest } from '../errors';
import { renderSummary } from '../render/offer';

const FILTER = /^\s*offerTypeId\s+eq\s+'([^']*)'\s*$/;

/**
 * `GET /api/publishers/{publisherId}/offers` (A3): a bare list, without pages. *Documented*; `$filter` by type *observed*.
 * *Assumed*: other filters answer 400.
 */
export function listOffers(services: Services): Operation {
  return {
    name: 'listOffers',
    surface: 'cloud-partner',
    method: 'GET',
    path: '/api/publishers/:publisherId/offers',
    run: (call) => {
      const publisher = findPublisher(services, call);
      const wanted = wantedType(call.query.get('$filter'));
      const offers = [...services.world.cloudPartner.offers.values()].filter(
        (offer) => offer.publisher === publisher.id && (wanted === undefined || offer.offerTypeId === wanted),
      );
      return json(
        200,
        offers.map((offer) => renderSummary(services, offer)),
      );
    },
  };
}

function wantedType(filter: string | null): string | undefined {
  if (filter === null) return undefined;
  const match = FILTER.exec(filter);
  if (!match) throw badRequest(`The filter "${filter}" is not supported.`);
  return match[1];
}
