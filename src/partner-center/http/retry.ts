import { HttpStatusError, MalformedResponseError, NoResponseError, type ApiError } from './errors';
import type { Timing } from './timing';

/** A wait up to this long happens here; a longer one is the caller's, on a durable timer. Milliseconds. */
const longestWaitMs = 10_000;

/** What the service is taken to mean when it answers 429 and does not say until when: its minute is over by then. */
export const throttledMs = 60_000;

const maxRetries = 3;
const baseMs = 500;

/**
 * Milliseconds until the request may be sent again, or undefined when the error is final. A request that may change
 * something and is not repeatable goes out again only when it certainly was not applied: not sent, or refused with 429.
 */
export function retryDelay(
  error: ApiError,
  request: { readonly repeatable: boolean; readonly retries: number },
  timing: Pick<Timing, 'random'>,
): number | undefined {
  if (request.retries >= maxRetries || !mayRepeat(error, request.repeatable)) return undefined;
  const asked = error instanceof HttpStatusError ? error.retryAfterMs : undefined;
  const wait = asked ?? baseMs * 2 ** request.retries * (0.5 + timing.random());
  return wait <= longestWaitMs ? wait : undefined;
}

function mayRepeat(error: ApiError, repeatable: boolean): boolean {
  if (error instanceof HttpStatusError) {
    if (error.status === 429) return true;
    return repeatable && (error.status === 408 || error.status >= 500) && error.status !== 501;
  }
  if (error instanceof MalformedResponseError) return repeatable && error.reason === 'not-json';
  // A certificate that is not trusted will not be trusted a second later either; see `isTransient` for the codes.
  if (error instanceof NoResponseError) {
    return error.reason === 'network' && isTransient(error.code) && (repeatable || error.outcome === 'not-sent');
  }
  return false;
}

const lasting = /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH)/;

function isTransient(code: string | undefined): boolean {
  return code === undefined || !lasting.test(code);
}

const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
]);

/** Whether a network error proves that no byte of the request left: no name, no connection, or no TLS session. */
export function certainlyNotSent(code: string | undefined, message: string): boolean {
  if (code === undefined) return false;
  if (neverConnected.has(code) || lasting.test(code)) return true;
  if (message.includes('before secure TLS connection was established')) return true;
  return code === 'ETIMEDOUT' && (message === '' || message.startsWith('connect '));
}

/**
 * Milliseconds named by a `Retry-After` header, as seconds or as an HTTP date; undefined when it is neither.
 * A date is compared with the answer's own `Date`, if it has one, so that a wrong clock here does no harm.
 */
export function parseRetryAfter(
  value: string | undefined,
  answeredAt: string | undefined,
  now: Date,
): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Math.round(Number(value) * 1000);
  const until = Date.parse(value);
  if (Number.isNaN(until)) return undefined;
  const base = answeredAt === undefined ? Number.NaN : Date.parse(answeredAt);
  return Math.max(0, until - (Number.isNaN(base) ? now.getTime() : base));
}
