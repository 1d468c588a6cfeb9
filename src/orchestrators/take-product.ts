import { activities } from '../contracts/activities';
import type { RemoteCall } from '../contracts/activities';
import { now } from '../contracts/durable';
import type { Flow } from '../contracts/durable';
import { act, checkpoint, enter, waitForBell } from './run';
import type { Run } from './run';
import { stopFailed } from './stopped';

const hour = 60 * 60 * 1000;

/** Takes the product: one release works on it at a time, the others queue in the order they came. */
export function* takeProduct(run: Run): Flow<RemoteCall> {
  yield* enter(run, 'checkProduct');
  const remote =
    run.call ?? stopFailed({ code: 'run-ended-unexpectedly', message: 'The product is not known.', retryable: false });
  for (let ahead: string | null = null; ;) {
    // The bell is published before the place in the queue is asked for: whoever frees the product later finds it.
    yield* checkpoint(run, [], { bell: true });
    const claim = yield* act(run, activities.acquireClaim, remote);
    if (claim.granted) break;
    if (run.plan.onBusy === 'refuse') {
      stopFailed({ code: 'product-busy', message: `The release ${claim.ahead} has the product.`, retryable: true });
    }
    if (claim.ahead !== ahead) yield* tellQueued(run, (ahead = claim.ahead));
    yield* waitForBell(run, new Date(now(run.ctx).getTime() + hour));
  }
  yield* checkpoint(run, [{ type: 'resumed' }]);
  return remote;
}

function* tellQueued(run: Run, release: string): Flow<void> {
  const since = now(run.ctx).toISOString();
  yield* checkpoint(run, [{ type: 'waiting', waitingFor: { kind: 'release', release, since } }]);
}
