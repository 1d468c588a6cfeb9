import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { authorize } from './access';
import { portalError } from './errors';
import { cancelOperation } from './operations/cancel-operation';
import { getOffer } from './operations/get-offer';
import { getOfferSlot } from './operations/get-offer-slot';
import { getOfferStatus } from './operations/get-offer-status';
import { getOfferVersion } from './operations/get-offer-version';
import { getOperation, getOperationByAlias } from './operations/get-operation';
import { goLive } from './operations/go-live';
import { listOfferTypes } from './operations/list-offer-types';
import { listOffers } from './operations/list-offers';
import { listOperations } from './operations/list-operations';
import { listPublishers } from './operations/list-publishers';
import { publishOffer } from './operations/publish-offer';
import { putOffer } from './operations/put-offer';

/** All 14 operations of the Cloud Partner Portal API, and one for what it does not have. */
export function cloudPartnerOperations(services: Services): Operation[] {
  return [
    listPublishers(services),
    listOfferTypes(services),
    listOffers(services),
    getOffer(services),
    getOfferVersion(services),
    getOfferSlot(services),
    getOfferStatus(services),
    putOffer(services),
    publishOffer(services),
    goLive(services),
    cancelOperation(services),
    listOperations(services),
    getOperation(services),
    getOperationByAlias(services),
    ...unknownOperations(services),
  ];
}

/** Paths that the API does not have. The body of their 404 is *assumed*. */
function unknownOperations(services: Services): Operation[] {
  return (['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const).map((method) => ({
    name: 'unknownOperation',
    surface: 'cloud-partner',
    method,
    path: '/api/*',
    run: (call) => {
      authorize(services, call);
      return portalError(404, 'NotFound', `The emulator has nothing at ${method} ${call.path}`);
    },
  }));
}
