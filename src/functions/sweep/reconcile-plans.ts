import { instanceStatus, startPlan } from '../durable-run';
import type { DurableClient, Log } from '../http-route';
import type { Documents, Plans } from '../services';

export interface PlanPorts {
  readonly plans: Pick<Plans, 'allRunning' | 'end' | 'sweep'>;
  readonly documents: Pick<Documents, 'deleteSealed'>;
  readonly durable: DurableClient;
  readonly now: () => Date;
  readonly log: Log;
}

/**
 * Starts plans whose request died before it did, ends those whose orchestration is over without an end, and deletes what
 * is not kept any more. Repeating it changes nothing more.
 *
 * @returns with how many something was done
 */
export async function sweepPlans({ plans, documents, durable, now, log }: PlanPorts): Promise<number> {
  let changed = 0;
  for await (const { id } of plans.allRunning()) {
    const status = await instanceStatus(durable, id);
    const isOver = overStatuses.includes(status);
    if (status === 'absent') await startPlan(durable, id, { mayBeThere: false, log });
    // The last activity ends the record before the instance ends.
    if (isOver) await plans.end(id, interrupted, now());
    if (isOver) await documents.deleteSealed(id);
    if (isOver || status === 'absent') changed += 1;
  }
  return changed + (await plans.sweep(now()));
}

const overStatuses: readonly string[] = ['Completed', 'Failed', 'Terminated', 'Canceled'];

const interrupted = {
  code: 'run-ended-unexpectedly',
  message: 'The orchestration of this plan has ended without finishing it.',
  retryable: true,
} as const;
