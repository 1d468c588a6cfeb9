import type { RunRef } from '../contracts/activities';
import { ok } from '../domain/failure';
import type { Activity, ActivityDeps, Invocation } from './deps';
import { recordOf } from './fence';
import { guarded } from './to-failure';

/**
 * Frees the product, or leaves its queue, and wakes the release whose turn it is; a bell that nobody hears is no error.
 * Safe to repeat: it wakes again, and whoever is woken only looks. A release that stopped in between finds its turn at
 * its next look.
 */
export function createReleaseClaim(deps: ActivityDeps, ring: Invocation['ring']): Activity<RunRef, object> {
  return (call) =>
    guarded<object>(async () => {
      const mine = await recordOf(deps, call);
      if (!mine.ok) return mine;
      const { claim } = mine.value;
      if (claim === null) return ok({});
      const next = await deps.claims.release(claim, call.releaseId);
      const bell = next === undefined ? undefined : (await deps.releases.read(next))?.record.bell;
      if (bell) await ring(bell);
      // Last: until then a repetition finds what it has to free, and wakes again.
      await deps.releases.setClaim(call, null);
      return ok({});
    });
}
