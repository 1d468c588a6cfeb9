import { json, Refusal, type Answer } from '../core/answer';
import { header, type Call } from '../core/call';
import type { Services } from '../core/services';
import { checkToken } from '../entra/access-token';
import { VAULT_AUDIENCE } from '../entra/audiences';
import { vaultError } from './errors';

const LATEST = '2025-07-01';
const VERSIONS = /^(7\.[0-6](-preview\.\d)?|2015-06-01|2016-10-01|2025-07-01)$/;

/**
 * Who may read, and by which version of the API. *Documented*: the challenge, and the inner codes of the two permission
 * models (switch `vaultAccess`). *Observed*: the words about an unknown version. *Assumed*: the order of the checks.
 *
 * @param action of the data plane, as role definitions name it
 */
export function authorizeRead(services: Services, call: Call, action: 'getSecret' | 'readMetadata'): void {
  const tenant = services.world.vaultTenant;
  const checked = checkToken(services, header(call, 'authorization'), VAULT_AUDIENCE);
  if ('fault' in checked) throw new Refusal(challenge(call.origin, tenant, checked.fault));
  const { appid, tid } = checked.claims;
  if (tid !== tenant) throw new Refusal(challenge(call.origin, tenant, 'audience'));
  call.facts.tenant = tid;
  if (!services.world.clients.get(appid)?.readsVault) throw forbidden(services, appid, action);
  checkApiVersion(call.query.get('api-version'));
}

function forbidden(services: Services, appid: string, action: 'getSecret' | 'readMetadata'): Refusal {
  if (services.world.settings.switches.vaultAccess === 'policy') {
    const permission = action === 'getSecret' ? 'get' : 'list';
    const message = `The user, group or application 'appid=${appid}' does not have secrets ${permission} permission on key vault 'emulator'.`;
    return vaultError(403, 'Forbidden', message, 'ForbiddenByPolicy');
  }
  const message = `Caller is not authorized to perform action on resource. Caller: appid=${appid}. Action: 'Microsoft.KeyVault/vaults/secrets/${action}/action'.`;
  return vaultError(403, 'Forbidden', message, 'ForbiddenByRbac');
}

function checkApiVersion(version: string | null): void {
  if (!version) throw vaultError(400, 'BadParameter', 'api-version must be specified');
  if (VERSIONS.test(version)) return;
  const message = `The specified version (${version}) is not recognized. Consider using the latest supported version (${LATEST}).`;
  throw vaultError(400, 'BadParameter', message);
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
