import { redact, redactJson, scrub } from './redact';

/**
 * What became of the change that a failed request asked for:
 * `not-sent`: certainly never left this machine; `refused`: answered, and certainly not applied;
 * `unknown`: may have been applied, look before anything is sent again; `applied`: answered 2xx, but unreadably.
 */
export type Outcome = 'not-sent' | 'refused' | 'unknown' | 'applied';

/** Facts that every error of a request carries. None of them is a secret. */
export interface RequestFacts {
  /** What was asked for, e.g. `createAppSubmission`. */
  readonly operation: string;
  readonly method: string;
  /** The service's id of the exchange, else the one that was sent with the request. */
  readonly correlationId?: string | undefined;
}

/**
 * Everything that the transport throws, by what happened. The hierarchy is closed: `HttpStatusError`,
 * `NoResponseError`, `TimeoutError`, `MalformedResponseError`, `BudgetDeferredError`. Messages, facts and causes are
 * redacted on construction. (What a credential throws is not wrapped: it passes through, and nothing was sent.)
 */
export abstract class ApiError extends Error {
  readonly operation: string;
  readonly method: string;
  readonly correlationId: string | undefined;
  abstract readonly outcome: Outcome;

  protected constructor(facts: RequestFacts, message: string, cause?: unknown) {
    super(redact(message), cause === undefined ? undefined : { cause: scrub(cause) });
    this.operation = facts.operation;
    this.method = facts.method;
    this.correlationId = redacted(facts.correlationId);
  }
}

/** What an answer with an error status said, read defensively from any of the usual shapes. */
export interface ErrorAnswer {
  readonly status: number;
  readonly code?: string | undefined;
  readonly target?: string | undefined;
  /** The service's own words. */
  readonly message?: string | undefined;
  /** Milliseconds, from `Retry-After` in either form. */
  readonly retryAfterMs?: number | undefined;
  /** The JSON body, if it was one. */
  readonly body?: unknown;
}

/** The service answered, with a status outside 2xx. */
export class HttpStatusError extends ApiError {
  override readonly name = 'HttpStatusError';
  readonly status: number;
  readonly code: string | undefined;
  readonly target: string | undefined;
  /** The service's own words, redacted; `message` says also what was asked. */
  readonly serviceMessage: string | undefined;
  /** Milliseconds; nothing is worth sending before. */
  readonly retryAfterMs: number | undefined;
  /** The JSON body of the answer, redacted; undefined when it was empty or not JSON. */
  readonly body: unknown;
  /** A 408 or 5xx may come from a gateway in front of a service that went on and applied the change. */
  readonly outcome: Outcome;
  /**
   * An earlier try of the same request got no clear answer: it may have been applied, and this answer be the echo of
   * that (a 412 to the second of two conditional PUTs). Set by the transport.
   */
  followsUnclear = false;

  constructor(facts: RequestFacts, answer: ErrorAnswer) {
    super(facts, describe(facts, answer));
    this.status = answer.status;
    this.code = redacted(answer.code);
    this.target = redacted(answer.target);
    this.serviceMessage = redacted(answer.message);
    this.retryAfterMs = answer.retryAfterMs;
    this.body = redactJson(answer.body);
    this.outcome = mayHaveBeenApplied(answer.status) ? 'unknown' : 'refused';
  }
}

function mayHaveBeenApplied(status: number): boolean {
  return status === 408 || (status >= 500 && status !== 501);
}

function redacted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : redact(text);
}

function describe(facts: RequestFacts, answer: ErrorAnswer): string {
  const code = answer.code === undefined ? '' : ` ${answer.code}`;
  const target = answer.target === undefined ? '' : ` (${answer.target})`;
  const words = answer.message === undefined ? '' : `: ${answer.message}`;
  return `${facts.operation} was answered ${answer.status}${code}${target}${words}`;
}

/** Why there was no answer: the network failed, or the caller gave up. */
export type NoResponseReason = 'network' | 'aborted';

/** The connection failed or the caller gave up before an answer was complete. */
export class NoResponseError extends ApiError {
  override readonly name = 'NoResponseError';
  readonly outcome: 'not-sent' | 'unknown';
  readonly reason: NoResponseReason;
  /** Node's code, e.g. `ECONNRESET`. */
  readonly code: string | undefined;

  constructor(facts: RequestFacts, outcome: 'not-sent' | 'unknown', reason: NoResponseReason, cause?: unknown) {
    super(facts, `${facts.operation} got no answer (${reason}, ${outcome})`, cause);
    this.outcome = outcome;
    this.reason = reason;
    this.code = scrub(cause)?.code;
  }
}

/** No complete answer within the time that was allowed. */
export class TimeoutError extends ApiError {
  override readonly name = 'TimeoutError';
  readonly outcome = 'unknown' as const;
  readonly timeoutMs: number;

  constructor(facts: RequestFacts, timeoutMs: number) {
    super(facts, `${facts.operation} got no answer within ${timeoutMs} ms`);
    this.timeoutMs = timeoutMs;
  }
}

/** A 2xx answer whose body is not what the schema says: what was asked for is done, but the answer cannot be read. */
export class MalformedResponseError extends ApiError {
  override readonly name = 'MalformedResponseError';
  readonly outcome = 'applied' as const;
  readonly status: number;
  /** Where and what, without values: `listings.en-us: expected object`. None when the body was not JSON at all. */
  readonly issues: readonly string[];
  /** `not-json`: a page of something in between, or half an answer; `shape`: not what the API is known to answer. */
  readonly reason: 'not-json' | 'shape';

  constructor(facts: RequestFacts, status: number, issues: readonly string[] = []) {
    super(
      facts,
      `${facts.operation} was answered ${status} with an unreadable body: ${issues.join('; ') || 'not JSON'}`,
    );
    this.status = status;
    this.issues = issues.map(redact);
    this.reason = issues.length === 0 ? 'not-json' : 'shape';
  }
}

/** The request budget has no slot in the near future: nothing was sent for this request. */
export class BudgetDeferredError extends ApiError {
  override readonly name = 'BudgetDeferredError';
  readonly outcome = 'not-sent' as const;
  /** Come back at this time… */
  readonly retryAt: Date;
  /** …with this ticket, which names the slots that are kept. */
  readonly ticket: string;
  /** How many requests of the same activity run went out before this one; normally none. */
  readonly sent: number;

  constructor(deferral: { readonly retryAt: Date; readonly ticket: string; readonly sent: number }) {
    super(
      { operation: 'reserve', method: 'none' },
      `The request budget is spent until ${deferral.retryAt.toISOString()}`,
    );
    this.retryAt = deferral.retryAt;
    this.ticket = deferral.ticket;
    this.sent = deferral.sent;
  }
}
