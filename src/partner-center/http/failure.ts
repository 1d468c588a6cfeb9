import {
  ApiError,
  BudgetDeferredError,
  HttpStatusError,
  MalformedResponseError,
  NoResponseError,
  TimeoutError,
} from './errors';

/**
 * What a failed call can mean whatever the API.
 * - `server`, `no-response`, `timeout`, `malformed-answer`: see `unclear` for whether the change may have happened
 * - `deferred`: the request budget is spent; nothing was sent
 * - `aborted`: the caller gave up
 */
export type CommonMeaning =
  'throttled' | 'server' | 'no-response' | 'timeout' | 'malformed-answer' | 'deferred' | 'aborted';

/** A failed call as data, free of secrets. */
export interface RemoteFailure<M extends string> {
  readonly meaning: M | CommonMeaning;
  /** The change that was asked for may have been applied: look before anything is sent again. Never true for a read. */
  readonly unclear: boolean;
  /** Whether the same call may succeed later without anybody mending anything. */
  readonly retryable: boolean;
  /** Milliseconds; not before. */
  readonly retryAfterMs?: number;
  /** One sentence, with the service's words in it. */
  readonly message: string;
  /** What the service found wrong, sentence by sentence: what to show to people when a document was refused. */
  readonly messages: readonly string[];
  readonly status?: number;
  readonly code?: string;
  readonly target?: string;
  readonly correlationId?: string;
  /** For `deferred`: what to come back with. */
  readonly ticket?: string;
}

/** How one API reads its answers with an error status. */
interface Reading<M extends string> {
  readonly meaningOfStatus: (error: HttpStatusError) => M | CommonMeaning;
  readonly messagesOf: (error: HttpStatusError) => readonly string[];
}

const passing: ReadonlySet<string> = new Set<CommonMeaning>([
  'server',
  'no-response',
  'timeout',
  'throttled',
  'deferred',
  'aborted',
]);

/** What the error means; undefined when it did not come from the transport (an account error, a bug). */
export function remoteFailure<M extends string>(
  error: unknown,
  reading: Reading<M>,
  now: () => Date,
): RemoteFailure<M> | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const meaning = meaningOf(error, reading);
  return {
    meaning,
    unclear: error.method !== 'GET' && mayHaveBeenApplied(error),
    retryable: passing.has(meaning) || (error instanceof MalformedResponseError && error.reason === 'not-json'),
    message: error.message,
    messages: error instanceof HttpStatusError ? reading.messagesOf(error) : [],
    ...optional({ correlationId: error.correlationId }),
    ...(error instanceof HttpStatusError ? answered(error) : {}),
    ...(error instanceof BudgetDeferredError ? deferred(error, now()) : {}),
  };
}

function meaningOf<M extends string>(error: ApiError, reading: Reading<M>): M | CommonMeaning {
  if (error instanceof HttpStatusError) return reading.meaningOfStatus(error);
  if (error instanceof NoResponseError) return error.reason === 'aborted' ? 'aborted' : 'no-response';
  if (error instanceof TimeoutError) return 'timeout';
  if (error instanceof BudgetDeferredError) return 'deferred';
  if (error instanceof MalformedResponseError) return 'malformed-answer';
  throw new Error(`No meaning for ${error.name}`);
}

/** By this try, or by an earlier one of the same request. */
function mayHaveBeenApplied(error: ApiError): boolean {
  if (error instanceof HttpStatusError && error.followsUnclear) return true;
  return error.outcome === 'unknown' || error.outcome === 'applied';
}

function answered({ status, code, target, retryAfterMs }: HttpStatusError) {
  return { status, ...optional({ code, target, retryAfterMs }) };
}

function deferred(error: BudgetDeferredError, now: Date) {
  return { retryAfterMs: Math.max(0, error.retryAt.getTime() - now.getTime()), ticket: error.ticket };
}

/** Leaves out what is undefined: absent members, not undefined ones. */
function optional<T extends Record<string, string | number | undefined>>(
  facts: T,
): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  }; // Object.fromEntries forgets the keys
}
