import type { OrchestrationRuntimeStatus } from 'durable-functions';
import type { PlanRef, PublishInput } from '../contracts/activities';
import { FunctionName, instanceIdOf } from '../contracts/names';
import { isOfferKind } from '../contracts/target-kinds';
import type { ReleaseView } from '../domain/release';
import type { ReleaseTarget } from '../domain/release-document';
import type { Bell } from '../storage/release-record';
import type { DurableClient, Log } from './http-route';

export type InstanceStatus = `${OrchestrationRuntimeStatus}` | 'absent' | 'unknown';

/** What a run is started from. */
export interface QueuedRun {
  readonly id: string;
  readonly run: number;
  /** Of the target: which orchestrator runs it. */
  readonly kind: ReleaseTarget['kind'];
}

/** What the run of a release is started from. */
export function queuedRun({ id, run, target }: ReleaseView): QueuedRun {
  return { id, run, kind: target.kind };
}

/**
 * Starts the instance of a run unless it is there. Every error of starting is unclear, so it looks; what stays unclear
 * is left to the sweep, for the record says that a run is wanted. The engine replaces an instance that has ended, but
 * its first activity finds that the run has begun, and stops.
 *
 * @param mayBeThere look first: this is a repetition
 */
export async function startRun(
  client: DurableClient,
  { id, run, kind }: QueuedRun,
  { mayBeThere, log }: Starting,
): Promise<void> {
  const input: PublishInput = { releaseId: id, run };
  await start(client, orchestratorOf(kind), { instanceId: instanceIdOf(id, run), input }, { mayBeThere, log });
}

/** As `startRun`, the instance that makes a plan; it is called as the plan is. Two of them make the same plan. */
export async function startPlan(client: DurableClient, planId: string, how: Starting): Promise<void> {
  const input: PlanRef = { planId };
  await start(client, FunctionName.makePlan, { instanceId: planId, input }, how);
}

interface Starting {
  readonly mayBeThere: boolean;
  readonly log: Log;
}

async function start(
  client: DurableClient,
  name: string,
  instance: { readonly instanceId: string; readonly input: object },
  { mayBeThere, log }: Starting,
): Promise<void> {
  const { instanceId } = instance;
  if (mayBeThere && (await isThere(client, instanceId))) return;
  try {
    await client.startNew(name, instance);
  } catch (error) {
    if (!(await isThere(client, instanceId))) log('A run did not start; the sweep starts it', facts(instanceId, error));
  }
}

function orchestratorOf(kind: ReleaseTarget['kind']): FunctionName {
  return isOfferKind(kind) ? FunctionName.publishToMarketplace : FunctionName.publishToStore;
}

/** Wakes whoever waits, so that it reads its commands. Harmless in every way: the command is stored. */
export async function ring(client: DurableClient, bell: Bell | null, log: Log): Promise<void> {
  if (bell === null) return;
  try {
    await client.raiseEvent(bell.instance, bell.name, {});
  } catch (error) {
    log('A bell could not be rung', facts(bell.instance, error));
  }
}

async function isThere(client: DurableClient, instanceId: string): Promise<boolean> {
  const status = await instanceStatus(client, instanceId);
  return status !== 'absent' && status !== 'unknown';
}

/** `unknown` where the engine does not answer: then nothing may be concluded. */
export async function instanceStatus(client: DurableClient, instanceId: string): Promise<InstanceStatus> {
  try {
    return (await client.getStatus(instanceId)).runtimeStatus;
  } catch (error) {
    // The client has no error class; this text is all that tells an absent instance.
    return error instanceof Error && error.message.includes('HTTP 404') ? 'absent' : 'unknown';
  }
}

/** The error's message may hold addresses with keys: its name is enough. */
function facts(instanceId: string, error: unknown): Record<string, unknown> {
  return { instanceId, error: error instanceof Error ? error.name : typeof error };
}
