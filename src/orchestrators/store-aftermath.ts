import { activities } from '../contracts/activities';
import type { Flow } from '../contracts/durable';
import type { FailureCode } from '../domain/failure-catalogue';
import type { CancellationView, Left } from '../domain/release';
import { isDraftAgain } from '../domain/store/submission-status';
import { act } from './run';
import type { StoreRun } from './run';
import { unlessFenced } from './run-lifecycle';
import type { Aftermath } from './run-lifecycle';

/** What a run leaves in the Store. */
export function storeAftermath(run: StoreRun): Aftermath {
  return {
    *withdraw(cancellation) {
      return { left: yield* withdraw(run, cancellation) };
    },
    left: (code) => (code === undefined ? leftBySuccess(run) : leftByFailure(run, code)),
  };
}

/** Takes back what the run made, as long as the API can; what it cannot take back is left. */
function* withdraw(run: StoreRun, { code }: CancellationView): Flow<readonly Left[]> {
  if (code === 'canceled-in-portal' || code === 'rollout-halted') return [];
  if (run.rollsOut === true) return ['rollout'];
  if (run.submission?.committed === true) return ['publication'];
  if (run.call === null) return leftByFailure(run);
  const withdrawn = yield* unlessFenced(act(run, activities.withdrawStoreSubmission, run.call));
  return withdrawn?.left ?? leftByFailure(run);
}

function leftBySuccess(run: StoreRun): readonly Left[] {
  if (run.rollsOut === true) return ['rollout'];
  // Where there was nothing to do, the draft of an earlier run is still there.
  return run.submission === null ? run.leftBefore : [];
}

/** A failed run keeps its draft, so that a retry can go on with it. */
function leftByFailure({ submission, leftBefore, rollsOut }: StoreRun, code?: FailureCode): readonly Left[] {
  if (rollsOut !== undefined) return rollsOut ? ['rollout'] : [];
  if (code === 'submission-lost') return [];
  if (submission === null) return leftBefore;
  return [submission.committed && !(code !== undefined && isDraftAgain(code)) ? 'publication' : 'draft'];
}
