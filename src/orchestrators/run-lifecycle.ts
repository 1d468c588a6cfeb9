import { activities } from '../contracts/activities';
import type { PublishInput } from '../contracts/activities';
import { call, newGuid, now, waitFor } from '../contracts/durable';
import type { Context, Flow } from '../contracts/durable';
import { bellName } from '../contracts/names';
import type { Withdrawn } from '../contracts/offer-activities';
import { describeFailure } from '../domain/describe-failure';
import type { FailureCode } from '../domain/failure-catalogue';
import type { CancellationView, Left } from '../domain/release';
import type { ReleaseEvent } from '../domain/release-event';
import { nextAttempt, patient } from '../domain/retry-policy';
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
      return { ctx, plan, fence, leftBefore, seq: 0, step: null, bell: null, ending: false };
    }
    const wait = nextAttempt(patient, begun.failure, failures++, now(ctx).getTime() - first);
    // The record cannot be read for a day: the sweep reports the run, once it can be.
    if (wait === undefined) return undefined;
    yield* waitFor(ctx, `${bellName(run, 0)}:begin-${failures}`, new Date(now(ctx).getTime() + wait));
  }
}

/** What is in Partner Center after a run that ended, which targets have in ways of their own. */
export interface Aftermath {
  /** Takes back what a canceled run made, as far as the API can; what it cannot take back is left. */
  withdraw(cancellation: CancellationView): Flow<Withdrawn>;
  /** What a run leaves that has failed; one that has succeeded has no `code`. */
  left(code?: FailureCode): readonly Left[];
}

/** Runs the steps and writes how they ended: undoes what a cancel undoes, frees the product, ends the record. */
export function* end(run: Run, steps: Flow<void>, aftermath: Aftermath): Flow<void> {
  const ending = yield* endingOf(steps);
  if (ending?.kind === 'fenced') return;
  run.ending = true;
  yield* endingOf(close(run, ending, aftermath));
}

/** How a run ends that is not fenced off; `undefined` is success. */
type Closing = Exclude<Ending, { readonly kind: 'fenced' }> | undefined;

function* close(run: Run, ending: Closing, aftermath: Aftermath): Flow<void> {
  const last = yield* lastEvent(run, ending, aftermath);
  // A claim that cannot be freed now is an orphan that the sweep finds: it must not hide how the run ended.
  yield* unlessFenced(act(run, activities.releaseClaim, run.fence));
  yield* checkpoint(run, [last]);
}

/** Runs a flow whose failure does not matter; a fence does. */
export function* unlessFenced<T>(flow: Flow<T>): Flow<T | undefined> {
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

function* lastEvent(run: Run, ending: Closing, aftermath: Aftermath): Flow<ReleaseEvent> {
  switch (ending?.kind) {
    case 'canceled': {
      const { cancellation } = ending;
      return { type: 'canceled', cancellation, ...(yield* aftermath.withdraw(cancellation)) };
    }
    case 'failed': {
      const left = aftermath.left(ending.failure.code);
      return { type: 'failed', failure: describeFailure(ending.failure, run.step), left };
    }
    default:
      return { type: 'succeeded', left: aftermath.left() };
  }
}
