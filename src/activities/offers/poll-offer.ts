import type { OfferPoll, PublicationCall } from '../../contracts/offer-activities';
import { failed, ok } from '../../domain/failure';
import type { Activity, ActivityDeps } from '../deps';
import { recordOf } from '../fence';
import { callOfActivity, guardedOffer, openOffer } from './open-offer';

/** Reads how far a publication is. A read; repeat at will. */
export function createPollOffer(deps: ActivityDeps): Activity<PublicationCall, OfferPoll> {
  return (input) =>
    guardedOffer<OfferPoll>(input.product.kind, async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const { api, tenant } = await openOffer(deps, input, callOfActivity(deps, input, 2));
      const progress = await api.readProgress(input.publicationId);
      if (progress === undefined) {
        // What was just begun may not show yet: whoever watches sees whether it stays away.
        const message = `The publication ${input.publicationId} is not there, or not yet.`;
        return failed({ code: 'submission-lost', message, retryable: true });
      }
      // A count may be some seconds old, but this release is one of them.
      return ok({ progress, activeReleases: Math.max(1, await deps.releases.countActive(tenant)) });
    });
}
