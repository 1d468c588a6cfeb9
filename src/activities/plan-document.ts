import { isOfferTarget } from '../domain/offer/offer';
import { isStoreTarget } from '../domain/store/product';
import type { ReleasePlan } from '../domain/store/release-plan';
import { planOfferDocument } from './offers/plan-offer-document';
import type { PlanDeps, PlanTask } from './plan-task';
import { planStoreDocument } from './plan-store-document';

/** What a release would do, judged as its run would judge it. Reads alone. */
export async function planDocument(deps: PlanDeps, task: PlanTask): Promise<ReleasePlan> {
  const { document, content, callOf } = task;
  const { target } = document;
  if (isOfferTarget(target)) return planOfferDocument(deps, { ...task, document: { ...document, target } });
  if (!isStoreTarget(target)) throw new Error('A target of no kind');
  const { client, budget, tenant } = await deps.openStore(document.account);
  const session = { client, tenant, call: callOf(budget) };
  return planStoreDocument(deps, session, { document: { ...document, target }, content });
}
