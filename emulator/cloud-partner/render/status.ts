import type { Services } from '../../core/services';
import { canCancel } from '../lifecycle/start';
import { operationsOf } from '../lifecycle/find-operations';
import { SIGNOFF, STEPS } from '../lifecycle/steps';
import type { Offer, OfferOperation, StepMessage } from '../model';
import { wireInteger } from '../ticks';

/**
 * How far an offer is (A-R11, A-R16): what its newest publication or go-live says.
 *
 * *Observed*: `running` while it waits for its publisher. *Assumed*: before the first publication, all steps have not
 * started.
 */
export function renderStatus(services: Services, offer: Offer): object {
  const operation = operationsOf(services.world, offer).find(({ type }) => type !== 'cancel');
  const { 'cloudPartner.liveStatus': live } = services.world.settings.switches;
  const status = offer.status === 'succeeded' ? live : offer.status;
  return { status, ...renderProgress(services, offer, operation) };
}

/** One operation, in detail. */
export function renderDetail(services: Services, offer: Offer, operation: OfferOperation): object {
  const { switches } = services.world.settings;
  const detail = {
    status: operation.state === 'completed' ? switches['cloudPartner.operationStatus'] : operation.state,
    ...renderProgress(services, offer, operation),
    publishingVersion: operation.publishingVersion,
    offerVersion: wireInteger(operation.offerVersion),
    cancellationRequestState: cancellation(services, operation),
  };
  return switches['cloudPartner.operationForm'] === 'array' ? [detail] : detail;
}

/** `canCancel` is *documented*, the other words are *assumed*. */
function cancellation(services: Services, operation: OfferOperation): string {
  if (canCancel(services, operation)) return 'canCancel';
  if (operation.canceling) return 'cancelRequested';
  return operation.state === 'canceled' ? 'canceled' : 'cannotCancel';
}

function renderProgress(services: Services, offer: Offer, operation: OfferOperation | undefined): object {
  const isLive = operation?.type === 'goLive' && operation.state === 'completed';
  return {
    messages: [],
    steps: STEPS.map((_step, index) => renderStep(services, offer, { operation, index })),
    previewLinks: [],
    liveLinks: isLive ? [liveLink(offer)] : [],
    ...(operation?.emails !== undefined && { notificationEmails: operation.emails }),
  };
}

/** *Assumed*. */
function liveLink({ publisher, id, draft }: Offer): object {
  const uri = `https://azuremarketplace.microsoft.com/marketplace/apps/${publisher}.${id}`;
  return { displayText: draft.displayText, uri };
}

interface Place {
  readonly operation: OfferOperation | undefined;
  readonly index: number;
}

/** *Observed*: steps of migrated offers have their id for a name, at least the one that waits for the publisher. */
function renderStep(services: Services, offer: Offer, { operation, index }: Place): object {
  const { id, stepName, description, estimatedTimeFrame } = STEPS[index] ?? {};
  const status = operation ? stepStatus(operation, index) : 'notStarted';
  return {
    estimatedTimeFrame,
    id,
    stepName: offer.migrated ? id : stepName,
    description,
    status,
    messages: (operation?.messages[index] ?? []).map(renderMessage),
    progressPercentage: status === 'complete' ? 100 : progress(services, { operation, index }, status),
  };
}

function stepStatus(operation: OfferOperation, index: number): string {
  const { step, state, outcome } = operation;
  if (index < step) return 'complete';
  if (index > step) return 'notStarted';
  switch (state) {
    case 'completed':
      return 'complete';
    case 'canceled':
      return 'canceled';
    case 'failed':
      return outcome?.result === 'CertificationFailed' ? 'rejected' : 'blocked';
    case 'running':
      return runningStatus(operation);
  }
}

function runningStatus({ step, outcome }: OfferOperation): string {
  if (step === SIGNOFF) return 'waitingForPublisherReview';
  return outcome?.result === 'Stuck' && outcome.step === step ? outcome.stuckAs : 'inProgress';
}

function progress({ clock }: Services, { operation, index }: Place, status: string): number {
  const span = (operation?.duration ?? 0) * (STEPS[index]?.share ?? 0);
  if (!operation || status !== 'inProgress' || span === 0) return 0;
  return Math.min(99, Math.floor(((clock.now() - operation.since) / span) * 100));
}

function renderMessage({ text, level, at }: StepMessage): object {
  const timestamp = `${new Date(at).toISOString().slice(0, -1)}0000Z`;
  return { messageHtml: text, level, timestamp };
}
