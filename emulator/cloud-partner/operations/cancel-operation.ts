import { empty } from '../../core/answer';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findOffer } from '../access';
import { readEmails, readObject } from '../body';
import { startCancel } from '../lifecycle/start';
import { accepted } from './publish-offer';

/**
 * `POST …/offers/{offerId}/cancel`: ends what is running (A11, A-R13).
 *
 * - *Documented*: 200, or 202 with an operation of its own (switch `cloudPartner.cancelStatus`).
 * - *Observed*: an empty body is fine. *Assumed*: 400 when nothing is running; the 200 has no body.
 */
export function cancelOperation(services: Services): Operation {
  return {
    name: 'cancelOperation',
    surface: 'cloud-partner',
    method: 'POST',
    path: '/api/publishers/:publisherId/offers/:offerId/cancel',
    run: (call) => {
      const offer = findOffer(services, call);
      readEmails(readObject(call));
      const isSlow = services.world.settings.switches['cloudPartner.cancelStatus'] === '202';
      const operation = startCancel(services, offer, isSlow);
      return operation ? accepted(services, { call, offer }, operation) : empty(200);
    },
  };
}
