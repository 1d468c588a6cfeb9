import type { PipelineResponse } from '@azure/core-rest-pipeline';
import type { z } from 'zod';
import { readBody, readErrorBody } from './body';
import { ApiError, HttpStatusError, MalformedResponseError, NoResponseError, type RequestFacts } from './errors';
import { createExchange, type Exchange } from './exchange';
import { redact } from './redact';
import { parseRetryAfter, retryDelay, throttledMs } from './retry';
import { realTiming, type Timing } from './timing';
import type { Answer, Request, Transport, TransportOptions } from './transport';
import { belowBase, resolveUrl } from './url';

type AnyRequest = Request<z.ZodType>;

const defaultCorrelationHeaders = ['MS-CorrelationId', 'X-Correlation-ID', 'x-ms-correlation-id'];

/** One answer, whatever its status, with what its headers say. */
interface Received {
  readonly response: PipelineResponse;
  readonly facts: RequestFacts & { readonly correlationId: string };
  readonly retryAfterMs: number | undefined;
}

/** Makes the transport for one service, one identity and one tenant's budget. See `Transport` and `TransportOptions`. */
export function createTransport(options: TransportOptions): Transport {
  const sender = new Sender(options, createExchange(options));
  return { send: (request) => sender.send(request) };
}

class Sender {
  private readonly timing: Timing;

  constructor(
    private readonly options: TransportOptions,
    private readonly exchange: Exchange,
  ) {
    this.timing = options.timing ?? realTiming;
  }

  async send<S extends z.ZodType>(request: Request<S>): Promise<Answer<z.output<S>>> {
    const url = resolveUrl(this.options.baseUrl, request);
    let unclear: ApiError | undefined;
    for (let retries = 0; ; retries += 1) {
      try {
        return parse(await this.sendAuthorised(request, url), request, this.options);
      } catch (error) {
        if (!(error instanceof ApiError)) throw unclear ?? error;
        if (error.outcome === 'unknown' || error.outcome === 'applied') unclear ??= error;
        const wait = retryDelay(error, { repeatable: request.repeatable, retries }, this.timing);
        if (wait === undefined || !(await this.pause(wait, request, retries))) throw judge(error, unclear);
      }
    }
  }

  /** A 401 means that nothing was applied: one replay with a new token, whatever the method; a second one is final. */
  private async sendAuthorised(request: AnyRequest, url: string): Promise<Received> {
    const token = await this.token(request);
    const received = await this.sendOnce(request, url, token);
    if (received.response.status !== 401) return this.accept(received);
    this.log('warning', 'token was refused', request, { correlationId: received.facts.correlationId });
    this.options.credential.dropToken?.(token);
    return this.accept(await this.sendOnce(request, url, await this.token(request)));
  }

  private async token(request: AnyRequest): Promise<string> {
    const abort = request.signal === undefined ? {} : { abortSignal: request.signal };
    const token = await this.options.credential.getToken(this.options.scope, abort);
    if (token === null)
      throw new NoResponseError(request, 'not-sent', 'network', new Error('The credential gave no token'));
    return token.token;
  }

  private async sendOnce(request: AnyRequest, url: string, token: string): Promise<Received> {
    await this.takeSlot(request);
    const began = this.timing.monotonic();
    try {
      const { response, sentId } = await this.exchange({
        operation: request.operation,
        method: request.method,
        url,
        body: request.body === undefined ? undefined : (this.options.json ?? JSON).stringify(request.body),
        headers: request.headers ?? {},
        token,
        signal: request.signal,
      });
      const received = this.receive(request, response, sentId);
      this.log('debug', 'request was answered', request, {
        status: response.status,
        ...this.since(began),
        correlationId: received.facts.correlationId,
      });
      return received;
    } catch (error) {
      this.log('warning', 'request got no answer', request, {
        error: error instanceof Error ? error.name : 'unknown',
        ...this.since(began),
      });
      throw error;
    }
  }

  private async takeSlot(request: AnyRequest): Promise<void> {
    try {
      await request.allowance.take(request.signal);
    } catch (error) {
      if (request.signal?.aborted === true) throw new NoResponseError(request, 'not-sent', 'aborted');
      throw error;
    }
  }

  private receive(request: AnyRequest, response: PipelineResponse, sentId: string): Received {
    const { headers } = response;
    const names = this.options.correlationHeaders ?? defaultCorrelationHeaders;
    const correlationId = names.map((name) => headers.get(name)).find((id) => id !== undefined) ?? sentId;
    const facts = { operation: request.operation, method: request.method, correlationId: redact(correlationId) };
    return {
      response,
      facts,
      retryAfterMs: parseRetryAfter(headers.get('Retry-After'), headers.get('Date'), this.timing.now()),
    };
  }

  /** Passes a 2xx on, throws for the rest, and tells the tenant's budget of a 429. */
  private async accept(received: Received): Promise<Received> {
    const { status, bodyAsText } = received.response;
    if (status >= 200 && status < 300) return received;
    const retryAfterMs = received.retryAfterMs ?? (status === 429 ? throttledMs : undefined);
    if (status === 429)
      await this.options.budget.block(new Date(this.timing.now().getTime() + (retryAfterMs ?? throttledMs)));
    const body = readBody(bodyAsText, this.options.json?.parse);
    throw new HttpStatusError(received.facts, {
      body: body.kind === 'json' ? body.value : undefined,
      ...(this.options.readError ?? readErrorBody)(body),
      status,
      retryAfterMs,
    });
  }

  /** Waits for the next try; false when the caller gave up meanwhile. */
  private async pause(ms: number, request: AnyRequest, retries: number): Promise<boolean> {
    this.log('warning', 'request is repeated', request, { waitMs: Math.round(ms), retries: retries + 1 });
    return this.timing.delay(ms, request.signal).then(
      () => true,
      () => false,
    );
  }

  private since(began: number): { durationMs: number } {
    return { durationMs: Math.round(this.timing.monotonic() - began) };
  }

  private log(
    level: 'debug' | 'warning',
    message: string,
    request: AnyRequest,
    facts: Record<string, string | number>,
  ): void {
    const path = redact(request.path.split('?', 1)[0] ?? '');
    this.options.log?.(level, message, { operation: request.operation, method: request.method, path, ...facts });
  }
}

/** An earlier try may have been applied: that the last one was refused, or not even sent, must not hide it. */
function judge(last: ApiError, unclear: ApiError | undefined): ApiError {
  if (last.outcome === 'not-sent') return unclear ?? last;
  if (last instanceof HttpStatusError && last !== unclear && unclear !== undefined) last.followsUnclear = true;
  return last;
}

/** Applies the schema at the edge: an answer that does not fit it never reaches a caller as if it did. */
function parse<S extends z.ZodType>(
  received: Received,
  request: Request<S>,
  options: TransportOptions,
): Answer<z.output<S>> {
  const { response, facts, retryAfterMs } = received;
  const body = readBody(response.bodyAsText, options.json?.parse);
  if (body.kind === 'text') throw new MalformedResponseError(facts, response.status);
  const parsed = request.schema.safeParse(body.kind === 'json' ? body.value : undefined);
  if (!parsed.success) {
    const issues = parsed.error.issues
      .slice(0, 5)
      .map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
    throw new MalformedResponseError(facts, response.status, issues);
  }
  return {
    value: parsed.data,
    status: response.status,
    correlationId: facts.correlationId,
    retryAfterMs,
    etag: response.headers.get('ETag'),
    location: belowBase(
      options.baseUrl,
      response.headers.get('Location') ?? response.headers.get('Operation-Location'),
    ),
  };
}
