import type { ChangeRolloutCall, ChangeRolloutOutput } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import { isSamePercentage, isTaken, standingOf } from '../domain/store/rollout';
import type { RolloutRequest, SeenRollout } from '../domain/store/rollout';
import { storeFailure } from '../partner-center/store';
import type { ActivityDeps, Activity } from './deps';
import { recordOf } from './fence';
import { openRollout, seenOf } from './live-rollout';
import type { RolloutAccess } from './live-rollout';
import { openSession } from './store-call';
import type { StoreSession } from './store-call';
import { guarded, ofStore } from './to-failure';

/**
 * Changes the rollout of a published submission, and answers what was read back. Safe to repeat, killed anywhere or
 * running twice: it looks first, asks only where a rollout runs that is not as wanted, and looks again. After an
 * unclear answer the next attempt looks, and then decides.
 *
 * A halt does not look first: it stops harm, Partner Center refuses it where no rollout runs, and a second one changes
 * nothing. So its POST is the first request that is sent, out of the slots that the budget keeps for halts.
 */
export function createChangeRollout(deps: ActivityDeps): Activity<ChangeRolloutCall, ChangeRolloutOutput> {
  return (input) =>
    guarded<ChangeRolloutOutput>(async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const isHalt = input.request.kind === 'halt';
      const more = input.submissionId === null ? 1 : 0;
      // Together where that costs no time: a halt must not wait for slots that it may not need.
      const session = await openSession(deps, input, isHalt ? 1 : 3 + more, isHalt ? 'halt' : 'release');
      const open = await openRollout(session, input.submissionId);
      if (!open.ok) return open;
      return change(session, open.value, input);
    });
}

async function change(
  session: StoreSession,
  access: RolloutAccess,
  { request, from }: ChangeRolloutCall,
): Promise<Result<ChangeRolloutOutput>> {
  const { submissionId } = access;
  if (request.kind !== 'halt') {
    const seen = await read(session, access);
    if (!isToBeSent(request, from, seen)) return ok({ submissionId, seen, sent: false });
  }
  const refusal = await post(session, access, request);
  if (refusal !== undefined) return refusal;
  return ok({ submissionId, seen: await read(session, access), sent: true });
}

function isToBeSent(request: RolloutRequest, from: number | null, seen: SeenRollout): boolean {
  if (standingOf(seen) !== 'running' || isTaken(request, seen)) return false;
  return from === null || isSamePercentage(from, seen.percentage);
}

async function read({ call }: StoreSession, { submissionId, rollout }: RolloutAccess): Promise<SeenRollout> {
  return seenOf((await rollout.getPackageRollout(submissionId, call)).value);
}

/** @returns a failure; `undefined` where what is read next tells more than the answer did */
async function post(
  { call }: StoreSession,
  { submissionId, rollout }: RolloutAccess,
  request: RolloutRequest,
): Promise<Result<never> | undefined> {
  try {
    switch (request.kind) {
      case 'percentage':
        await rollout.updatePackageRolloutPercentage(submissionId, request.percentage, call);
        return undefined;
      case 'halt':
        await rollout.haltPackageRollout(submissionId, call);
        return undefined;
      case 'finalize':
        await rollout.finalizePackageRollout(submissionId, call);
        return undefined;
    }
  } catch (error) {
    const remote = storeFailure(error);
    if (remote === undefined) throw error;
    // Somebody was first, or an earlier POST of ours was.
    if (remote.meaning === 'rollout-not-running' || remote.meaning === 'wrong-state') return undefined;
    const isRefused = remote.meaning === 'invalid-document' || remote.meaning === 'refused';
    return failed(isRefused ? { ...ofStore(remote), code: 'rollout-not-taken' } : ofStore(remote));
  }
}
