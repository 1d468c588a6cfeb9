import type { Client, Tenant } from '../core/model';
import type { Services } from '../core/services';
import { checkAssertion } from './assertion';
import {
  disabledClient,
  emptyClientId,
  expiredSecret,
  missingCredential,
  missingCredentialV2,
  missingParameter,
  unknownClient,
  unsupportedGrant,
  wrongSecret,
  badAssertion,
  type EntraError,
} from './errors';

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** A token request whose tenant is known. */
export interface TokenRequest {
  readonly form: ReadonlyMap<string, string>;
  readonly tenant: Tenant;
  readonly version: 1 | 2;
  /** Addresses that a client assertion may be meant for. */
  readonly audiences: readonly string[];
}

/** Finds the client of a token request and checks its credential, in the order of Entra's own checks (*assumed*). */
export function authenticate(services: Services, request: TokenRequest): { client: Client } | { error: EntraError } {
  const { form, tenant } = request;
  const grant = form.get('grant_type');
  if (grant === undefined) return { error: missingParameter('grant_type') };
  if (grant !== 'client_credentials') return { error: unsupportedGrant(grant) };
  const clientId = form.get('client_id');
  if (clientId === undefined) return { error: missingParameter('client_id') };
  const client = services.world.clients.get(clientId.toLowerCase());
  if (/^[0-]+$/.test(clientId)) return { error: emptyClientId(clientId) };
  if (client?.tenant !== tenant.id) return { error: unknownClient(clientId, tenant.id) };
  if (client.disabled) return { error: disabledClient(client.id) };
  const error = checkCredential(client, request, services.clock.now());
  return error ? { error } : { client };
}

function checkCredential(client: Client, request: TokenRequest, now: number): EntraError | undefined {
  const assertion = request.form.get('client_assertion');
  if (assertion !== undefined) {
    if (request.form.get('client_assertion_type') !== JWT_BEARER) {
      return badAssertion('The client assertion type is not supported.');
    }
    return checkAssertion(assertion, client, request.audiences, now);
  }
  const secret = request.form.get('client_secret');
  if (secret === undefined || secret === '') return request.version === 1 ? missingCredential() : missingCredentialV2();
  const known = client.secrets.filter((candidate) => candidate.value === secret);
  if (known.length === 0) return wrongSecret(client.id);
  const valid = known.some((candidate) => candidate.expires === undefined || Date.parse(candidate.expires) > now);
  return valid ? undefined : expiredSecret(client.id);
}
