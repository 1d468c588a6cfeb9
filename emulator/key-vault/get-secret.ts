import { json, Refusal, type Answer } from '../core/answer';
import { header, param, type Call } from '../core/call';
import type { Secret, SecretVersion } from '../core/model';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { checkToken } from '../entra/access-token';
import { VAULT_AUDIENCE } from '../entra/audiences';

/**
 * `GET /secrets/{name}[/{version}]?api-version=…` of Key Vault.
 *
 * - *Documented*: the challenge, versions, `SecretNotFound`, `SecretDisabled`, attributes in epoch seconds. A secret
 *   outside its `nbf`/`exp` window can still be read: the window informs only.
 * - *Assumed*: the order of the checks and the wording of the 403 for an identity without access.
 */
export function getSecretOperations(services: Services): Operation[] {
  const operation = (path: string): Operation => ({
    name: 'getSecret',
    surface: 'key-vault',
    method: 'GET',
    path,
    run: (call) => getSecret(services, call),
  });
  return [operation('/secrets/:secretName'), operation('/secrets/:secretName/:secretVersion')];
}

function getSecret(services: Services, call: Call): Answer {
  authorize(services, call);
  if (!call.query.get('api-version')) throw vaultError(400, 'BadParameter', 'api-version must be specified');
  const name = param(call, 'secretName');
  const secret = services.world.secrets.get(name.toLowerCase());
  const wanted = param(call, 'secretVersion');
  const version = wanted ? secret?.versions.find((v) => v.version === wanted) : secret?.versions.at(-1);
  if (!secret || !version) throw notFound(wanted ? `${name}/${wanted}` : name);
  if (!version.enabled) {
    throw vaultError(403, 'Forbidden', 'Operation get is not allowed on a disabled secret.', 'SecretDisabled');
  }
  return json(200, render(call.origin, secret, version));
}

function authorize(services: Services, call: Call): void {
  const tenant = services.world.vaultTenant;
  const checked = checkToken(services, header(call, 'authorization'), VAULT_AUDIENCE);
  if ('fault' in checked) throw new Refusal(challenge(call.origin, tenant, checked.fault));
  const { appid, tid } = checked.claims;
  if (tid !== tenant) throw new Refusal(challenge(call.origin, tenant, 'audience'));
  call.facts.tenant = tid;
  if (services.world.clients.get(appid)?.readsVault) return;
  throw vaultError(
    403,
    'Forbidden',
    `Caller is not authorized to perform action on resource. Caller: appid=${appid}. Action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'.`,
    'ForbiddenByRbac',
  );
}

function challenge(origin: string, tenant: string, fault: string): Answer {
  const message =
    fault === 'missing'
      ? 'AKV10000: Request is missing a Bearer or PoP token.'
      : 'AKV10032: Invalid token: it is malformed, expired, or was issued for another audience or tenant.';
  return json(
    401,
    { error: { code: 'Unauthorized', message } },
    { 'www-authenticate': `Bearer authorization="${origin}/${tenant}", resource="${VAULT_AUDIENCE}"` },
  );
}

function notFound(id: string): Refusal {
  return vaultError(
    404,
    'SecretNotFound',
    `A secret with (name/id) ${id} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`,
  );
}

function vaultError(status: number, code: string, message: string, inner?: string): Refusal {
  return new Refusal(json(status, { error: { code, message, ...(inner && { innererror: { code: inner } }) } }));
}

function render(origin: string, secret: Secret, version: SecretVersion): unknown {
  const seconds = (time: number): number => Math.floor(time / 1000);
  return {
    value: version.value,
    ...(version.contentType !== undefined && { contentType: version.contentType }),
    id: `${origin}/secrets/${secret.name}/${version.version}`,
    attributes: {
      enabled: version.enabled,
      ...(version.notBefore !== undefined && { nbf: seconds(version.notBefore) }),
      ...(version.expires !== undefined && { exp: seconds(version.expires) }),
      created: seconds(version.created),
      updated: seconds(version.created),
      recoveryLevel: 'Recoverable+Purgeable',
      recoverableDays: 90,
    },
    tags: {},
  };
}

/** Operations of Key Vault that are not emulated. */
export function missingVaultOperations(): Operation[] {
  const missing = (name: string, method: Operation['method'], path: string): Operation => ({
    name,
    surface: 'key-vault',
    method,
    path,
    run: () => json(501, { error: { code: 'NotImplemented', message: `The emulator does not have ${name}.` } }),
  });
  return [
    missing('listSecrets', 'GET', '/secrets'),
    missing('listSecretVersions', 'GET', '/secrets/:secretName/versions'),
    missing('setSecret', 'PUT', '/secrets/:secretName'),
    missing('deleteSecret', 'DELETE', '/secrets/:secretName'),
  ];
}
