import { param, header, type Call } from '../../core/call';
import type { Answer } from '../../core/answer';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findPublisher } from '../access';
import { readObject } from '../body';
import { readOffer, storedDefinition } from '../document/read-offer';
import { alreadyExists, badRequest, preconditionFailed } from '../errors';
import { offerKey, type Definition, type Offer } from '../model';
import { draftOf } from '../render/offer';
import { etagOf, ticksAfter } from '../ticks';
import { showOffer, showSnapshot } from './get-offer';

/**
 * `PUT /api/publishers/{publisherId}/offers/{offerId}`: makes or replaces the draft (A8, A-R4–A-R6).
 *
 * - *Documented*: 201 and 200; `If-Match` with an ETag or `*`, 412 when it does not match.
 * - *Observed*: without `If-Match`, an offer that is there answers 409, a migrated one 200 (switches
 *   `cloudPartner.updateWithoutIfMatch`, `cloudPartner.updateMigratedWithoutIfMatch`).
 * - *Assumed*: the body is judged before the precondition; the type of an offer cannot be changed; members beside
 *   `definition`, such as `eTag` and `offerTypeVersions`, are taken and not kept.
 */
export function putOffer(services: Services): Operation {
  return {
    name: 'putOffer',
    surface: 'cloud-partner',
    method: 'PUT',
    path: '/api/publishers/:publisherId/offers/:offerId',
    run: (call) => put(services, call),
    reread: (call) => showOffer(services, call),
  };
}

function put(services: Services, call: Call): Answer {
  const publisher = findPublisher(services, call);
  const { world } = services;
  const { switches } = world.settings;
  const id = param(call, 'offerId');
  const { offerTypeId, definition } = readOffer(
    readObject(call) ?? {},
    { publisher: publisher.id, offer: id },
    switches,
  );
  const offer = world.cloudPartner.offers.get(offerKey(publisher.id, id));
  checkPrecondition(services, offer, header(call, 'if-match'));
  if (!offer) {
    const made = makeOffer(services, { publisher: publisher.id, id, offerTypeId }, definition);
    return showSnapshot(services, made, draftOf(made), Number(switches['cloudPartner.createStatus']));
  }
  if (offer.offerTypeId !== offerTypeId) throw badRequest(`The offer ${offer.id} is of the type ${offer.offerTypeId}.`);
  changeDraft(services, offer, definition);
  return showSnapshot(services, offer, draftOf(offer));
}

/** A-R6. */
function checkPrecondition({ world }: Services, offer: Offer | undefined, ifMatch: string | undefined): void {
  const { switches } = world.settings;
  if (ifMatch === undefined) {
    if (offer) checkMissing(switches[missingSwitch(offer)]);
    return;
  }
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  if (tags.includes('*')) return;
  if (!offer || !tags.includes(etagOf(offer.changed))) throw preconditionFailed(switches);
}

function missingSwitch({ migrated }: Offer) {
  return migrated ? 'cloudPartner.updateMigratedWithoutIfMatch' : 'cloudPartner.updateWithoutIfMatch';
}

function checkMissing(answer: '409' | '400' | '200'): void {
  if (answer === '409') throw alreadyExists();
  if (answer === '400') throw badRequest('An update needs the If-Match header.');
}

function makeOffer(
  { world, clock }: Services,
  names: Pick<Offer, 'publisher' | 'id' | 'offerTypeId'>,
  sent: Definition,
): Offer {
  const { switches } = world.settings;
  const copies = { ...names, artifacts: {} };
  const offer: Offer = {
    ...copies,
    migrated: switches['cloudPartner.migrated'],
    status: 'neverPublished',
    version: '0',
    changed: ticksAfter(clock.now()),
    draft: storedDefinition(sent, { before: undefined, copies, switches }),
    versions: [],
    lastPublishing: 0,
  };
  world.cloudPartner.offers.set(offerKey(offer.publisher, offer.id), offer);
  return offer;
}

/** Replaces the draft; what is in the other slots stays. */
export function changeDraft({ world, clock }: Services, offer: Offer, sent: Definition): void {
  const { switches } = world.settings;
  offer.draft = storedDefinition(sent, { before: offer.draft, copies: offer, switches });
  offer.changed = ticksAfter(clock.now(), offer.changed);
}
