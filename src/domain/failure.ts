import type { FailureCode } from './failure-catalogue';
import type { Fault } from './release';

/**
 * An expected failure of one activity, as data: no exception class survives the durable boundary.
 * It is small (below 16 KB) and free of secrets.
 */
export interface Failure {
  readonly code: FailureCode;
  /** What happened, for people. */
  readonly message: string;
  /** Whether the same call may succeed later without anybody doing anything. */
  readonly retryable: boolean;
  /** Not before this many milliseconds. */
  readonly retryAfterMs?: number;
  /** The remote side may have applied the change although no answer said so: look before anything is sent again. */
  readonly unclear?: boolean;
  /** Names request slots that were reserved for the next attempt of the same activity. */
  readonly ticket?: string;
  /** Partner Center's id of the exchange. */
  readonly correlationId?: string;
  readonly errors?: readonly Fault[];
}

/** What an activity returns. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failed(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}
