import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpClient,
  type Pipeline,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { NoResponseError, TimeoutError, type ApiError, type RequestFacts } from './errors';
import { codeOf } from './redact';
import { certainlyNotSent } from './retry';
import type { TransportOptions } from './transport';

/** One request on the wire: the address is complete, the body is text. */
export interface Outgoing {
  readonly operation: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE' | 'HEAD';
  readonly url: string;
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly token: string;
  readonly signal: AbortSignal | undefined;
}

/** Sends one request once. */
export type Exchange = (request: Outgoing) => Promise<{ response: PipelineResponse; sentId: string }>;

const defaultRequestMs = 300_000;
const defaultHeader = 'MS-CorrelationId';

// One client for all transports of the process: it pools connections by TLS settings.
let sharedClient: HttpClient | undefined;

/**
 * The wire half of a transport, on Azure's pipeline: proxies, TLS, decompression and tracing are the library's; its
 * retries and redirects are off, since it cannot know what is safe to repeat, or where a token may go.
 */
export function createExchange(options: TransportOptions): Exchange {
  const header = options.clientRequestHeader ?? defaultHeader;
  const timeoutMs = options.timeouts?.requestMs ?? defaultRequestMs;
  const pipeline = createPipeline(options, header);
  sharedClient ??= createDefaultHttpClient();
  const client = sharedClient;

  return async (outgoing) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    const abortSignal = outgoing.signal === undefined ? timeout : AbortSignal.any([timeout, outgoing.signal]);
    const request = createPipelineRequest({
      url: outgoing.url,
      method: outgoing.method,
      headers: createHttpHeaders({
        ...bodyHeaders(outgoing),
        ...outgoing.headers,
        Authorization: `Bearer ${outgoing.token}`,
      }),
      abortSignal,
      allowInsecureConnection: isLoopback(outgoing.url),
      ...(outgoing.body === undefined ? {} : { body: outgoing.body }),
    });
    const facts: RequestFacts = {
      operation: outgoing.operation,
      method: outgoing.method,
      correlationId: request.requestId,
    };
    try {
      return { response: await pipeline.sendRequest(client, request), sentId: request.requestId };
    } catch (error) {
      throw explain(error, facts, { timeout, timeoutMs, caller: outgoing.signal });
    }
  };
}

function createPipeline(options: TransportOptions, header: string): Pipeline {
  return createPipelineFromOptions({
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    telemetryOptions: { clientRequestIdHeaderName: header },
    ...(options.tls === undefined ? {} : { tlsOptions: { ca: [options.tls.ca].flat() } }),
    ...(options.userAgent === undefined ? {} : { userAgentOptions: { userAgentPrefix: options.userAgent } }),
  });
}

/**
 * A POST without a body says so in `Content-Length: 0` (else 411), and names JSON all the same: another content type
 * is refused, and a missing one is guessed by some stacks in between.
 */
function bodyHeaders(outgoing: Outgoing): Record<string, string> {
  if (outgoing.method === 'GET' || outgoing.method === 'HEAD') return { Accept: 'application/json' };
  const type = { Accept: 'application/json', 'Content-Type': 'application/json; charset=utf-8' };
  if (outgoing.body !== undefined) return { ...type, 'Content-Length': String(Buffer.byteLength(outgoing.body)) };
  return outgoing.method === 'DELETE' ? { Accept: 'application/json' } : { ...type, 'Content-Length': '0' };
}

interface Ends {
  readonly timeout: AbortSignal;
  readonly timeoutMs: number;
  readonly caller: AbortSignal | undefined;
}

function explain(error: unknown, facts: RequestFacts, ends: Ends): ApiError {
  if (ends.caller?.aborted === true) return new NoResponseError(facts, 'unknown', 'aborted');
  if (ends.timeout.aborted) return new TimeoutError(facts, ends.timeoutMs);
  const message = error instanceof Error ? error.message : '';
  const outcome = certainlyNotSent(codeOf(error), message) ? 'not-sent' : 'unknown';
  return new NoResponseError(facts, outcome, 'network', error);
}

/** Plain HTTP never leaves the machine: a token must not travel in the clear. */
function isLoopback(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}
