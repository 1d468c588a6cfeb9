import type { HttpResponseInit } from '@azure/functions';
import type { ReleaseDocument } from '../contracts/release-document';
import type { PlanRecord, PlanWish } from '../storage/plans';
import { startPlan } from './durable-run';
import type { AcceptCall } from './accept-release';
import type { FunctionServices } from './services';

/** A request for a plan. */
export interface PlanCall extends AcceptCall {
  readonly body: ReleaseDocument;
}

/** Whether this caller has asked for a plan of the same document that is being made in the background. */
export async function isBeingPlanned(call: PlanCall, services: FunctionServices): Promise<boolean> {
  return (await services.plans.running(wishOf(call, services), services.now())) !== undefined;
}

/**
 * Reserves the plan, writes document and record where they are not there yet, starts the orchestration. Killed between any
 * two of these, the same request does the rest; twice at once, both lead to one plan.
 */
export async function planInBackground(call: PlanCall, services: FunctionServices): Promise<PlanRecord> {
  const { plans, documents } = services;
  const wish = { ...wishOf(call, services), id: services.newPlanId() };
  const id = await plans.reserve(wish, services.now());
  await documents.insert(id, call.body);
  const record = await plans.insert(id, services.now());
  // A repetition may bring fresh signatures; what was written behind the back of an end is deleted again.
  if (id !== wish.id) await documents.reseal(id, call.body);
  const after = await plans.read(id, services.now());
  if (after?.state !== 'running') await documents.deleteSealed(id);
  else await startPlan(call.durable, id, { mayBeThere: id !== wish.id, log: call.log });
  return record;
}

function wishOf({ caller, body }: PlanCall, services: FunctionServices): PlanWish {
  return { scope: caller.scope, docHash: services.hashOfDocument(body) };
}

const usualSeconds = 10;

/** The answer while a plan is made; also to whoever asked for one that has just ended. */
export function pendingPlan({ id, createdAt }: PlanRecord): HttpResponseInit {
  const self = `/api/plans/${id}`;
  return {
    status: 202,
    headers: { location: self, 'retry-after': String(usualSeconds) },
    jsonBody: { id, state: 'running', createdAt, links: { self } },
  };
}
