import { json, Refusal, type Answer } from '../core/answer';
import { param, type Call } from '../core/call';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { issueToken } from './access-token';
import { isKnownAudience } from './audiences';
import { authenticate } from './authenticate';
import {
  badScope,
  entraRefusal,
  malformedScope,
  missingParameter,
  severalResources,
  unknownResource,
  type EntraError,
} from './errors';
import { parseForm } from './form';
import { findTenant, missingTenant } from './tenants';
import { echoedId, traceOf } from './trace';

/**
 * `POST /{tenant}/oauth2/token` and `POST /{tenant}/oauth2/v2.0/token`, client credentials only.
 *
 * - *Documented*: v1 takes `resource` and answers numbers as strings; v2 takes `scope` ending in `/.default`.
 * - *Observed*: CR and LF around form values are ignored; `resource` with a trailing slash gets a token.
 * - *Assumed*: the error bodies, in Entra's usual shape.
 */
export function tokenOperations(services: Services): Operation[] {
  const operation = (path: string, version: 1 | 2): Operation => ({
    name: 'token',
    surface: 'entra',
    method: 'POST',
    path,
    run: (call) => echoing(call, () => issue(services, call, version)),
  });
  return [operation('/:tenant/oauth2/token', 1), operation('/:tenant/oauth2/v2.0/token', 2)];
}

/** The answer, whatever it is, with the id that the client wants back. */
function echoing(call: Call, answer: () => Answer): Answer {
  const headers = echoedId(call);
  try {
    const good = answer();
    return { ...good, headers: { ...good.headers, ...headers } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal({ ...error.answer, headers: { ...error.answer.headers, ...headers } });
  }
}

function issue(services: Services, call: Call, version: 1 | 2): Answer {
  const refuse = (error: EntraError): never => {
    throw entraRefusal(error, traceOf(services, call));
  };
  const tenant = findTenant(services.world, param(call, 'tenant')) ?? refuse(missingTenant(param(call, 'tenant')));
  call.facts.tenant = tenant.id;
  const form = parseForm(call.body);
  const audiences = [
    `${call.origin}${call.path}`,
    `${call.origin}/${tenant.id}/v2.0`,
    `${call.origin}/${tenant.id}/oauth2/v2.0/token`,
  ];
  const found = authenticate(services, { form, tenant, version, audiences });
  if ('error' in found) return refuse(found.error);
  const asked = version === 1 ? resourceOf(form) : scopeOf(form);
  if ('error' in asked) return refuse(asked.error);
  const issued = issueToken(services, { tenant: tenant.id, client: found.client.id, audience: asked.audience });
  return json(200, version === 1 ? v1Body(issued, asked.audience) : v2Body(issued), {
    'cache-control': 'no-store, no-cache',
  });
}

type Asked = { audience: string } | { error: EntraError };

function resourceOf(form: ReadonlyMap<string, string>): Asked {
  const resource = form.get('resource');
  if (resource === undefined) return { error: missingParameter('resource') };
  return isKnownAudience(resource) ? { audience: resource } : { error: unknownResource(resource) };
}

function scopeOf(form: ReadonlyMap<string, string>): Asked {
  const scope = form.get('scope');
  if (scope === undefined) return { error: missingParameter('scope') };
  // The client library of Azure adds scopes of OpenID Connect, which mean nothing in this flow.
  const wanted = scope.split(' ').filter((word) => !['openid', 'profile', 'offline_access'].includes(word));
  const [first, ...others] = wanted;
  if (first === undefined || wanted.some((word) => !word.endsWith('/.default'))) return { error: badScope(scope) };
  if (others.length > 0) return { error: severalResources(scope) };
  const audience = first.slice(0, -'/.default'.length);
  if (audience === '') return { error: malformedScope(scope) };
  return isKnownAudience(audience) ? { audience } : { error: unknownResource(audience) };
}

type Issued = ReturnType<typeof issueToken>;

function v1Body(issued: Issued, resource: string): unknown {
  return {
    token_type: 'Bearer',
    expires_in: String(issued.lifetime),
    ext_expires_in: String(issued.lifetime),
    expires_on: String(issued.expiresOn),
    not_before: String(issued.notBefore),
    resource,
    access_token: issued.token,
  };
}

function v2Body(issued: Issued): unknown {
  return {
    token_type: 'Bearer',
    expires_in: issued.lifetime,
    ext_expires_in: issued.lifetime,
    access_token: issued.token,
  };
}
