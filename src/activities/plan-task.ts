import type { ReleaseDocument } from '../domain/release-document';
import type { Call, RequestBudget } from '../partner-center/http';
import type { ActivityDeps } from './deps';
import type { PlanContent } from './plan-files';

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
  | 'packages'
  | 'readSecret'
  | 'stopping'
>;
