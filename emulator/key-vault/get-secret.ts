import { json, type Answer } from '../core/answer';
import { param, type Call } from '../core/call';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { authorizeRead } from './access';
import { invalidName, secretNotFound, vaultError } from './errors';
import { renderProperties } from './render';

const NAME = /^[0-9a-z-]{1,127}$/i;

/**
 * `GET /secrets/{name}[/{version}]?api-version=…` of Key Vault.
 *
 * - *Documented*: the challenge, versions, `SecretNotFound`, `SecretDisabled`, attributes in epoch seconds. A secret
 *   outside its `nbf`/`exp` window can still be read: the window informs only (MicrosoftDocs/azure-docs, About Azure Key
 *   Vault secrets, date-time controlled operations).
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
  authorizeRead(services, call, 'getSecret');
  const name = param(call, 'secretName');
  if (!NAME.test(name)) throw invalidName(name);
  const secret = services.world.secrets.get(name.toLowerCase());
  const wanted = param(call, 'secretVersion');
  const version = wanted ? secret?.versions.find((v) => v.version === wanted) : secret?.versions.at(-1);
  if (!secret || !version) throw secretNotFound(wanted ? `${name}/${wanted}` : name);
  if (!version.enabled) {
    throw vaultError(403, 'Forbidden', 'Operation get is not allowed on a disabled secret.', 'SecretDisabled');
  }
  const id = `${call.origin}/secrets/${secret.name}/${version.version}`;
  return json(200, { value: version.value, ...renderProperties(id, { origin: call.origin, secret, version }) });
}
