import { randomUUID } from 'node:crypto';
import { json, Refusal, type Answer } from '../core/answer';
import type { Call } from '../core/call';

/** What was wrong with each member of a request. */
export type Problems = Record<string, string[]>;

const REASONS: Record<number, string> = {
  400: 'Request validation failed.',
  403: 'Access to the resource is forbidden.',
  404: 'The resource was not found.',
  405: 'The method is not allowed.',
  409: 'The request conflicts with the state of the resource.',
  412: 'The resource was changed in the meantime.',
  500: 'An unexpected error occurred.',
};

/**
 * An error of the API (B-R15). *Observed*: a JSON string with a code, a text, and JSON in it, for 400; *assumed* for the
 * other statuses.
 */
export function errorText(status: number, correlationId: string, data: Problems | undefined): string {
  const detail = {
    faultCode: 50_000 + status,
    reasonPhrase: REASONS[status] ?? 'The request failed.',
    correlationId,
    operationId: correlationId.replaceAll('-', ''),
    ...(data && { data }),
  };
  return `ICH${50_000 + status} - Unable to complete request. ${JSON.stringify(detail)}`;
}

/** A refusal in the API's own words. */
export function refusal(call: Call, status: number, data?: Problems): Refusal {
  return new Refusal(json(status, errorText(status, call.correlationId, data)));
}

/** Something in the request that makes no sense; the wording of `message` is *assumed* unless a caller says otherwise. */
export function invalid(call: Call, member: string, message: string): Refusal {
  return refusal(call, 400, { [member]: [message] });
}

/** There is no such thing. */
export function notFound(call: Call, what: string): Refusal {
  return refusal(call, 404, { [what]: [`The ${what} does not exist.`] });
}

/** The state forbids it. */
export function conflict(call: Call, member: string, message: string): Refusal {
  return refusal(call, 409, { [member]: [message] });
}

/** *Observed*: what a PUT without `If-Match` gets. */
export function missingIfMatch(): Refusal {
  return new Refusal(json(400, 'Value cannot be null.\r\nParameter name: IfMatch'));
}

/** *Observed*: what stands before the API answers with an object. */
export function gatewayRefusal(status: number, message: string, headers: Record<string, string> = {}): Refusal {
  return new Refusal(json(status, { statusCode: status, message }, headers));
}

/** What the service says by itself with a status: what stands before it says 401 and 429. */
export function standardIngestionError(status: number, message: string): Answer {
  if (status === 401 || status === 429) return json(status, { statusCode: status, message });
  return json(status, errorText(status, randomUUID(), undefined));
}
