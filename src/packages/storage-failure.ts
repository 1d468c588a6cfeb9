import { RestError } from '@azure/core-rest-pipeline';
import { parseRetryAfter } from './retry-after';

/** The harmless part of an error of `@azure/storage-blob`: its message and request hold addresses, so they stay behind. */
export interface StorageFailure {
  /** HTTP status; absent when there was no answer. */
  readonly status: number | undefined;
  /** The service's error code (`BlobNotFound`) or the system's (`ECONNREFUSED`). */
  readonly reason: string;
  readonly retryAfterMs: number | undefined;
  /** No answer, 408, 429 or 5xx. */
  readonly transient: boolean;
}

/** `undefined` for what is no failure of the storage: a bug or an abort, to be thrown on as it is. */
export function readStorageFailure(error: unknown): StorageFailure | undefined {
  if (error instanceof RestError) return ofAnswer(error);
  const reason = systemCode(error);
  // The stream of a download breaks with the system's own error.
  return reason === undefined ? undefined : { status: undefined, reason, retryAfterMs: undefined, transient: true };
}

function ofAnswer(error: RestError): StorageFailure {
  const status = error.statusCode;
  const code = error.code ?? error.response?.headers.get('x-ms-error-code') ?? '';
  return {
    status,
    reason: /^[\w-]{1,80}$/.test(code) ? code : `HTTP ${status ?? 'without an answer'}`,
    retryAfterMs: parseRetryAfter(error.response?.headers.get('retry-after')),
    transient: status === undefined || status === 408 || status === 429 || status >= 500,
  };
}

/** `ECONNRESET` and its kin; `undefined` for Node's own `ERR_…` and anything else. */
export function systemCode(error: unknown): string | undefined {
  const code = errorCode(error);
  return code !== undefined && /^E(?!RR_)[A-Z0-9_]{2,30}$/.test(code) ? code : undefined;
}

/** The `code` of an error, where it is a text. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** For the detail of a {@link PackageError}. */
export function failureDetail(failure: StorageFailure): Record<string, string | number> {
  return { reason: failure.reason, ...(failure.status === undefined ? {} : { status: failure.status }) };
}
