import { activities } from '../contracts/activities';
import { now } from '../contracts/durable';
import type { Flow } from '../contracts/durable';
import { act, checkpoint, waitForBell } from './run';
import type { Run } from './run';
import { stopFailed } from './stopped';

const hour = 60 * 60 * 1000;

/** Takes a claim, in the order of coming: one release holds it at a time, the others wait, refuse or supersede. */
export function* queueFor(run: Run, claim: string): Flow<void> {
  for (let ahead: string | null = null; ;) {
    // The bell is published before the place in the queue is asked for: whoever frees the product later finds it.
    yield* checkpoint(run, [], { bell: true });
    const place = yield* act(run, activities.acquireClaim, { ...run.fence, claim });
    if (place.granted) return;
    if (run.plan.onBusy === 'refuse') {
      stopFailed({ code: 'product-busy', message: `The release ${place.ahead} has the product.`, retryable: true });
    }
    if (run.plan.onBusy === 'supersede') yield* act(run, activities.supersede, { ...run.fence, claim });
    if (place.ahead !== ahead) yield* tellQueued(run, (ahead = place.ahead));
    yield* waitForBell(run, new Date(now(run.ctx).getTime() + hour));
  }
}

function* tellQueued(run: Run, release: string): Flow<void> {
  const since = now(run.ctx).toISOString();
  yield* checkpoint(run, [{ type: 'waiting', waitingFor: { kind: 'release', release, since } }]);
}
