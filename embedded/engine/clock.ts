/**
 * Where the runtime gets the time from and how it is woken. The engine never reads the system clock by itself, so that
 * a test drives days in milliseconds through the very same engine.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /**
   * Calls `wake` once when the clock reaches `at` (epoch milliseconds; at once, but never synchronously, for a time in
   * the past).
   *
   * @returns a function that cancels the call; harmless after it has happened.
   */
  schedule(at: number, wake: () => void): () => void;
}

/**
 * Longer waits are slept in parts. Node's timers do not see the time for which the machine slept, nor that its clock was
 * set: whoever waits for a time of day has to look at the clock now and then.
 */
const longestSleepMs = 30_000;

/** The machine's clock. Its waits keep the process alive: a runtime that waits for a timer has something to do. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(at, wake) {
    let timer: NodeJS.Timeout;
    const sleep = (): void => {
      const left = at - Date.now();
      timer = left > longestSleepMs ? setTimeout(sleep, longestSleepMs) : setTimeout(wakeIfDue, Math.max(0, left));
    };
    // A timer may fire a millisecond early: whoever is woken must find its time reached.
    const wakeIfDue = (): void => (Date.now() >= at ? wake() : sleep());
    sleep();
    return () => clearTimeout(timer);
  },
};
