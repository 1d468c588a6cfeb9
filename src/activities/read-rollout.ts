import type { RolloutCall, RolloutSeen } from '../contracts/activities';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { seenRollout } from './live-rollout';
import { openSession } from './store-call';
import { guarded } from './to-failure';

/** Reads the rollout of a published submission. A read; repeat at will. */
export function createReadRollout(deps: ActivityDeps): Activity<RolloutCall, RolloutSeen> {
  return (input) =>
    guarded<RolloutSeen>(async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const session = await openSession(deps, input, input.submissionId === null ? 2 : 1);
      return seenRollout(session, input.submissionId);
    });
}
