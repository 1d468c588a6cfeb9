import { json } from '../../core/answer';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findOffer } from '../access';
import { advanceOfferOnPoll } from '../lifecycle/settle-offers';
import { renderStatus } from '../render/status';

/** `GET …/offers/{offerId}/status`: how far its publication is (A7). *Documented*. */
export function getOfferStatus(services: Services): Operation {
  return {
    name: 'getOfferStatus',
    surface: 'cloud-partner',
    method: 'GET',
    path: '/api/publishers/:publisherId/offers/:offerId/status',
    run: (call) => {
      const offer = findOffer(services, call);
      const answer = json(200, renderStatus(services, offer));
      advanceOfferOnPoll(services, offer);
      return answer;
    },
  };
}
