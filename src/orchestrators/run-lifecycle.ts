import { activities } from '../contracts/activities';
import type { PublishInput } from '../contracts/activities';
import { call, newGuid, now, waitFor } from '../contracts/durable';
import type { Context, Flow } from '../contracts/durable';
import { bellName } from '../contracts/names';
import { describeFailure } from '../domain/describe-failure';
import type { FailureCode } from '../domain/failure-catalogue';
import type { CancellationView, Left } from '../domain/release';
import type { ReleaseEvent } from '../domain/release-event';
import { nextAttempt, patient } from '../domain/retry-policy';
import { productOf } from '../domain/store/product';
import { isDraftAgain } from '../domain/store/submission-status';
import { act, checkpoint } from './run';
import type { Run } from './run';
import { Stopped } from './stopped';
import type { Ending } from './stopped';

/**
 * Makes this instance the one that runs the release; `undefined` when another one does, or the release has ended:
 * then nothing may be touched.
 */
export function* begin(ctx: Context, { releaseId, run }: PublishInput): Flow<Run | undefined> {
  const fence = { releaseId, run, token: newGuid(ctx) };
  const first = now(ctx).getTime();
  for (let failures = 1; ;) {
    const begun = yield* call(ctx, activities.beginRun, fence);
    if (begun.ok) {
      if (!begun.value.mine) return undefined;
      const { plan, left: leftBefore } = begun.value;
      const product = productOf(plan.target);
      const remote = product === null ? null : { ...fence, account: plan.account, product };
      const fresh = { call: remote, seq: 0, step: null, bell: null, submission: null, ending: false };
      return { ctx, plan, fence, leftBefore, ...fresh };
    }
    const wait = nextAttempt(patient, begun.failure, failures++, now(ctx).getTime() - first);
    // The record cannot be read for a day: the sweep reports the run, once it can be.
    if (wait === undefined) return undefined;
    yield* waitFor(ctx, `${bellName(run, 0)}:begin-${failures}`, new Date(now(ctx).getTime() + wait));
  }
}

/** Runs the steps and writes how they ended: undoes what a cancel undoes, frees the product, ends the record. */
export function* end(run: Run, steps: Flow<void>): Flow<void> {
  const ending = yield* endingOf(steps);
  if (ending?.kind === 'fenced') return;
  run.ending = true;
  yield* endingOf(close(run, ending));
}

/** How a run ends that is not fenced off; `undefined` is success. */
type Closing = Exclude<Ending, { readonly kind: 'fenced' }> | undefined;

function* close(run: Run, ending: Closing): Flow<void> {
  const last = yield* lastEvent(run, ending);
  // A claim that cannot be freed now is an orphan that the sweep finds: it must not hide how the run ended.
  yield* unlessFenced(act(run, activities.releaseClaim, run.fence));
  yield* checkpoint(run, [last]);
}

/** Runs a flow whose failure does not matter; a fence does. */
function* unlessFenced<T>(flow: Flow<T>): Flow<T | undefined> {
  try {
    return yield* flow;
  } catch (error) {
    if (error instanceof Stopped && error.ending.kind !== 'fenced') return undefined;
    throw error;
  }
}

/** Runs steps to their end, early or not; the only place that catches an early one. */
function* endingOf(steps: Flow<unknown>): Flow<Ending | undefined> {
  try {
    yield* steps;
    return undefined;
  } catch (error) {
    if (error instanceof Stopped) return error.ending;
    throw error;
  }
}

function* lastEvent(run: Run, ending: Closing): Flow<ReleaseEvent> {
  switch (ending?.kind) {
    case 'canceled':
      return { type: 'canceled', cancellation: ending.cancellation, left: yield* withdraw(run, ending.cancellation) };
    case 'failed':
      return {
        type: 'failed',
        failure: describeFailure(ending.failure, run.step),
        left: leftBy(run, ending.failure.code),
      };
    default:
      // Where there was nothing to do, the draft of an earlier run is still there.
      if (run.rollsOut === true) return { type: 'succeeded', left: ['rollout'] };
      return { type: 'succeeded', left: run.submission === null ? run.leftBefore : [] };
  }
}

/** Takes back what the run made, as long as the API can; what it cannot take back is left. */
function* withdraw(run: Run, { code }: CancellationView): Flow<readonly Left[]> {
  if (code === 'canceled-in-portal' || code === 'rollout-halted') return [];
  if (run.rollsOut === true) return ['rollout'];
  if (run.submission?.committed === true) return ['publication'];
  if (run.call === null) return leftBy(run);
  const withdrawn = yield* unlessFenced(act(run, activities.withdrawStoreSubmission, run.call));
  return withdrawn?.left ?? leftBy(run);
}

/** A failed run keeps its draft, so that a retry can go on with it. */
function leftBy({ submission, leftBefore, rollsOut }: Run, code?: FailureCode): readonly Left[] {
  if (rollsOut !== undefined) return rollsOut ? ['rollout'] : [];
  if (code === 'submission-lost') return [];
  if (submission === null) return leftBefore;
  return [submission.committed && !(code !== undefined && isDraftAgain(code)) ? 'publication' : 'draft'];
}
