import type { ClaimCall, ClaimOutput } from '../contracts/activities';
import { ok } from '../domain/failure';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { guarded } from './to-failure';

/**
 * Takes the product, or a place in its queue. Safe to repeat: the release has one place, and is granted what it has.
 * The claim is noted in the record first, so that a release that vanishes is found by it.
 */
export function createAcquireClaim(deps: ActivityDeps): Activity<ClaimCall, ClaimOutput> {
  return (call) =>
    guarded<ClaimOutput>(async () => {
      const mine = await recordOf(deps, call);
      if (!mine.ok) return mine;
      await deps.releases.setClaim(call, call.claim);
      const acquired = await deps.claims.acquire(call.claim, call.releaseId);
      if (acquired.granted) return ok({ granted: true });
      return ok({ granted: false, ahead: acquired.ahead, position: acquired.position });
    });
}
