import { activities } from '../contracts/activities';
import type { PublishInput } from '../contracts/activities';
import { call, newGuid, now, waitFor } from '../contracts/durable';
import type { Context, Flow } from '../contracts/durable';
import { bellName } from '../contracts/names';
import { describeFailure } from '../domain/describe-failure';
import type { Left } from '../domain/release';
import type { ReleaseEvent } from '../domain/release-event';
import { nextAttempt, patient } from '../domain/retry-policy';
import { failedStatuses } from '../domain/store-app/submission-status';
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
      const { plan } = begun.value;
      const remote = { ...fence, account: plan.account, applicationId: plan.applicationId };
      return { ctx, plan, call: remote, seq: 0, step: null, bell: bellName(run, 0), submission: null, ending: false };
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
  const last = yield* lastEvent(run, ending);
  yield* endingOf(act(run, activities.releaseClaim, run.call));
  yield* endingOf(checkpoint(run, [last]));
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

function* lastEvent(run: Run, ending: Ending | undefined): Flow<ReleaseEvent> {
  switch (ending?.kind) {
    case 'canceled': {
      const { cancellation, abandon } = ending;
      return { type: 'canceled', cancellation, left: abandon ? leftBy(run) : yield* withdraw(run) };
    }
    case 'failed':
      return {
        type: 'failed',
        failure: describeFailure(ending.failure, run.step),
        left: leftBy(run, ending.failure.code),
      };
    default:
      return { type: 'succeeded', left: [] };
  }
}

/** Takes back what the run made; what cannot be taken back is left. */
function* withdraw(run: Run): Flow<readonly Left[]> {
  try {
    return (yield* act(run, activities.withdrawStoreSubmission, run.call)).left;
  } catch (error) {
    if (error instanceof Stopped) return leftBy(run);
    throw error;
  }
}

/** A failed run keeps its draft, so that a retry can go on with it. */
function leftBy(run: Run, code?: string): Left[] {
  if (run.submission === null || code === 'submission-lost') return [];
  const over = code !== undefined && ended.includes(code);
  return [run.submission.committed && !over ? 'publication' : 'draft'];
}

const ended = [
  'age-rating-missing',
  'commit-reverted',
  ...failedStatuses.map((status) => status.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()),
];
