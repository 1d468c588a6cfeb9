import type { Services } from '../../core/services';
import type { World } from '../../core/world';
import type { Offer, OfferOperation } from '../model';
import { operationsOf } from './find-operations';
import { ticksAfter } from '../ticks';
import { CANCEL_SHARE, LIVE, SIGNOFF, STEPS } from './steps';

/** Brings every operation on offers up to the emulator's time. */
export function settleOffers(services: Services): void {
  const { world, clock } = services;
  if (world.settings.switches.progress === 'poll') return;
  const now = clock.now();
  for (const operation of world.cloudPartner.offerOperations.values()) {
    for (let due = dueOf(operation); due !== undefined && due <= now; due = dueOf(operation)) {
      goOn(world, operation, due);
    }
  }
}

/** One step of what runs on an offer that was asked after, where readings drive it on (switch `progress`). */
export function advanceOfferOnPoll({ world, clock }: Services, offer: Offer): void {
  if (world.settings.switches.progress !== 'poll') return;
  const running = operationsOf(world, offer).find(({ state }) => state === 'running');
  if (running && dueOf(running) !== undefined) goOn(world, running, clock.now());
}

/** When an operation leaves the step that it is in; undefined = not by itself. */
function dueOf({ type, state, step, since, duration, outcome, canceling }: OfferOperation): number | undefined {
  if (state !== 'running' || canceling) return undefined;
  if (type === 'cancel') return since + duration * CANCEL_SHARE;
  if (type === 'publish' && step >= SIGNOFF) return undefined;
  if (outcome?.result === 'Stuck' && outcome.step === step) return undefined;
  return since + duration * (STEPS[step]?.share ?? 0);
}

function goOn(world: World, operation: OfferOperation, at: number): void {
  const offer = world.cloudPartner.offers.get(operation.offer);
  if (!offer) return;
  operation.changed = ticksAfter(at, operation.changed);
  if (operation.type === 'cancel') return finishCancel(world, offer, operation);
  if (isFailing(operation)) return fail(offer, operation, at);
  say(operation, at, [{ text: 'Step completed.', level: 'information' }]);
  if (operation.step === LIVE) return goneLive(offer, operation);
  operation.step += 1;
  operation.since = at;
  if (operation.step === SIGNOFF && operation.snapshot) offer.preview = operation.snapshot;
}

function isFailing({ outcome, step }: OfferOperation): boolean {
  return (outcome?.result === 'Blocked' || outcome?.result === 'CertificationFailed') && outcome.step === step;
}

function fail(offer: Offer, operation: OfferOperation, at: number): void {
  say(operation, at, operation.outcome?.messages ?? []);
  operation.state = 'failed';
  offer.status = 'failed';
}

/** Adds what the step that an operation is in has to say. */
function say(
  operation: OfferOperation,
  at: number,
  messages: NonNullable<OfferOperation['outcome']>['messages'],
): void {
  const told = (operation.messages[operation.step] ??= []);
  told.push(...messages.map((message) => ({ ...message, at })));
}

/** *Documented*: Production becomes what Preview was, and the version counts on. */
function goneLive(offer: Offer, operation: OfferOperation): void {
  operation.state = 'completed';
  offer.status = 'succeeded';
  if (!operation.snapshot) return;
  offer.version = nextVersion(offer, operation);
  offer.production = { ...operation.snapshot, version: offer.version };
  offer.versions.push(offer.production);
}

/** *Observed*: versions of migrated offers are large and opaque; that they grow is *assumed*. */
function nextVersion({ migrated, version }: Offer, { changed }: OfferOperation): string {
  if (migrated) return BigInt(version) >= BigInt(changed) ? String(BigInt(version) + 1n) : changed;
  return String(BigInt(version) + 1n);
}

function finishCancel(world: World, offer: Offer, cancel: OfferOperation): void {
  const target = world.cloudPartner.offerOperations.get(cancel.cancels ?? '');
  cancel.state = 'completed';
  if (target) endByCancel(offer, target, cancel.changed);
}

/** Ends an operation that was cancelled. *Assumed*: a preview that it has made stays. */
export function endByCancel(offer: Offer, operation: OfferOperation, changed: string): void {
  operation.state = 'canceled';
  operation.changed = changed;
  delete operation.canceling;
  offer.status = 'canceled';
}
