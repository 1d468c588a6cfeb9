import type { ActivityRecord } from '../store/records';
import { type ActivityCompletion, runActivity } from './activity';
import type { EngineContext } from './context';
import { eventMessage } from './messages';
import type { ProbeDetail } from './options';
import { hasEnded } from './status';

/**
 * Runs a queued activity and records its completion in the transaction that takes it off the queue: it may run more
 * than once, and completes once.
 *
 * @returns the id of the instance that has something to do now, or undefined when nobody wants the completion any more.
 */
export async function runQueuedActivity(context: EngineContext, activity: ActivityRecord): Promise<string | undefined> {
  const detail: ProbeDetail = { instanceId: activity.instanceId, name: activity.name };
  await context.pass('activity-starting', detail);
  if (context.isDead()) return undefined;
  const completion = await runActivity(activity, context.functions);
  await context.pass('activity-returned', detail);
  if (context.isDead()) return undefined;
  const isWanted = await record(context, activity, completion);
  await context.pass('activity-completed', detail);
  return isWanted ? activity.instanceId : undefined;
}

function record(context: EngineContext, activity: ActivityRecord, completion: ActivityCompletion): Promise<boolean> {
  const { store, clock, batch } = context;
  return batch.commit(() => {
    if (!store.work.removeActivity(activity.id)) return false;
    const instance = store.instances.get(activity.instanceId);
    if (instance?.executionId !== activity.executionId || hasEnded(instance.status)) return false;
    store.work.addMessage(eventMessage(activity, completion.type, clock.now(), completion.detail));
    return true;
  });
}
