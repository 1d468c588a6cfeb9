import type { OfferContent } from '../../domain/offer/offer-content';
import type { Unrestored } from '../../domain/release';
import type { Work } from '../../storage/work';

/** What the draft of an offer is to become, and how it was when that was decided. */
export interface DraftPlan {
  readonly expected: OfferContent;
  readonly desired: OfferContent;
  /** Resources that differ from what is live: what has to be published. */
  readonly changed: readonly string[];
}

/** Working files of a release about its offer. */
export interface OfferFiles {
  /** `undefined` until the release has looked at its offer. */
  plan(): Promise<DraftPlan | undefined>;
  keepPlan(plan: DraftPlan): Promise<void>;
  /** What a cancel found that it cannot put back: once it is done, nothing else tells. */
  unrestored(): Promise<readonly Unrestored[]>;
  keepUnrestored(members: readonly Unrestored[]): Promise<void>;
}

const planName = 'offer/plan';
const unrestoredName = 'offer/unrestored';

export function offerFiles(work: Pick<Work, 'get' | 'put'>, releaseId: string): OfferFiles {
  return {
    plan: () => work.get<DraftPlan>(releaseId, planName),
    keepPlan: (plan) => work.put(releaseId, planName, plan),
    unrestored: async () => (await work.get<readonly Unrestored[]>(releaseId, unrestoredName)) ?? [],
    keepUnrestored: (members) => work.put(releaseId, unrestoredName, members),
  };
}
