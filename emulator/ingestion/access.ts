import { Refusal } from '../core/answer';
import { header, param, type Call } from '../core/call';
import type { Services } from '../core/services';
import { checkToken } from '../entra/access-token';
import { INGESTION_AUDIENCE } from '../entra/audiences';
import { gatewayRefusal, notFound, refusal } from './errors';
import type { IngestionProduct } from './model';

/**
 * The account that a caller works in (B-R1).
 *
 * - *Documented*: a token for this API, of an application with the role Manager.
 * - *Observed*: 401 may also mean that the role is missing (switch `ingestion.missingRole`).
 * - *Assumed*: the texts; a weaker role reads and gets 403 for the rest.
 */
export function authorize(services: Services, call: Call): string {
  const checked = checkToken(services, header(call, 'authorization'), INGESTION_AUDIENCE);
  if ('fault' in checked) throw gatewayRefusal(401, 'Unauthorized. Access token is missing or invalid.');
  call.facts.tenant = checked.claims.tid;
  countRequest(services, checked.claims.tid);
  const client = services.world.clients.get(checked.claims.appid);
  if (client?.account === undefined || client.role === 'None' || client.role === 'NotOnboarded') {
    const status = Number(services.world.settings.switches['ingestion.missingRole']);
    throw gatewayRefusal(status, 'The application is not allowed to access this account.');
  }
  if (client.role === 'Reader' && call.method !== 'GET') throw refusal(call, 403);
  return client.account;
}

/** As many as at the Store API, with a body of this API's. *Assumed*. */
function countRequest(services: Services, tenant: string): void {
  try {
    services.rateLimit.count('ingestion', tenant);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw gatewayRefusal(429, 'Rate limit is exceeded. Try again later.', { ...error.answer.headers });
  }
}

/** The product in the path. *Assumed*: one of another account is not found. */
export function findProduct(services: Services, call: Call): IngestionProduct {
  const account = authorize(services, call);
  const product = services.world.products.get(param(call, 'productId').toLowerCase());
  if (product?.account !== account) throw notFound(call, 'Product');
  return product;
}
