import { setTimeout as sleep } from 'node:timers/promises';

/** Everything that has to do with time, as parameters: tests run on a time of their own. */
export interface Timing {
  /** Wall clock. */
  now(): Date;
  /** Milliseconds that only grow, for measuring. */
  monotonic(): number;
  /** Resolves after `ms`; rejects with the signal's reason. */
  delay(ms: number, signal?: AbortSignal): Promise<void>;
  /** In [0, 1), for jitter. */
  random(): number;
}

export const realTiming: Timing = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  delay: async (ms, signal) => {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  },
  random: () => Math.random(),
};
