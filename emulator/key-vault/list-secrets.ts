import { json, type Answer } from '../core/answer';
import { param, type Call } from '../core/call';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { authorizeRead } from './access';
import { secretNotFound, vaultError } from './errors';
import { renderProperties } from './render';

const MOST = 25;

/**
 * `GET /secrets` and `GET /secrets/{name}/versions`: what there is, without values. *Documented*: `maxresults` of at most
 * 25, `nextLink`; disabled secrets are listed. *Assumed*: what the link carries.
 */
export function listSecretsOperations(services: Services): Operation[] {
  return [
    {
      name: 'listSecrets',
      surface: 'key-vault',
      method: 'GET',
      path: '/secrets',
      run: (call) => listSecrets(services, call),
    },
    {
      name: 'listSecretVersions',
      surface: 'key-vault',
      method: 'GET',
      path: '/secrets/:secretName/versions',
      run: (call) => listVersions(services, call),
    },
  ];
}

function listSecrets(services: Services, call: Call): Answer {
  authorizeRead(services, call, 'readMetadata');
  const { origin } = call;
  const rows = [...services.world.secrets.values()].flatMap((secret) => {
    const version = secret.versions.at(-1);
    return version ? [renderProperties(`${origin}/secrets/${secret.name}`, { origin, secret, version })] : [];
  });
  return page(call, rows);
}

function listVersions(services: Services, call: Call): Answer {
  authorizeRead(services, call, 'readMetadata');
  const { origin } = call;
  const name = param(call, 'secretName');
  const secret = services.world.secrets.get(name.toLowerCase());
  if (!secret) throw secretNotFound(name);
  return page(
    call,
    secret.versions.map((version) =>
      renderProperties(`${origin}/secrets/${secret.name}/${version.version}`, { origin, secret, version }),
    ),
  );
}

function page(call: Call, rows: readonly object[]): Answer {
  const size = Number(call.query.get('maxresults') ?? MOST);
  if (!(Number.isInteger(size) && size >= 1 && size <= MOST)) {
    throw vaultError(400, 'BadParameter', `maxresults must be between 1 and ${MOST}`);
  }
  const from = Number(call.query.get('$skiptoken') ?? 0);
  const next = new URLSearchParams(call.query);
  next.set('$skiptoken', String(from + size));
  const nextLink = from + size < rows.length ? `${call.origin}${call.path}?${next.toString()}` : null;
  return json(200, { value: rows.slice(from, from + size), nextLink });
}
