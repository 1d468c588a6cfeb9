import {
  ApiError,
  BudgetDeferredError,
  HttpStatusError,
  MalformedResponseError,
  NoResponseError,
  TimeoutError,
} from '../http';
import { meaningOfStatus } from './literals';
import type { StoreMeaning } from './meaning';

/** A failed call as data, free of secrets. */
export interface StoreFailure {
  readonly meaning: StoreMeaning;
  /** The change that was asked for may have been applied: look before anything is sent again. Never true for a read. */
  readonly unclear: boolean;
  /** Whether the same call may succeed later without anybody mending anything. */
  readonly retryable: boolean;
  /** Milliseconds; not before. */
  readonly retryAfterMs?: number;
  /** One sentence, with the service's words in it. */
  readonly message: string;
  /** What the service found wrong, sentence by sentence; for `invalid-document` what to show to people. */
  readonly messages: readonly string[];
  readonly status?: number;
  readonly code?: string;
  readonly target?: string;
  readonly correlationId?: string;
  /** For `deferred`: what to come back with. */
  readonly ticket?: string;
}

const passing: ReadonlySet<StoreMeaning> = new Set<StoreMeaning>([
  'server',
  'no-response',
  'timeout',
  'throttled',
  'deferred',
  'aborted',
]);

/** What the error means; undefined when it did not come from the transport (an account error, a bug). */
export function storeFailure(error: unknown, now: () => Date = () => new Date()): StoreFailure | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const meaning = meaningOf(error);
  return {
    meaning,
    unclear: error.method !== 'GET' && (error.outcome === 'unknown' || error.outcome === 'applied'),
    retryable: passing.has(meaning) || (error instanceof MalformedResponseError && error.reason === 'not-json'),
    message: error.message,
    messages: error instanceof HttpStatusError ? messagesOf(error) : [],
    ...optional({ correlationId: error.correlationId }),
    ...(error instanceof HttpStatusError ? answered(error) : {}),
    ...(error instanceof BudgetDeferredError ? deferred(error, now()) : {}),
  };
}

function meaningOf(error: ApiError): StoreMeaning {
  if (error instanceof HttpStatusError) return meaningOfStatus(error);
  if (error instanceof NoResponseError) return error.reason === 'aborted' ? 'aborted' : 'no-response';
  if (error instanceof TimeoutError) return 'timeout';
  if (error instanceof BudgetDeferredError) return 'deferred';
  if (error instanceof MalformedResponseError) return 'malformed-answer';
  throw new Error(`No meaning for ${error.name}`);
}

function answered(error: HttpStatusError): Partial<StoreFailure> {
  const { status, code, target, retryAfterMs } = error;
  return { status, ...optional({ code, target, retryAfterMs }) };
}

function deferred(error: BudgetDeferredError, now: Date): Partial<StoreFailure> {
  return { retryAfterMs: Math.max(0, error.retryAt.getTime() - now.getTime()), ticket: error.ticket };
}

/** The message and whatever `details` and `data` add; both normally empty lists, of strings or of error objects. */
function messagesOf(error: HttpStatusError): string[] {
  const more =
    typeof error.body === 'object' && error.body !== null
      ? [member(error.body, 'details'), member(error.body, 'data')]
      : [];
  const texts = more.flat().map(textOf);
  return [...new Set([error.serviceMessage, ...texts].filter((text) => text !== undefined && text !== ''))] as string[]; // the filter leaves no undefined
}

function member(body: object, name: string): unknown[] {
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1];
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || !('message' in value)) return undefined;
  return typeof value.message === 'string' ? value.message : undefined;
}

/** Leaves out what is undefined: absent members, not undefined ones. */
function optional<T extends Record<string, string | number | undefined>>(
  facts: T,
): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  }; // Object.fromEntries forgets the keys
}
