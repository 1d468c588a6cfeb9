import type { TransportOptions } from '../../../src/partner-center/http';
import { cloudPartnerTransport, createCloudPartnerClient } from '../../../src/partner-center/cloud-partner-portal';
import { setUp } from '../http/setup';
import type { ScriptedServer } from '../scripted-server';

/** The client on a scripted server, on the base and with the wire form of the API. */
export function cloudPartner(server: ScriptedServer, options: Partial<TransportOptions> = {}) {
  const parts = setUp(server, {
    ...cloudPartnerTransport,
    baseUrl: new URL('/api/', server.url).href,
    scope: 'https://cloudpartner.azure.com/.default',
    ...options,
  });
  return { ...parts, client: createCloudPartnerClient(parts.transport), call: { allowance: parts.allowance } };
}

export const offer = { publisherId: 'contoso', offerId: 'contoso-linux' };
