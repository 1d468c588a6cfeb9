import { randomUUID } from 'node:crypto';
import type { Answer } from '../../core/answer';
import type { Services } from '../../core/services';
import { publishFaults } from '../document/publish-rules';
import { badRequest, invalidOffer } from '../errors';
import { offerKey, type Offer, type OfferOperation, type OfferOutcome } from '../model';
import { draftOf } from '../render/offer';
import { ticksAfter } from '../ticks';
import { isWaiting, operationsOf, runningOperation } from './find-operations';
import { endByCancel, settleOffers } from './settle-offers';
import { LIVE } from './steps';

/** An operation that was started, or the answer that says why not. */
export type Started = { readonly operation: OfferOperation } | { readonly refusal: Answer };

/**
 * Starts to publish (A-R9, A-R10). *Documented*: one at a time. *Assumed*: 400 says so; one that waits for its publisher
 * gives way to the new one, and is completed.
 */
export function startPublish(services: Services, offer: Offer, emails: string): Started {
  const { world } = services;
  const running = runningOperation(world, offer);
  if (running && !isWaiting(running)) throw badRequest('The offer has a running operation.');
  const { switches } = world.settings;
  const faults = publishFaults(offer, switches);
  if (faults.length > 0 && switches['cloudPartner.invalidOffer'] === '422') {
    return { refusal: invalidOffer(switches, offer, faults) };
  }
  const outcome = faults.length > 0 ? blockedBy(faults) : takeOutcome(services, offer, 'publish');
  if (outcome?.result === 'Refused') return { refusal: refusedBy(services, offer, outcome) };
  if (running) complete(services, running);
  offer.lastPublishing += 1;
  return start(services, offer, { type: 'publish', step: 0, snapshot: draftOf(offer), emails, outcome });
}

/** Starts to go live with what is in Preview (A-R9). *Assumed*: 400 without a publication that waits for it. */
export function startGoLive(services: Services, offer: Offer, emails: string): Started {
  const waiting = runningOperation(services.world, offer);
  if (!waiting || !isWaiting(waiting)) throw badRequest('The offer has no publication that waits for its publisher.');
  const outcome = takeOutcome(services, offer, 'goLive');
  if (outcome?.result === 'Refused') return { refusal: refusedBy(services, offer, outcome) };
  complete(services, waiting);
  const { preview: snapshot } = offer;
  // *Documented*: it goes on to tell those who were told of the publication.
  return start(services, offer, { type: 'goLive', step: LIVE, snapshot, emails: emails || waiting.emails, outcome });
}

/**
 * Cancels what is running (A-R13), at once or by an operation that takes its time.
 *
 * @returns the operation that does it, if any
 */
export function startCancel(services: Services, offer: Offer, isSlow: boolean): OfferOperation | undefined {
  const { world, clock } = services;
  const running = runningOperation(world, offer);
  if (!running || running.canceling) throw badRequest('The offer has no running operation to cancel.');
  if (!canCancel(services, running)) throw badRequest('The operation cannot be canceled any more.');
  const changed = ticksAfter(clock.now(), running.changed);
  if (!isSlow) {
    endByCancel(offer, running, changed);
    return undefined;
  }
  const cancel: OfferOperation = {
    ...newOperation(services, offer, 'cancel'),
    step: running.step,
    cancels: running.id,
  };
  running.canceling = true;
  world.cloudPartner.offerOperations.set(cancel.id, cancel);
  return cancel;
}

/** Whether an operation can be cancelled; of a go-live nobody says (switch `cloudPartner.cancelGoLive`). */
export function canCancel({ world }: Services, { type, state, canceling }: OfferOperation): boolean {
  if (state !== 'running' || canceling) return false;
  return type === 'publish' || (type === 'goLive' && world.settings.switches['cloudPartner.cancelGoLive'] === 'allow');
}

interface Beginning extends Pick<OfferOperation, 'type' | 'step'> {
  readonly snapshot: OfferOperation['snapshot'] | undefined;
  readonly emails: string | undefined;
  readonly outcome: OfferOutcome | undefined;
}

function start(services: Services, offer: Offer, { snapshot, emails, outcome, ...rest }: Beginning): Started {
  const operation: OfferOperation = {
    ...newOperation(services, offer, rest.type),
    ...rest,
    ...(emails && !offer.migrated && { emails }),
    ...(snapshot && { snapshot: structuredClone(snapshot) }),
    ...(outcome && { outcome }),
  };
  const { world } = services;
  world.cloudPartner.offerOperations.set(operation.id, operation);
  offer.status = 'running';
  if (world.settings.switches['cloudPartner.publishETag'] === 'change') {
    offer.changed = ticksAfter(services.clock.now(), offer.changed);
  }
  // What takes no time is done now.
  settleOffers(services);
  return { operation };
}

function newOperation({ world, clock }: Services, offer: Offer, type: OfferOperation['type']): OfferOperation {
  const { progress } = world.settings.switches;
  const started = ticksAfter(clock.now(), ...operationsOf(world, offer).map((other) => other.started));
  return {
    id: randomUUID(),
    offer: offerKey(offer.publisher, offer.id),
    type,
    state: 'running',
    publishingVersion: offer.lastPublishing,
    offerVersion: offer.version,
    started,
    changed: started,
    duration: progress === 'poll' ? 0 : world.settings.certification,
    step: 0,
    since: clock.now(),
    messages: {},
  };
}

function complete({ clock }: Services, operation: OfferOperation): void {
  operation.state = 'completed';
  operation.changed = ticksAfter(clock.now(), operation.changed);
}

function takeOutcome({ world }: Services, offer: Offer, of: OfferOutcome['of']): OfferOutcome | undefined {
  const { offerOutcomes } = world.cloudPartner;
  const isFor = (wanted: string | undefined, name: string): boolean =>
    wanted === undefined || wanted.toLowerCase() === name.toLowerCase();
  const outcome = [...offerOutcomes.values()].find(
    (candidate) =>
      candidate.of === of && isFor(candidate.publisher, offer.publisher) && isFor(candidate.offer, offer.id),
  );
  if (outcome) offerOutcomes.delete(outcome.id);
  return outcome;
}

function blockedBy(faults: readonly string[]): OfferOutcome {
  const messages = faults.map((text) => ({ text, level: 'error' as const }));
  return { id: randomUUID(), of: 'publish', result: 'Blocked', step: 0, stuckAs: 'inProgress', messages };
}

function refusedBy({ world }: Services, offer: Offer, { messages }: OfferOutcome): Answer {
  return invalidOffer(
    world.settings.switches,
    offer,
    messages.map(({ text }) => text),
  );
}
