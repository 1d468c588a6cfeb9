import { activities } from '../contracts/activities';
import type { ChangeRolloutOutput } from '../contracts/activities';
import type { Flow } from '../contracts/durable';
import type { RolloutOrder } from '../domain/release-document';
import type { RolloutRequest } from '../domain/store/rollout';
import { isTaken, requestOf, rolloutView, standingOf } from '../domain/store/rollout';
import type { StoreRun } from './run';
import { act, checkpoint, enter, pause } from './run';
import { stopFailed } from './stopped';

/** How often a change that was answered and does not show is asked for. */
export const mostMisses = 3;
export const missedPauseMs = 30_000;

/** Changes a running rollout and does nothing else: takes no product, and waits behind nobody. */
export function* changeRollout(run: StoreRun, order: RolloutOrder): Flow<void> {
  const request = requestOf(order);
  if (request === null) stopFailed({ code: 'rollout-not-running', message: noStages, retryable: false });
  yield* enter(run, 'rollout');
  const { seen } = yield* askForRollout(run, order.submissionId ?? null, request);
  if (!isTaken(request, seen)) stopFailed(notRunning(seen.status));
  run.rollsOut = standingOf(seen) === 'running';
  const place = { percentage: seen.percentage, held: false, dueAt: null, leftMs: null };
  yield* checkpoint(run, [{ type: 'rollout-seen', rollout: rolloutView(place, seen.status) }]);
}

const noStages = 'Only stages can be held and resumed, and this release has none.';

/** Asks for a change until it was read back, or no rollout runs any more; ends the run where Partner Center takes none. */
export function* askForRollout(
  run: StoreRun,
  submissionId: string | null,
  request: RolloutRequest,
): Flow<ChangeRolloutOutput> {
  const call = run.call;
  if (call === null)
    stopFailed({ code: 'product-not-found', message: 'The release names no product.', retryable: false });
  for (let misses = 1; ; misses++) {
    const answer = yield* act(run, activities.changeRollout, { ...call, submissionId, request, from: null });
    const { seen } = answer;
    if (isTaken(request, seen) || standingOf(seen) !== 'running') return answer;
    if (misses === mostMisses) stopFailed(notTaken(request, seen));
    yield* pause(run, missedPauseMs, []);
  }
}

function notRunning(status: string) {
  const message = `No rollout runs that could be changed: it is ${status}.`;
  return { code: 'rollout-not-running', message, retryable: false } as const;
}

/** What was asked for again and again is not what was read back. */
export function notTaken(request: RolloutRequest, seen: { readonly percentage: number; readonly status: string }) {
  const asked = request.kind === 'percentage' ? `${request.percentage} %` : request.kind;
  const message = `Asked for ${asked}, Partner Center shows ${seen.percentage} % (${seen.status}).`;
  return { code: 'rollout-not-taken', message, retryable: true } as const;
}
