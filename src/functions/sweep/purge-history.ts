import type { OrchestrationRuntimeStatus } from 'durable-functions';
import type { DurableClient } from '../http-route';

const dayMs = 24 * 60 * 60 * 1000;
const sweepMs = 5 * 60 * 1000;
/** As many days back are looked at one by one; what is older at once. */
const days = 30;

/** Which instances, by the time of their making, are purged by one sweep. */
export interface PurgeWindow {
  readonly from: Date;
  readonly to: Date;
}

/**
 * The day before the retention, and one earlier day in turn, so that a few hours of sweeps go over all of them. One day
 * at a time, since the engine walks through everything that a window holds.
 */
export function windowsOf(now: Date, retentionMs: number): readonly PurgeWindow[] {
  const cutoff = now.getTime() - retentionMs;
  const turn = 1 + (Math.floor(now.getTime() / sweepMs) % days);
  const window = (index: number): PurgeWindow => ({
    from: new Date(index === days ? 0 : cutoff - (index + 1) * dayMs),
    to: new Date(cutoff - index * dayMs),
  });
  return [window(0), window(turn)];
}

/** Deletes the history of instances that have ended. By filter only: a single purge takes running ones too. */
export async function purgeHistory(durable: DurableClient, now: Date, retentionMs: number): Promise<number> {
  // The enum's own values; importing it would load the engine for four words.
  const ended = ['Completed', 'Failed', 'Terminated', 'Canceled'] as OrchestrationRuntimeStatus[];
  let purged = 0;
  for (const { from, to } of windowsOf(now, retentionMs)) {
    const filter = { createdTimeFrom: from, createdTimeTo: to, runtimeStatus: ended };
    purged += (await durable.purgeInstanceHistoryBy(filter)).instancesDeleted;
  }
  return purged;
}
