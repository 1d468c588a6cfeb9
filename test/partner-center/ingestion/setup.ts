import type { TransportOptions } from '../../../src/partner-center/http';
import { createIngestionClient, ingestionTransport } from '../../../src/partner-center/ingestion';
import { setUp } from '../http/setup';
import type { ScriptedServer } from '../scripted-server';

/** The client as rooms open it, on a scripted server. */
export function ingestionOn(
  server: ScriptedServer,
  { headers, ...options }: Partial<TransportOptions> & { headers?: Record<string, string> } = {},
) {
  const baseUrl = new URL('/v1.0/ingestion/', server.url).href;
  const parts = setUp(server, { ...ingestionTransport, baseUrl, ...options });
  const client = createIngestionClient(parts.transport, headers === undefined ? {} : { headers });
  return { ...parts, client, call: { allowance: parts.allowance } };
}
