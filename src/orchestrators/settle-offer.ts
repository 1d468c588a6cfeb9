import { now } from '../contracts/durable';
import type { Flow } from '../contracts/durable';
import { offerActivities } from '../contracts/offer-activities';
import type { OfferCall, OfferLook } from '../contracts/offer-activities';
import { act, checkpoint } from './run';
import type { OfferRun } from './run';
import { refuseUnfit, stopFailed } from './stopped';
import { waitForPublication } from './wait-for-publication';

/** The offer once nothing stands in the way. */
export type SettledOffer =
  | { readonly kind: 'nothing-to-do' }
  /** An earlier run of this release published it, and that goes on, or is there. */
  | { readonly kind: 'going-on'; readonly publicationId: string }
  /** Free to be written and published. */
  | { readonly kind: 'open'; readonly look: OfferLook };

/**
 * Looks at the offer until it is free: waits for a publication that is under way, and stops where the draft is not what
 * was last published and no release made the difference, or where the document does not fit.
 */
export function* settleOffer(run: OfferRun, offer: OfferCall): Flow<SettledOffer> {
  const since = now(run.ctx);
  for (let waits = 0; ;) {
    const look = yield* act(run, offerActivities.lookAtOffer, offer);
    const { own, underWay, faults, failure } = look;
    if (own !== null) {
      run.publication = { id: own.publicationId, phase: own.phase };
      run.hasDraft = true;
      return { kind: 'going-on', publicationId: own.publicationId };
    }
    if (underWay === null) {
      if (failure !== null) stopFailed(failure);
      refuseUnfit(faults);
      return look.nothingToPublish && look.writes === 0 ? yield* tellLive(run, look) : { kind: 'open', look };
    }
    if (run.plan.onBusy === 'refuse') stopFailed(busy(underWay));
    yield* waitForPublication(run, since, waits++ === 0);
  }
}

function* tellLive(run: OfferRun, { remote }: OfferLook): Flow<SettledOffer> {
  if (remote !== null) yield* checkpoint(run, [{ type: 'remote-seen', remote, polls: 0 }]);
  return { kind: 'nothing-to-do' };
}

function busy({ publicationId, status }: NonNullable<OfferLook['underWay']>) {
  const message = `The publication ${publicationId} of the offer is under way (${status}).`;
  return { code: 'product-busy', message, retryable: true } as const;
}
