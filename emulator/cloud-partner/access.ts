import { header, param, type Call } from '../core/call';
import type { Services } from '../core/services';
import { checkToken } from '../entra/access-token';
import { CLOUD_PARTNER_AUDIENCE } from '../entra/audiences';
import { forbidden, notFound, portalError, unauthorized } from './errors';
import { offerKey, type Offer, type Publisher } from './model';
import { Refusal } from '../core/answer';

const VERSIONS = ['2017-10-31', '2016-08-01-preview'] as const;

/**
 * Who calls, and by which version of the API; gives the account, if any (A-R1, A-R2).
 *
 * - *Documented*: 401 without a token, 400 with its literal for the version.
 * - *Assumed*: that 401 comes first; who may only read is refused on writing.
 */
export function authorize(services: Services, call: Call): string | undefined {
  const checked = checkToken(services, header(call, 'authorization'), CLOUD_PARTNER_AUDIENCE);
  if ('fault' in checked) throw unauthorized();
  call.facts.tenant = checked.claims.tid;
  checkVersion(services, call);
  const client = services.world.clients.get(checked.claims.appid);
  if (!client || client.role === 'None' || client.role === 'NotOnboarded') return undefined;
  if (client.role === 'Reader' && call.method !== 'GET') throw forbidden();
  return client.account;
}

function checkVersion({ world }: Services, call: Call): void {
  const version = versionOf(call);
  if (VERSIONS.some((known) => known === version)) return;
  const isDocumented = world.settings.switches['cloudPartner.apiVersionMessage'] === 'documented';
  const allowed = isDocumented ? '2016-08-01-preview' : VERSIONS.join(', ');
  const message = `Invalid api version. Allowed values are [${allowed}]`;
  throw new Refusal(portalError(400, 'InvalidAPIVersion', message));
}

/** The version that a request names: names in a query have any case (*assumed*). */
export function versionOf(call: Call): string {
  return [...call.query].find(([name]) => name.toLowerCase() === 'api-version')?.[1] ?? '';
}

/** The publisher in the path (A-R3). *Observed*: an unknown one is refused as one of others is. */
export function findPublisher(services: Services, call: Call): Publisher {
  return publisherOf(services, call, param(call, 'publisherId'));
}

function publisherOf(services: Services, call: Call, id: string): Publisher {
  const account = authorize(services, call);
  const publisher = services.world.cloudPartner.publishers.get(id.toLowerCase());
  if (!publisher || publisher.account !== account) throw forbidden();
  return publisher;
}

/** The offer in the path, if the caller may see it (A-R3). Ids are matched without regard to case (*assumed*). */
export function findOffer(services: Services, call: Call): Offer {
  return offerOf(services, call, { publisher: param(call, 'publisherId'), offer: param(call, 'offerId') });
}

/** An offer by names from elsewhere than the parameters of the path. */
export function offerOf(services: Services, call: Call, names: { publisher: string; offer: string }): Offer {
  const publisher = publisherOf(services, call, names.publisher);
  const offer = services.world.cloudPartner.offers.get(offerKey(publisher.id, names.offer));
  if (!offer) throw notFound(services.world.settings.switches, `The offer ${names.offer} was not found.`);
  return offer;
}
