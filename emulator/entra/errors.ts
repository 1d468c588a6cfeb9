import { json, Refusal, type Answer } from '../core/answer';

/** A row of the error table. Wordings after the AADSTS code are Entra's usual ones, shortened (*assumed*). */
export interface EntraError {
  readonly status: 400 | 401 | 503;
  readonly error: string;
  readonly code: number;
  readonly text: string;
}

/** What an error says of its request. */
export interface Trace {
  readonly now: number;
  /** Of the answer; its header `x-ms-request-id` says the same. */
  readonly trace: string;
  /** The client's `client-request-id`, else a fresh one. */
  readonly correlation: string;
}

/** An Entra error body with its trace lines. *Documented* (MicrosoftDocs/entra-docs, reference-error-codes.md). */
export function entraAnswer(error: EntraError, { now, trace, correlation }: Trace): Answer {
  const timestamp = new Date(now)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
  const description = `AADSTS${error.code}: ${error.text}\r\nTrace ID: ${trace}\r\nCorrelation ID: ${correlation}\r\nTimestamp: ${timestamp}`;
  return json(error.status, {
    error: error.error,
    error_description: description,
    error_codes: [error.code],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://login.microsoftonline.com/error?code=${error.code}`,
  });
}

/** As `entraAnswer`, thrown. */
export function entraRefusal(error: EntraError, trace: Trace): Refusal {
  return new Refusal(entraAnswer(error, trace));
}

const client = (code: number, text: string): EntraError => ({ status: 401, error: 'invalid_client', code, text });
const bad = (error: string, code: number, text: string): EntraError => ({ status: 400, error, code, text });

/**
 * Errors that no setting of the emulator leads to, for faults. *Documented* are the codes and what they mean; *observed*
 * is `invalid_client` with 401 for 7000229 (deployment guide of Microsoft's Teams SDK); the others' statuses are
 * *assumed*.
 */
const CATALOGUE: readonly EntraError[] = [
  bad('invalid_grant', 50196, 'The server terminated an operation because it encountered a client request loop.'),
  bad('access_denied', 53003, 'Access has been blocked by Conditional Access policies.'),
  bad('invalid_client', 70021, 'No matching federated identity record found for presented assertion.'),
  bad('invalid_client', 700212, 'No matching federated identity record found for presented assertion audience.'),
  bad('invalid_client', 700213, 'No matching federated identity record found for presented assertion subject.'),
  bad('invalid_resource', 500014, 'The service principal for the resource is disabled.'),
  client(7000229, 'The client application is missing service principal in the tenant.'),
  { status: 503, error: 'temporarily_unavailable', code: 90033, text: 'A transient error has occurred.' },
];

/** Any error by its number, for faults. */
export function entraError(code: number): EntraError {
  return CATALOGUE.find((row) => row.code === code) ?? bad('invalid_request', code, 'See the error code.');
}

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
export const emptyClientId = (clientId: string): EntraError =>
  bad('unauthorized_client', 700038, `${clientId} is not a valid application identifier.`);
export const disabledClient = (clientId: string): EntraError =>
  bad('unauthorized_client', 7000112, `Application '${clientId}' is disabled.`);
export const unknownTenant = (tenant: string): EntraError =>
  bad(
    'invalid_request',
    90002,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  );
/** *Observed* for a name that is neither a GUID nor a domain. */
export const malformedTenant = (tenant: string): EntraError =>
  bad(
    'invalid_request',
    900023,
    `Specified tenant identifier '${tenant}' is neither a valid DNS name, nor a valid external domain.`,
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
export const malformedScope = (scope: string): EntraError =>
  bad(
    'invalid_scope',
    70011,
    `The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
  );
export const severalResources = (scope: string): EntraError =>
  bad(
    'invalid_scope',
    28000,
    `Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${scope} is not valid.`,
  );
export const unsupportedGrant = (grant: string): EntraError =>
  bad('unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grant}'.`);
export const missingParameter = (name: string): EntraError =>
  bad('invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`);
export const badAssertion = (text: string): EntraError => client(700027, text);
/** *Documented*, as the next one (Azure SDK for Java, troubleshooting of service principals). */
export const foreignAssertion = (): EntraError =>
  client(700021, "Client assertion application identifier doesn't match 'client_id' parameter.");
export const wrongAssertionAudience = (): EntraError =>
  client(700023, 'Client assertion audience claim does not match Realm issuer.');
export const assertionOutOfTime = (): EntraError =>
  client(700024, 'Client assertion is not within its valid time range.');
/** A token of another issuer: it needs a federated credential, which the emulator does not have. */
export const unfederated = (issuer: string): EntraError =>
  client(700211, `No matching federated identity record found for presented assertion issuer '${issuer}'.`);
/** *Observed*: `invalid_request` for another fault of the token's form, 5002727. */
export const malformedAssertion = (): EntraError => bad('invalid_request', 50027, 'JWT token is invalid or malformed.');
