import { now } from '../contracts/durable';
import type { Flow } from '../contracts/durable';
import { checkpoint, pause } from './run';
import type { Run } from './run';

/** Begins nothing before the time that the document names. */
export function* waitForStart(run: Run): Flow<void> {
  const { startAt } = run.plan;
  const wait = startAt === null ? 0 : Date.parse(startAt) - now(run.ctx).getTime();
  if (startAt === null || !(wait > 0)) return;
  const since = now(run.ctx).toISOString();
  const until = new Date(startAt).toISOString();
  yield* pause(run, wait, [{ type: 'waiting', waitingFor: { kind: 'time', until, since } }]);
  yield* checkpoint(run, [{ type: 'resumed' }]);
}
