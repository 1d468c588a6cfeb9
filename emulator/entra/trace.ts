import { randomUUID } from 'node:crypto';
import { header, type Call } from '../core/call';
import type { Services } from '../core/services';
import type { Trace } from './errors';
import { parseForm } from './form';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the client calls its request: in a header, the query or the form. */
function clientRequestId(call: Call): string | undefined {
  const form = (): string | undefined => parseForm(call.body).get('client-request-id');
  const sent = header(call, 'client-request-id') ?? call.query.get('client-request-id') ?? form();
  return sent !== undefined && GUID.test(sent) ? sent : undefined;
}

/** What an error says of this request. */
export function traceOf(services: Services, call: Call): Trace {
  const trace = call.correlationId;
  return { now: services.clock.now(), trace, correlation: clientRequestId(call) ?? randomUUID() };
}

/** *Documented* for Azure services: the client's id comes back in a header when it asks for that. */
export function echoedId(call: Call): Record<string, string> {
  const id = header(call, 'return-client-request-id')?.toLowerCase() === 'true' ? clientRequestId(call) : undefined;
  return id === undefined ? {} : { 'client-request-id': id };
}
