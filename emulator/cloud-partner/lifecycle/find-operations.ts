import type { World } from '../../core/world';
import { offerKey, type Offer, type OfferOperation } from '../model';
import { SIGNOFF } from './steps';

/** The operations of an offer, newest first. */
export function operationsOf(world: World, offer: Offer): OfferOperation[] {
  const key = offerKey(offer.publisher, offer.id);
  return [...world.cloudPartner.offerOperations.values()].filter((operation) => operation.offer === key).toReversed();
}

/** The publication or the go-live that is running. *Documented*: at most one. */
export function runningOperation(world: World, offer: Offer): OfferOperation | undefined {
  return operationsOf(world, offer).find(({ type, state }) => type !== 'cancel' && state === 'running');
}

/** Whether a publication has made its preview and waits for its publisher to go live. */
export function isWaiting({ type, state, step, canceling }: OfferOperation): boolean {
  return type === 'publish' && state === 'running' && step === SIGNOFF && !canceling;
}
