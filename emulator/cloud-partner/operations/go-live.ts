import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findOffer } from '../access';
import { readEmails, readObject } from '../body';
import { badRequest } from '../errors';
import { startGoLive } from '../lifecycle/start';
import { acceptedOrRefused } from './publish-offer';

/**
 * `POST …/offers/{offerId}/golive`: starts to make the preview the production (A10, A-R9, A-R12).
 *
 * - *Documented*: 202 without a body. *Observed*: no body, or that of publish (switch `cloudPartner.goLiveBody`).
 * - *Assumed*: 400 unless a publication waits for its publisher.
 */
export function goLive(services: Services): Operation {
  return {
    name: 'goLive',
    surface: 'cloud-partner',
    method: 'POST',
    path: '/api/publishers/:publisherId/offers/:offerId/golive',
    run: (call) => {
      const offer = findOffer(services, call);
      const emails = readEmails(readObject(call));
      if (emails === '' && services.world.settings.switches['cloudPartner.goLiveBody'] === 'required') {
        throw badRequest('metadata.notification-emails is missing.');
      }
      return acceptedOrRefused(services, { call, offer }, startGoLive(services, offer, emails));
    },
  };
}
