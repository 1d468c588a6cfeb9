import { setTimeout as sleep } from 'node:timers/promises';
import { AccountError } from './errors';

/** Time, as parameters: tests run on a time of their own. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms`. */
  delay(ms: number): Promise<void>;
}

export const realClock: Clock = { now: () => new Date(), delay: (ms) => sleep(ms) };

const tries = 3;
const baseMs = 500;
const longestMs = 10_000;

/**
 * Tries a read a few times while it fails for reasons that pass. The libraries' own repeats are off, since they would
 * obey a `Retry-After` of any length; a longer one is for the caller, with `retryAfterMs`.
 */
export async function patiently<T>(read: () => Promise<T>, clock: Clock): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await read();
    } catch (error) {
      const wait = waitAfter(error, tried);
      if (wait === undefined) throw error;
      await clock.delay(wait);
    }
  }
}

function waitAfter(error: unknown, tried: number): number | undefined {
  if (!(error instanceof AccountError) || !error.retryable || tried >= tries) return undefined;
  const wait = error.retryAfterMs ?? baseMs * 2 ** (tried - 1);
  return wait <= longestMs ? wait : undefined;
}
