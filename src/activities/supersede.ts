import { ok } from '../domain/failure';
import type { ClaimCall } from '../contracts/activities';
import type { Activity, ActivityDeps, Invocation } from './deps';
import { recordOf } from './fence';
import { guarded } from './to-failure';

/**
 * Asks the releases that are ahead in the queue of the product to stop, the holder too; one that is committed goes on.
 * Safe to repeat: a wish that is there is not stored twice. Whoever waits is woken; each ends by itself.
 */
export function createSupersede(deps: ActivityDeps, ring: Invocation['ring']): Activity<ClaimCall, object> {
  return (call) =>
    guarded<object>(async () => {
      const mine = await recordOf(deps, call);
      if (!mine.ok) return mine;
      const { by, at } = { by: mine.value.view.requestedBy, at: deps.now().toISOString() };
      const reason = `Superseded by ${call.releaseId}.`;
      for (const ahead of await releasesAhead(deps, call)) {
        const wish = { at, by, reason, abandon: false, code: 'superseded' } as const;
        const { bell } = await deps.releases.requestCancel(ahead, wish);
        if (bell !== null) await ring(bell);
      }
      return ok({});
    });
}

async function releasesAhead(deps: ActivityDeps, { claim, releaseId }: ClaimCall): Promise<readonly string[]> {
  const found = await deps.claims.read(claim);
  const place = found?.queue.indexOf(releaseId) ?? -1;
  if (found === undefined || place < 0) return [];
  const ahead = found.queue.slice(0, place);
  return found.holder === null || found.holder === releaseId ? ahead : [found.holder, ...ahead];
}
