import { json } from '../core/answer';
import { param, type Call } from '../core/call';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { entraRefusal } from './errors';
import { findTenant, missingTenant } from './tenants';
import { traceOf } from './trace';

/**
 * OpenID Connect discovery, instance discovery and the public keys: what the client library of Azure reads before it
 * asks for a token. *Documented* by OpenID Connect; the values point back at the emulator.
 */
export function discoveryOperations(services: Services): Operation[] {
  return [
    {
      name: 'openIdConfiguration',
      surface: 'entra',
      method: 'GET',
      path: '/:tenant/v2.0/.well-known/openid-configuration',
      run: (call) => json(200, configuration(services, call, '/v2.0')),
    },
    {
      name: 'openIdConfiguration',
      surface: 'entra',
      method: 'GET',
      path: '/:tenant/.well-known/openid-configuration',
      run: (call) => json(200, configuration(services, call, '')),
    },
    {
      name: 'instanceDiscovery',
      surface: 'entra',
      method: 'GET',
      path: '/common/discovery/instance',
      run: (call) => json(200, instance(call)),
    },
    ...['/:tenant/discovery/keys', '/:tenant/discovery/v2.0/keys'].map((path): Operation => ({
      name: 'keys',
      surface: 'entra',
      method: 'GET',
      path,
      run: () => json(200, { keys: [publicKey(services)] }),
    })),
  ];
}

function configuration(services: Services, call: Call, version: '' | '/v2.0'): unknown {
  const name = param(call, 'tenant');
  const tenant = findTenant(services.world, name);
  if (!tenant) throw entraRefusal(missingTenant(name), traceOf(services, call));
  const base = `${call.origin}/${tenant.id}`;
  return {
    token_endpoint: `${base}/oauth2${version}/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    jwks_uri: `${base}/discovery${version}/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: version === '' ? `https://sts.windows.net/${tenant.id}/` : `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2${version}/authorize`,
    tenant_region_scope: 'WW',
    cloud_instance_name: new URL(call.origin).host,
  };
}

function instance(call: Call): unknown {
  const host = new URL(call.origin).host;
  const asked = call.query.get('authorization_endpoint') ?? `${call.origin}/common/oauth2/v2.0/authorize`;
  const tenant = new URL(asked, call.origin).pathname.split('/')[1] ?? 'common';
  return {
    tenant_discovery_endpoint: `${call.origin}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}

function publicKey(services: Services): unknown {
  const { id, publicKey: key } = services.signingKey;
  return { ...key.export({ format: 'jwk' }), use: 'sig', kid: id, x5t: id };
}
