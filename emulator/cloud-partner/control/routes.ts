import { Routes } from '../../control/routes';
import { param } from '../../core/call';
import type { PlainRoute } from '../../core/server';
import { OfferPortalRequest } from '../portal-request';
import type { OfferControl } from './offer-control';
import { OfferOutcomeRequest } from './outcome-request';

const InPortal = OfferPortalRequest.required({ publisher: true, offer: true });

/** What the control endpoint has for offers. */
export function offerRoutes(control: OfferControl): PlainRoute[] {
  const routes = new Routes();
  routes.plain('GET', '/offers', () => control.offers());
  routes.plain('GET', '/offers/:publisherId/:offerId', (call) =>
    control.offer(param(call, 'publisherId'), param(call, 'offerId')),
  );
  routes.add('POST', '/offer-outcomes', OfferOutcomeRequest, (request) => control.addOutcome(request));
  routes.plain('GET', '/offer-outcomes', () => control.outcomes());
  routes.plain('DELETE', '/offer-outcomes', () => control.clearOutcomes());
  routes.add('POST', '/offer-portal', InPortal, (request) => control.portal.act(request));
  return routes.list;
}
