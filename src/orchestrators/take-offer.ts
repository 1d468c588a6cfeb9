import { activities } from '../contracts/activities';
import type { Flow } from '../contracts/durable';
import { offerActivities } from '../contracts/offer-activities';
import type { NamedOfferCall, OfferCall } from '../contracts/offer-activities';
import { isOfferTarget, namedOffer, offerNamingKey, offerOf, withOffer } from '../domain/offer/offer';
import type { NamedOffer, Offer } from '../domain/offer/offer';
import { productKey } from '../domain/product';
import { queueFor } from './queue-for';
import { act, checkpoint, enter } from './run';
import type { OfferRun } from './run';
import { stopFailed } from './stopped';

/**
 * Takes the offer, which is found by its id or made where it is not there: one release works on it at a time, the others
 * queue in the order they came.
 */
export function* takeOffer(run: OfferRun): Flow<OfferCall> {
  yield* enter(run, 'checkProduct');
  const { account, target } = run.plan;
  if (!isOfferTarget(target)) stopFailed(missing('The document names no offer.'));
  const named = namedOffer(target);
  const product = named === null ? offerOf(target) : yield* findOrMake(run, named);
  if (product === null) stopFailed(missing('The document names no offer.'));
  const call: OfferCall = { ...run.fence, account, product };
  run.call = call;
  yield* queueFor(run, productKey(product));
  yield* checkpoint(run, [{ type: 'resumed' }]);
  return call;
}

function* findOrMake(run: OfferRun, target: NamedOffer): Flow<Offer> {
  const call: NamedOfferCall = { ...run.fence, account: run.plan.account, target };
  const found = yield* act(run, offerActivities.findOffer, call);
  const product = found.product ?? (yield* make(run, call));
  const how = found.product === null ? 'made' : 'found';
  yield* checkpoint(run, [{ type: 'target-found', target: withOffer(target, product), how }]);
  return product;
}

function* make(run: OfferRun, call: NamedOfferCall): Flow<Offer> {
  const { target } = call;
  if (target.create === undefined) {
    stopFailed(missing('Nothing has this offer id, and the document does not ask to make it.'));
  }
  yield* queueFor(run, offerNamingKey(run.plan.account, target));
  const { product } = yield* act(run, offerActivities.makeOffer, call);
  yield* act(run, activities.releaseClaim, run.fence);
  return product ?? stopFailed(missing('What was made has no id.'));
}

function missing(message: string) {
  return { code: 'product-not-found', message, retryable: false } as const;
}
