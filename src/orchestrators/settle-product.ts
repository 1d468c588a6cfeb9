import { activities } from '../contracts/activities';
import type { ProductLook, RemoteCall, SubmissionCall } from '../contracts/activities';
import { now } from '../contracts/durable';
import type { Flow } from '../contracts/durable';
import type { Failure } from '../domain/failure';
import { judgePending } from '../domain/store/pending-verdict';
import { act, checkpoint, pause } from './run';
import type { StoreRun } from './run';
import { askForRollout, missedPauseMs } from './change-rollout';
import { refuseUnfit, stopFailed } from './stopped';
import { waitForPublication } from './wait-for-publication';

/** The product once nothing stands in the way. */
export type SettledProduct =
  | { readonly kind: 'nothing-to-do' }
  /** An earlier run of this release committed its submission. */
  | { readonly kind: 'committed'; readonly submission: SubmissionCall }
  | OpenProduct;

/** Free for a submission, or for going on with one that is there. */
export interface OpenProduct {
  readonly kind: 'open';
  readonly adopt: string | null;
  readonly hasFiles: boolean;
}

/**
 * Looks at the product until it is free for a submission: judges what the release asks against what is there, clears
 * our own leftovers, settles foreign work and a running rollout by the release's policies, and waits for a publication
 * that is under way.
 */
export function* settleProduct(run: StoreRun, product: RemoteCall): Flow<SettledProduct> {
  const since = now(run.ctx);
  for (let clears = 0, waits = 0; ;) {
    const look = yield* act(run, activities.lookAtStoreProduct, product);
    const done = yield* doneBefore(run, product, look);
    if (done !== undefined) return done;
    if (look.pending === null) {
      if (!look.rolloutRunning) return { kind: 'open', adopt: null, hasFiles: look.hasFiles };
      yield* settleRunning(run, look, { since, times: waits++ });
      continue;
    }

    const verdict = judgePending(look.pending, run.plan.onForeignDraft);
    const { submissionId } = look.pending;
    switch (verdict.kind) {
      case 'use':
        return { kind: 'open', adopt: submissionId, hasFiles: look.hasFiles };
      case 'watch':
        return committed(run, product, submissionId);
      case 'clear':
        if (++clears > mostClears) stopFailed(uncleared(submissionId));
        yield* act(run, activities.clearStoreSubmission, { ...product, submissionId });
        yield* checkpoint(run, [{ type: 'leftover-cleared', submissionId, why: verdict.why }]);
        break;
      case 'wait':
        if (run.plan.onBusy === 'refuse') stopFailed(busy(submissionId));
        yield* waitForPublication(run, since, waits++ === 0);
        break;
      case 'stop':
        stopFailed(verdict.failure);
    }
  }
}

/** What needs no submission any more; ends the run where none may be made. */
function* doneBefore(run: StoreRun, product: RemoteCall, look: ProductLook): Flow<SettledProduct | undefined> {
  if (look.committed !== null) return committed(run, product, look.committed);
  if (look.pending === null) run.leftBefore = [];
  refuseUnfit(look.faults);
  refuseBlocked(look);
  return look.nothingToDo ? yield* tellLive(run, look) : undefined;
}

function committed(run: StoreRun, product: RemoteCall, submissionId: string): SettledProduct {
  run.submission = { id: submissionId, committed: true };
  return { kind: 'committed', submission: { ...product, submissionId } };
}

function refuseBlocked({ blocker }: ProductLook): void {
  if (blocker !== null) stopFailed({ code: blocker, message: blockers[blocker], retryable: false });
}

interface Waiting {
  readonly since: Date;
  /** How often it was waited for already. */
  readonly times: number;
}

/** The Store takes no new submission while the rollout of the live one runs. */
function* settleRunning(run: StoreRun, { publishedId }: ProductLook, waiting: Waiting): Flow<void> {
  const policy = run.plan.onRunningRollout;
  switch (policy) {
    case 'refuse': {
      const message = 'The Store takes no new submission while the rollout of the live one runs.';
      return stopFailed({ code: 'rollout-running', message, retryable: true });
    }
    case 'wait':
      return yield* waitForPublication(run, waiting.since, waiting.times === 0);
    case 'finalize':
    case 'halt':
      // The product may show it as running for a while after it was settled.
      if (waiting.times > mostClears) stopFailed(unsettled(policy));
      if (waiting.times > 0) yield* pause(run, missedPauseMs, []);
      yield* askForRollout(run, publishedId, { kind: policy });
      return;
  }
}

function unsettled(policy: string): Failure {
  const message = `The rollout is to end by "${policy}", and the product still shows it as running.`;
  return { code: 'rollout-running', message, retryable: true };
}

const blockers: Record<NonNullable<ProductLook['blocker']>, string> = {
  'price-hidden':
    'The API shows the price of this published app as "Base": sending that back could reset the real one.',
  'halted-packages':
    'The rollout of the live submission was halted, and this release would ship its packages to everyone.',
};

function* tellLive(run: StoreRun, { remote }: ProductLook): Flow<SettledProduct> {
  if (remote !== null) yield* checkpoint(run, [{ type: 'remote-seen', remote, polls: 0 }]);
  return { kind: 'nothing-to-do' };
}

/** Others may make one submission after the other, or a deletion may not show: neither is fought for long. */
const mostClears = 5;

function uncleared(submissionId: string): Failure {
  const message = `The pending submission ${submissionId} is in the way, although ${mostClears} were deleted.`;
  return { code: 'partner-center-unavailable', message, retryable: true };
}

function busy(submissionId: string): Failure {
  return { code: 'product-busy', message: `The submission ${submissionId} is being published.`, retryable: true };
}
