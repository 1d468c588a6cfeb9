import { randomUUID } from 'node:crypto';
import { json, Refusal } from '../core/answer';

/** The rows of the error table; wording after the AADSTS code is Entra's usual one (*assumed*). */
export interface EntraError {
  readonly status: 400 | 401;
  readonly error: string;
  readonly code: number;
  readonly text: string;
}

/** An Entra error body with its trace lines, as the real service sends it. */
export function entraRefusal(error: EntraError, now: number): Refusal {
  const trace = randomUUID();
  const correlation = randomUUID();
  const timestamp = new Date(now)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
  const description = `AADSTS${error.code}: ${error.text}\r\nTrace ID: ${trace}\r\nCorrelation ID: ${correlation}\r\nTimestamp: ${timestamp}`;
  return new Refusal(
    json(error.status, {
      error: error.error,
      error_description: description,
      error_codes: [error.code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${error.code}`,
    }),
  );
}

const client = (code: number, text: string): EntraError => ({ status: 401, error: 'invalid_client', code, text });
const bad = (error: string, code: number, text: string): EntraError => ({ status: 400, error, code, text });

export const wrongSecret = (clientId: string): EntraError =>
  client(
    7000215,
    `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
  );
export const expiredSecret = (clientId: string): EntraError =>
  client(
    7000222,
    `The provided client secret keys for app '${clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
  );
/** v1 endpoint. */
export const missingCredential = (): EntraError =>
  client(
    7000216,
    "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
  );
/** v2 endpoint. */
export const missingCredentialV2 = (): EntraError =>
  client(7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
export const unknownClient = (clientId: string, tenant: string): EntraError =>
  bad(
    'unauthorized_client',
    700016,
    `Application with identifier '${clientId}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  );
export const unknownTenant = (tenant: string): EntraError =>
  bad(
    'invalid_request',
    90002,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  );
export const unknownResource = (resource: string): EntraError =>
  bad(
    'invalid_resource',
    500011,
    `The resource principal named ${resource} was not found in the tenant. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`,
  );
export const badScope = (scope: string): EntraError =>
  bad(
    'invalid_scope',
    1002012,
    `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  );
export const unsupportedGrant = (grant: string): EntraError =>
  bad('unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grant}'.`);
export const missingParameter = (name: string): EntraError =>
  bad('invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`);
export const badAssertion = (text: string): EntraError => client(700027, text);
export const assertionOutOfTime = (): EntraError =>
  client(700024, 'Client assertion is not within its valid time range.');
export const malformedAssertion = (): EntraError => client(50027, 'JWT token is invalid or malformed.');
