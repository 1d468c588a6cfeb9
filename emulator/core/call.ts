import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** What becomes known about a request while it is handled; the journal keeps it. */
export interface CallFacts {
  tenant?: string;
  application?: string;
  flight?: string;
  addOn?: string;
  submission?: string;
  /** A product of the marketplace. */
  product?: string;
}

/** One request, as handlers see it. */
export interface Call {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** Empty for a relayed operation, which reads `stream`. */
  readonly body: Buffer;
  /** The request itself, for those who pass it on. */
  readonly stream: IncomingMessage;
  /** Scheme, host and port that the client used. */
  readonly origin: string;
  /** Fresh for every request; Partner Center returns it as `MS-CorrelationId`. */
  readonly correlationId: string;
  readonly facts: CallFacts;
  /** Set by a fault: the upload URL in the answer is to be one that has expired. */
  expiredUploadUrl?: boolean;
}

/** The value of a path parameter; the router guarantees that declared ones are there. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/** The first value of a header. */
export function header(call: Call, name: string): string | undefined {
  const value = call.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
