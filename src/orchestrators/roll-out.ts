import { activities, orchestrators } from '../contracts/activities';
import type { RollOutInput, RollOutOutput, RollOutState, SubmissionCall } from '../contracts/activities';
import { now, runChild } from '../contracts/durable';
import type { Flow } from '../contracts/durable';
import { rolloutInstanceIdOf } from '../contracts/names';
import type { StoreRun } from './run';
import { act, checkpoint } from './run';
import { Stopped, stopFailed } from './stopped';

/**
 * Takes the rollout of what was published through its stages, in a child of its own. The product is given free first: the
 * next release settles stages that still run by its own policy, and this one ends with them.
 */
export function* rollOut(run: StoreRun, submission: SubmissionCall): Flow<void> {
  if (run.plan.rollout === undefined || run.plan.until !== 'published') return;
  run.rollsOut = true;
  run.step = 'rollout';
  yield* checkpoint(run, [{ type: 'step-started', step: 'rollout' }], { rollout: { open: true } });
  yield* act(run, activities.releaseClaim, run.fence);
  const input: RollOutInput = { call: submission, plan: run.plan, seq: run.seq, state: atFirst(run) };
  const instance = rolloutInstanceIdOf(run.fence.releaseId, run.fence.run);
  const rolled = yield* runChild(run.ctx, orchestrators.rollOut, input, instance);
  if (!rolled.ok) stopFailed(rolled.failure);
  run.seq = rolled.value.seq;
  obey(run, rolled.value);
}

/** Partner Center is looked at first: whether the percentage that was published was taken. */
function atFirst({ ctx }: StoreRun): RollOutState {
  return {
    percentage: 0,
    held: false,
    dueAt: null,
    leftMs: null,
    status: '',
    lookAt: now(ctx).getTime(),
    failures: 0,
    asked: null,
    taken: [],
    done: [],
    shown: '',
    isWaiting: false,
    news: [],
  };
}

function obey(run: StoreRun, rolled: RollOutOutput): void {
  switch (rolled.end) {
    case 'over':
      run.rollsOut = rolled.running;
      return;
    case 'failed':
      run.rollsOut = rolled.running;
      return stopFailed(rolled.failure);
    case 'fenced':
      throw new Stopped({ kind: 'fenced' });
    case 'halted':
    case 'canceled': {
      const { end, by, reason } = rolled;
      const code = end === 'halted' ? 'rollout-halted' : 'requested';
      throw new Stopped({ kind: 'canceled', cancellation: { code, by, reason } });
    }
  }
}
