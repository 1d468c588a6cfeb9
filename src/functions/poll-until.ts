import { setTimeout as delay } from 'node:timers/promises';

export interface Wait {
  /** How long at most. */
  readonly ms: number;
  readonly everyMs: number;
  /** Ends the wait early. */
  readonly signal: AbortSignal;
}

/** Reads again and again until `enough`, or the time is up, or the app stops; answers what was read last. */
export async function pollUntil<T>(
  first: T,
  read: () => Promise<T>,
  enough: (value: T) => boolean,
  wait: Wait,
): Promise<T> {
  const end = performance.now() + wait.ms;
  let value = first;
  while (!enough(value)) {
    const left = end - performance.now();
    if (left <= 0 || !(await paused(Math.min(wait.everyMs, left), wait.signal))) return value;
    value = await read();
  }
  return value;
}

/** `false` where the app stops. */
async function paused(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await delay(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
