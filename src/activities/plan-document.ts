import type { ReleaseDocument } from '../domain/release-document';
import { isOfferTarget } from '../domain/offer/offer';
import { isStoreTarget } from '../domain/store/product';
import type { ReleasePlan } from '../domain/store/release-plan';
import type { Call, RequestBudget } from '../partner-center/http';
import type { ActivityDeps } from './deps';
import { planOfferDocument } from './offers/plan-offer-document';
import type { PlanContent } from './plan-files';
import { planStoreDocument } from './plan-store-document';

/** What is planned, and with what means. */
export interface PlanTask {
  readonly document: ReleaseDocument;
  readonly content: PlanContent;
  /** The requests that the planning may send, out of the budget of the API that the target is behind. */
  readonly callOf: (budget: RequestBudget) => Call;
}

export type PlanDeps = Pick<
  ActivityDeps,
  | 'published'
  | 'placed'
  | 'ownSubmissions'
  | 'offers'
  | 'releases'
  | 'work'
  | 'claims'
  | 'openStore'
  | 'openMarketplace'
  | 'openCloudPartner'
  | 'stopping'
>;

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
