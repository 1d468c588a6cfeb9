import { now } from '../contracts/durable';
import type { Flow } from '../contracts/durable';
import { pause } from './run';
import type { Run } from './run';

/** Certification takes hours: a look every ten times the shortest poll is enough at first, and one an hour later. */
const publicationPolls = 10;
const longestPauseMs = 60 * 60 * 1000;

/** Waits for somebody's publication that holds the product. */
export function* waitForPublication(run: Run, since: Date, isFirst: boolean): Flow<void> {
  const waitedMs = now(run.ctx).getTime() - since.getTime();
  const wait = Math.max(publicationPolls * run.plan.pollFloorMs, Math.min(waitedMs / 6, longestPauseMs));
  const waitingFor = { kind: 'publication', since: since.toISOString() } as const;
  yield* pause(run, wait, isFirst ? [{ type: 'waiting', waitingFor }] : []);
}
