import { randomUUID } from 'node:crypto';
import { Switches } from '../core/settings';
import type { Contents } from '../core/world';
import { storedDefinition } from './document/read-offer';
import { CERTIFICATION, LIVE, SIGNOFF } from './lifecycle/steps';
import { offerKey, type Definition, type Offer, type OfferOperation, type Snapshot } from './model';
import type { OfferSeed, PublisherSeed } from './seed';
import { ticksAfter } from './ticks';

type Status = NonNullable<OfferSeed['status']>;

/** A publisher of a seed, with its offers and what was done to them. */
export function plantPublisher(contents: Contents, account: string, seed: PublisherSeed, now: number): void {
  const { id, displayText, sellerId } = seed;
  contents.publishers.set(id, { id, account, displayText, sellerId });
  for (const offer of seed.offers) plantOffer(contents, id, offer, now);
}

function plantOffer(contents: Contents, publisher: string, seed: OfferSeed, now: number): void {
  const changed = ticksAfter(now);
  const version = seed.production === undefined ? '0' : (seed.version ?? (seed.migrated ? changed : '1'));
  const status = seed.status ?? usualStatus(seed);
  const artifacts: Record<string, string> = {};
  const slots = plantSlots(publisher, seed, artifacts);
  const snapshot = (definition: Definition): Snapshot => ({ version, changed, definition });
  const production = slots.production && snapshot(slots.production);
  const offer: Offer = {
    publisher,
    id: seed.id,
    offerTypeId: seed.offerTypeId,
    migrated: seed.migrated,
    status: status === 'waitingForPublisherReview' ? 'running' : status,
    version,
    changed,
    draft: slots.draft,
    ...(slots.preview && { preview: snapshot(slots.preview) }),
    ...(production && { production }),
    versions: production ? [production] : [],
    lastPublishing: 0,
    artifacts,
  };
  contents.offers.set(offerKey(publisher, seed.id), offer);
  for (const operation of plantOperations(offer, status, { now, duration: contents.single.settings.certification })) {
    contents.offerOperations.set(operation.id, operation);
  }
}

function usualStatus({ preview, production }: OfferSeed): Status {
  if (preview !== undefined) return 'waitingForPublisherReview';
  return production === undefined ? 'neverPublished' : 'succeeded';
}

/** What is in the slots; what is in Production was in Preview before. Copies of one source are one copy. */
function plantSlots(publisher: string, seed: OfferSeed, artifacts: Offer['artifacts']) {
  const copies = { publisher, id: seed.id, artifacts };
  const store = (sent: Definition): Definition => {
    const stored = storedDefinition(sent, { before: undefined, copies, switches: Switches.parse({}) });
    return withOldCopies(stored, artifacts);
  };
  const draft = store(seed.draft);
  const slot = (sent: OfferSeed['preview']): Definition | undefined =>
    sent === undefined ? undefined : sent === true ? structuredClone(draft) : store(sent);
  const production = slot(seed.production);
  return { draft, preview: slot(seed.preview) ?? production, production };
}

function withOldCopies(definition: Definition, artifacts: Offer['artifacts']): Definition {
  let text = JSON.stringify(definition);
  const first = new Map<string, string>();
  for (const [copy, source] of Object.entries(artifacts)) {
    const old = first.get(source);
    if (old === undefined) first.set(source, copy);
    else {
      text = text.replaceAll(copy, old);
      delete artifacts[copy];
    }
  }
  // Only addresses were changed.
  return JSON.parse(text) as Definition;
}

interface Times {
  readonly now: number;
  readonly duration: number;
}

/** What was done to an offer: its last go-live, and a publication that says how far it is now. */
function plantOperations(offer: Offer, status: Status, { now, duration }: Times): OfferOperation[] {
  const planted: OfferOperation[] = [];
  const add = (operation: Pick<OfferOperation, 'type' | 'state' | 'step'>): void => {
    if (operation.type === 'publish') offer.lastPublishing += 1;
    const started = ticksAfter(now, ...planted.map((other) => other.started));
    planted.push({
      ...operation,
      id: randomUUID(),
      offer: offerKey(offer.publisher, offer.id),
      publishingVersion: offer.lastPublishing,
      offerVersion: offer.version,
      started,
      changed: started,
      ...(offer.preview && { snapshot: structuredClone(offer.preview) }),
      duration,
      since: now,
      messages: {},
    });
  };
  if (offer.production) {
    add({ type: 'publish', state: 'completed', step: SIGNOFF });
    add({ type: 'goLive', state: 'completed', step: LIVE });
  }
  const last = LAST_PUBLICATION[status];
  if (last) add({ type: 'publish', ...last });
  return planted;
}

const LAST_PUBLICATION: Partial<Record<Status, Pick<OfferOperation, 'state' | 'step'>>> = {
  running: { state: 'running', step: 0 },
  waitingForPublisherReview: { state: 'running', step: SIGNOFF },
  failed: { state: 'failed', step: CERTIFICATION },
  canceled: { state: 'canceled', step: CERTIFICATION },
};
