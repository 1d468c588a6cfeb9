import { empty, type Answer } from '../../core/answer';
import type { Call } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findOffer, versionOf } from '../access';
import { readEmails, readObject } from '../body';
import { badRequest } from '../errors';
import { startPublish, type Started } from '../lifecycle/start';
import type { Offer, OfferOperation } from '../model';
import { operationPath } from '../render/operation';

/**
 * `POST …/offers/{offerId}/publish`: starts to make the draft the preview (A9, A-R8–A-R10).
 *
 * - *Documented*: 202 without a body; the body with its addresses, which migrated offers ignore; 422.
 * - *Observed*: an empty list of addresses is refused (switch `cloudPartner.publishEmails`).
 * - *Assumed*: 400 while another operation runs.
 */
export function publishOffer(services: Services): Operation {
  return {
    name: 'publishOffer',
    surface: 'cloud-partner',
    method: 'POST',
    path: '/api/publishers/:publisherId/offers/:offerId/publish',
    run: (call) => {
      const offer = findOffer(services, call);
      const emails = readEmails(readObject(call));
      if (emails === '' && services.world.settings.switches['cloudPartner.publishEmails'] === 'required') {
        throw badRequest('metadata.notification-emails is missing.');
      }
      return acceptedOrRefused(services, { call, offer }, startPublish(services, offer, emails));
    },
  };
}

interface Asked {
  readonly call: Call;
  readonly offer: Offer;
}

/** The answer to what was to be started. */
export function acceptedOrRefused(services: Services, asked: Asked, started: Started): Answer {
  return 'refusal' in started ? started.refusal : accepted(services, asked, started.operation);
}

/** 202 with the relative address of the operation, in one header or both (switch `cloudPartner.locationHeader`). */
export function accepted({ world }: Services, { call, offer }: Asked, operation: OfferOperation): Answer {
  call.facts.submission = operation.id;
  const place = `${operationPath(offer, operation)}?api-version=${versionOf(call)}`;
  const form = world.settings.switches['cloudPartner.locationHeader'];
  return empty(202, {
    ...(form !== 'Operation-Location' && { location: place }),
    ...(form !== 'Location' && { 'operation-location': place }),
  });
}
