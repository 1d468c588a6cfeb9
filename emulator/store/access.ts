import { json, Refusal } from '../core/answer';
import { header, param, type Call } from '../core/call';
import type { AddOn, Application, Client, Flight, Product, Submission } from '../core/model';
import type { Services } from '../core/services';
import { checkToken } from '../entra/access-token';
import { STORE_AUDIENCE } from '../entra/audiences';
import { checkFraming } from './body';
import {
  addOnNotFound,
  applicationNotFound,
  flightNotFound,
  forbidden,
  foreignSubmission,
  invalidValue,
  madeInPortal,
  submissionNotFound,
  unauthorized,
  unsupportedFeature,
} from './errors';
import type { FoundProduct, ProductKind } from './products/product-kind';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Who is calling, with the account whose applications it sees. */
export interface Caller {
  readonly client: Client;
  readonly account: string;
}

/**
 * Who makes this call. *Observed*: the answers of an identity that is no user, too weak for the verb, or not onboarded.
 * Which of the two known 401 messages belongs to a bad token is *assumed*.
 */
export function authorize(services: Services, call: Call): Caller {
  checkFraming(call);
  const checked = checkToken(services, header(call, 'authorization'), STORE_AUDIENCE);
  if ('fault' in checked) {
    throw unauthorized(`Identity cannot be authorized. CorrelationId: ${call.correlationId}`);
  }
  call.facts.tenant = checked.claims.tid;
  services.rateLimit.count('store', checked.claims.tid);
  const client = services.world.clients.get(checked.claims.appid);
  if (client?.role === 'NotOnboarded') {
    throw new Refusal(json(503, notOnboarded()));
  }
  if (client?.account === undefined || client.role === 'None') {
    throw unauthorized('Authorization: Account is not allowed to access this api');
  }
  if (client.role === 'Reader' && call.method !== 'GET') throw forbidden();
  return { client, account: client.account };
}

function notOnboarded(): unknown {
  return {
    code: 'ServiceError',
    message: '(Server Unavailable) Account service is experiencing issue. Please try again later.',
  };
}

/** The application in the path, if the caller may see it. Ids are matched without regard to case. */
export function findApplication(services: Services, call: Call): Application {
  const { account } = authorize(services, call);
  const application = services.world.applications.get(param(call, 'applicationId').toUpperCase());
  if (!application) throw applicationNotFound();
  call.facts.application = application.id;
  if (application.account !== account) throw forbidden();
  if (application.unsupportedFeatures) throw unsupportedFeature();
  return application;
}

/**
 * The flight in the path. *Documented*: 404, and 400 for a request that is invalid, which an id that is no GUID is taken
 * for (*assumed*). A flight of another application is not found (*assumed*).
 */
export function findFlight(services: Services, call: Call): { application: Application; flight: Flight } {
  const application = findApplication(services, call);
  const id = param(call, 'flightId').toLowerCase();
  if (!GUID.test(id)) throw invalidValue('The value of FlightId is not valid', 'flightId');
  const flight = services.world.flights.get(id);
  if (flight?.application !== application.id) throw flightNotFound();
  return { application, flight };
}

/** The add-on in the path. *Assumed*: one of an application with unsupported features is refused as that is. */
export function findAddOn(services: Services, call: Call): { application: Application; addOn: AddOn } {
  const { account } = authorize(services, call);
  const addOn = services.world.addOns.get(param(call, 'inAppProductId').toUpperCase());
  const application = services.world.applications.get(addOn?.application ?? '');
  if (!addOn || !application) throw addOnNotFound();
  if (application.account !== account) throw forbidden();
  if (addOn.unsupportedFeatures || application.unsupportedFeatures) throw unsupportedFeature();
  return { application, addOn };
}

/** The product and the submission in the path. */
export function findSubmission(
  services: Services,
  call: Call,
  kind: ProductKind,
): FoundProduct & { submission: Submission } {
  const found = kind.find(services, call);
  const submission = services.world.submissions.get(param(call, 'submissionId'));
  if (!submission) throw submissionNotFound();
  if (submission.kind !== kind.kind || submission.product !== found.product.id) throw foreignSubmission(kind.title);
  return { ...found, submission };
}

/** *Observed*: the API changes no pending submission that a person made or touched in the portal (R17). */
export function refuseMadeInPortal(product: Product, submission: Submission): void {
  if (submission.portal && product.pending === submission.id) throw madeInPortal();
}
