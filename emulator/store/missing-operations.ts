import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { authorize } from './access';
import { storeError } from './errors';

const BASE = '/v1.0/my';
const FLIGHTS = '/applications/:applicationId/flights';
const FLIGHT = `${FLIGHTS}/:flightId`;
const FLIGHT_SUBMISSION = `${FLIGHT}/submissions/:submissionId`;
const ADD_ON = '/inappproducts/:inAppProductId';
const ADD_ON_SUBMISSION = `${ADD_ON}/submissions/:submissionId`;

const MISSING: readonly (readonly [Operation['method'], string, string])[] = [
  ['GET', '/applications/:applicationId/listinappproducts', 'listApplicationAddOns'],
  ['GET', '/applications/:applicationId/listflights', 'listFlights'],
  ['GET', '/inappproducts', 'listAddOns'],
  ['POST', '/inappproducts', 'createAddOn'],
  ['GET', ADD_ON, 'getAddOn'],
  ['DELETE', ADD_ON, 'deleteAddOn'],
  ['POST', `${ADD_ON}/submissions`, 'createAddOnSubmission'],
  ['GET', ADD_ON_SUBMISSION, 'getAddOnSubmission'],
  ['PUT', ADD_ON_SUBMISSION, 'updateAddOnSubmission'],
  ['DELETE', ADD_ON_SUBMISSION, 'deleteAddOnSubmission'],
  ['POST', `${ADD_ON_SUBMISSION}/commit`, 'commitAddOnSubmission'],
  ['GET', `${ADD_ON_SUBMISSION}/status`, 'getAddOnSubmissionStatus'],
  ['POST', FLIGHTS, 'createFlight'],
  ['GET', FLIGHT, 'getFlight'],
  ['DELETE', FLIGHT, 'deleteFlight'],
  ['POST', `${FLIGHT}/submissions`, 'createFlightSubmission'],
  ['GET', FLIGHT_SUBMISSION, 'getFlightSubmission'],
  ['PUT', FLIGHT_SUBMISSION, 'updateFlightSubmission'],
  ['DELETE', FLIGHT_SUBMISSION, 'deleteFlightSubmission'],
  ['POST', `${FLIGHT_SUBMISSION}/commit`, 'commitFlightSubmission'],
  ['GET', `${FLIGHT_SUBMISSION}/status`, 'getFlightSubmissionStatus'],
  ['GET', `${FLIGHT_SUBMISSION}/packagerollout`, 'getFlightPackageRollout'],
  ['POST', `${FLIGHT_SUBMISSION}/updatepackagerolloutpercentage`, 'updateFlightRolloutPercentage'],
  ['POST', `${FLIGHT_SUBMISSION}/haltpackagerollout`, 'haltFlightPackageRollout'],
  ['POST', `${FLIGHT_SUBMISSION}/finalizepackagerollout`, 'finalizeFlightPackageRollout'],
];

/** Paths that the submission API does not have either. The body of their 404 is *assumed*. */
function unknownOperations(services: Services): Operation[] {
  return (['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const).map((method) => ({
    name: 'unknownOperation',
    surface: 'store',
    method,
    path: `${BASE}/*`,
    run: (call) => {
      authorize(services, call);
      return storeError(404, 'ResourceNotFound', `The emulator has nothing at ${method} ${call.path}`);
    },
  }));
}

/** Operations of the submission API that the emulator does not have: each answers 501 by its name. */
export function missingOperations(services: Services): Operation[] {
  const missing = MISSING.map(([method, path, name]) => ({
    name,
    surface: 'store' as const,
    method,
    path: `${BASE}${path}`,
    run: () => storeError(501, 'NotImplemented', `The emulator does not have ${name}.`),
  }));
  return [...missing, ...unknownOperations(services)];
}
