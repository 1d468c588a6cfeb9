import type { Failure } from './failure';

/** How long one step is tried. */
export interface RetryPolicy {
  /** Milliseconds before the second attempt; doubles from there. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** Since the first attempt. */
  readonly giveUpAfterMs: number;
}

const minute = 60_000;

/** For everything that goes to Partner Center: an outage of hours is survived, since every attempt looks first. */
export const patient: RetryPolicy = { firstMs: 2_000, longestMs: 10 * minute, giveUpAfterMs: 24 * 60 * minute };

/** A throw is a bug or a platform that restarts: worth a few attempts, not a day. */
const mostInterruptions = 6;

/**
 * The wait before the next attempt in milliseconds, or `undefined` to give up.
 *
 * @param attempt how many attempts have failed, from 1
 */
export function nextAttempt(
  policy: RetryPolicy,
  failure: Failure,
  attempt: number,
  sinceFirstMs: number,
): number | undefined {
  if (!failure.retryable) return undefined;
  if (failure.code === 'activity-interrupted' && attempt >= mostInterruptions) return undefined;
  const doubled = Math.min(policy.firstMs * 2 ** Math.min(attempt - 1, 30), policy.longestMs);
  const wait = Math.max(doubled, failure.retryAfterMs ?? 0);
  return sinceFirstMs + wait > policy.giveUpAfterMs ? undefined : wait;
}
