import type { World } from '../core/world';
import type { Services } from '../core/services';
import { isWaiting, operationsOf, runningOperation } from '../cloud-partner/lifecycle/find-operations';
import { canCancel } from '../cloud-partner/lifecycle/start';
import { STEPS } from '../cloud-partner/lifecycle/steps';
import type { Definition, Offer, OfferOperation, Snapshot, StepMessage } from '../cloud-partner/model';
import { draftOf } from '../cloud-partner/render/offer';
import { wireTime } from '../cloud-partner/ticks';
import { isSameJson } from './same-json';

/** What lies in a slot of an offer. */
interface SlotView {
  readonly slot: 'Draft' | 'Preview' | 'Production';
  readonly version: string;
  /** ISO 8601. */
  readonly changed: string;
  readonly definition: Definition;
}

/** A publication, a go-live or a cancellation. Times are ISO 8601, by the emulator's clock. */
interface OperationView extends Pick<OfferOperation, 'id' | 'type' | 'state' | 'publishingVersion'> {
  readonly started: string;
  readonly changed: string;
  /** The step that it is in, or ended in. */
  readonly step: string;
  readonly isWaiting: boolean;
  readonly messages: readonly StepMessage[];
  /** What a test has decided about its end. */
  readonly outcome?: string;
}

/** An offer of the Cloud Partner Portal, as the page shows it. */
export interface OfferOnPage extends Pick<Offer, 'publisher' | 'id' | 'offerTypeId' | 'migrated' | 'version'> {
  readonly account: string;
  readonly name: string;
  readonly status: string;
  /** Whether something is live, and the draft is not that. */
  readonly isAhead: boolean;
  readonly slots: readonly SlotView[];
  /** Newest first. */
  readonly operations: readonly OperationView[];
  /** What a person can do to it now. */
  readonly can: readonly ('edit' | 'publish' | 'goLive' | 'cancel' | 'migrate')[];
}

/** What the page shows of an offer. */
export function offerOnPage(services: Services, offer: Offer): OfferOnPage {
  const { world } = services;
  const { publisher, id, offerTypeId, migrated, version, draft, production } = offer;
  const running = runningOperation(world, offer);
  return {
    ...{ publisher, id, offerTypeId, migrated, version },
    account: world.cloudPartner.publishers.get(publisher)?.account ?? '',
    name: draft.displayText,
    status: running && isWaiting(running) ? 'waitingForPublisherReview' : offer.status,
    isAhead: production !== undefined && !isSameJson(draft, production.definition),
    slots: slots(offer),
    operations: operationViews(world, offer),
    can: actions(services, offer, running),
  };
}

function slots(offer: Offer): SlotView[] {
  const { preview, production } = offer;
  return [
    slotView('Draft', draftOf(offer)),
    ...(preview ? [slotView('Preview', preview)] : []),
    ...(production ? [slotView('Production', production)] : []),
  ];
}

function slotView(slot: SlotView['slot'], { version, changed, definition }: Snapshot): SlotView {
  return { slot, version, changed: timeOf(changed), definition };
}

function operationViews(world: World, offer: Offer): OperationView[] {
  return operationsOf(world, offer).map((operation) => {
    const { id, type, state, publishingVersion, started, changed, step, messages, outcome } = operation;
    return {
      ...{ id, type, state, publishingVersion },
      started: timeOf(started),
      changed: timeOf(changed),
      step: STEPS[step]?.stepName ?? '',
      isWaiting: isWaiting(operation),
      messages: Object.values(messages).flat(),
      ...(outcome && { outcome: outcome.result }),
    };
  });
}

function actions(services: Services, { migrated }: Offer, running: OfferOperation | undefined): OfferOnPage['can'] {
  const waits = running !== undefined && isWaiting(running);
  return [
    'edit',
    ...(!running || waits ? (['publish'] as const) : []),
    ...(waits ? (['goLive'] as const) : []),
    ...(running && canCancel(services, running) ? (['cancel'] as const) : []),
    ...(migrated ? [] : (['migrate'] as const)),
  ];
}

function timeOf(ticks: string): string {
  return `${wireTime(ticks, 3)}Z`;
}
