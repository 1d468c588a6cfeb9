import type { Flow } from '../contracts/durable';
import type { Failure } from '../domain/failure';
import type { ReleaseEvent } from '../domain/release-event';
import { nextAttempt, patient } from '../domain/retry-policy';
import { attemptFailed, pause } from './run';
import type { Run } from './run';
import { stopFailed } from './stopped';

/**
 * A failed poll of a watch: an outage is outlived, and told once; only what waiting cannot mend ends the watch.
 *
 * @param failures how many there were in a row
 * @param nextCheck tells people when it is looked at again, for the milliseconds to wait
 */
export function* outlive(
  run: Run,
  failure: Failure,
  failures: number,
  nextCheck: (wait: number) => ReleaseEvent,
): Flow<void> {
  if (failure.ticket !== undefined) return yield* pause(run, failure.retryAfterMs ?? 0, []);
  if (!failure.retryable) stopFailed(failure);
  const wait = nextAttempt({ ...patient, giveUpAfterMs: Infinity }, failure, failures, 0) ?? patient.longestMs;
  const told = failures === 1 ? attemptFailed(run, failure, wait) : [];
  yield* pause(run, wait, [...told, nextCheck(wait)]);
}
