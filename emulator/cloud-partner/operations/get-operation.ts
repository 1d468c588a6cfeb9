import { json, type Answer } from '../../core/answer';
import { param, type Call } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findOffer, offerOf } from '../access';
import { notFound } from '../errors';
import { operationsOf } from '../lifecycle/find-operations';
import { advanceOfferOnPoll } from '../lifecycle/settle-offers';
import type { Offer, OfferOperation } from '../model';
import { ALIAS_SLOTS } from '../render/operation';
import { renderDetail } from '../render/status';

/** `GET …/offers/{offerId}/operations/{operationId}` (A13). *Documented*; the plain object is *observed*. */
export function getOperation(services: Services): Operation {
  return {
    name: 'getOperation',
    surface: 'cloud-partner',
    method: 'GET',
    path: '/api/publishers/:publisherId/offers/:offerId/operations/:submissionId',
    run: (call) => {
      const offer = findOffer(services, call);
      const id = param(call, 'submissionId').toLowerCase();
      return show(
        services,
        offer,
        operationsOf(services.world, offer).find((operation) => operation.id === id),
      );
    },
  };
}

/**
 * `GET /api/operations/{publisherId}${offerId}${n}${slot}` (A14). *Documented* for offers that were not migrated.
 * *Assumed*: the meaning of its parts; a migrated offer has nothing there any more.
 */
export function getOperationByAlias(services: Services): Operation {
  return {
    name: 'getOperationByAlias',
    surface: 'cloud-partner',
    method: 'GET',
    path: '/api/operations/:alias',
    factsOf: (call) => {
      const { publisher, offer } = partsOf(call);
      return { ...call.facts, publisher: publisher.toLowerCase(), offer: offer.toLowerCase() };
    },
    run: (call) => {
      const { publisher, offer: id, number, slot } = partsOf(call);
      const offer = offerOf(services, call, { publisher, offer: id });
      const found = operationsOf(services.world, offer).find(
        ({ publishingVersion, type }) => String(publishingVersion) === number && ALIAS_SLOTS[type] === slot,
      );
      return show(services, offer, offer.migrated ? undefined : found);
    },
  };
}

function partsOf(call: Call): { publisher: string; offer: string; number: string; slot: string } {
  const [publisher = '', offer = '', number = '', slot = ''] = param(call, 'alias').split('$');
  return { publisher, offer, number, slot: slot.toLowerCase() };
}

function show(services: Services, offer: Offer, operation: OfferOperation | undefined): Answer {
  const { switches } = services.world.settings;
  if (!operation) throw notFound(switches, `The offer ${offer.id} has no such operation.`, offer);
  const answer = json(200, renderDetail(services, offer, operation));
  advanceOfferOnPoll(services, offer);
  return answer;
}
