import type { ClaimOutput, RemoteCall } from '../contracts/activities';
import { ok } from '../domain/failure';
import { productKey } from '../domain/store/product';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { guarded } from './to-failure';

/**
 * Takes the product, or a place in its queue. Safe to repeat: the release has one place, and is granted what it has.
 * The claim is noted in the record first, so that a release that vanishes is found by it.
 */
export function createAcquireClaim(deps: ActivityDeps): Activity<RemoteCall, ClaimOutput> {
  return (call) =>
    guarded<ClaimOutput>(async () => {
      const mine = await recordOf(deps, call);
      if (!mine.ok) return mine;
      const product = productKey(call.product);
      await deps.releases.setClaim(call, product);
      const acquired = await deps.claims.acquire(product, call.releaseId);
      if (acquired.granted) return ok({ granted: true });
      return ok({ granted: false, ahead: acquired.ahead, position: acquired.position });
    });
}
