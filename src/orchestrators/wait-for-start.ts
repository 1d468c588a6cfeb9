import { now } from '../contracts/durable';
import type { Flow } from '../contracts/durable';
import { checkpoint, pause } from './run';
import type { Run } from './run';

/** Begins nothing before the time that the document names. */
export function* waitForStart(run: Run): Flow<void> {
  yield* waitUntil(run, run.plan.startAt);
}

/** Lets nothing go live before the time that the document names; what is approved stays so. */
export function* waitForGoLive(run: Run): Flow<void> {
  yield* waitUntil(run, run.plan.goLiveAt ?? null);
}

function* waitUntil(run: Run, time: string | null): Flow<void> {
  const wait = time === null ? 0 : Date.parse(time) - now(run.ctx).getTime();
  if (time === null || !(wait > 0)) return;
  const since = now(run.ctx).toISOString();
  const until = new Date(time).toISOString();
  yield* pause(run, wait, [{ type: 'waiting', waitingFor: { kind: 'time', until, since } }]);
  yield* checkpoint(run, [{ type: 'resumed' }]);
}
