import { planDocument } from '../activities/plan-document';
import { PlanTooSlow } from '../activities/plan-files';
import { remoteReading } from '../activities/offers/open-offer';
import { toFailure } from '../activities/to-failure';
import type { RemoteReading } from '../activities/to-failure';
import type { Result } from '../domain/failure';
import type { ReleaseDocument, ReleaseTarget } from '../domain/release-document';
import type { ReleasePlan } from '../domain/store/release-plan';
import { isStoreTarget } from '../domain/store/product';
import { answered } from './answered';
import { exportOffer } from './export-offer';
import { exportProduct } from './export-product';
import type { Exported } from './export-product';
import { keptAnswers } from './kept-answers';
import { offerQueries } from './offer-queries';
import type { OfferQueries } from './offer-queries';
import { readBytes } from './plan-bytes';
import { reportAddress } from './report-address';
import type { ReportRef } from './report-address';
import { impatient, openQuery, patient, queryCall, signalOf } from './session';
import type { QueryDeps } from './session';
import { readOne, readPage } from './store-reads';
import type { StoreIds, StoreList, StorePage, StoreRead } from './store-reads';

export type { Exported } from './export-product';
export type { QueryDeps } from './session';

/**
 * What people ask Partner Center through HTTP, for an account that is configured. Reads alone, last in the tenant's
 * request budget; each answers within the time of a request, or fails retryably.
 */
export interface Queries extends OfferQueries {
  /** `too-slow`: bytes or requests have to be waited for longer than a plan may take within its request. */
  plan(document: ReleaseDocument): Promise<Result<ReleasePlan | 'too-slow'>>;
  export(account: string, target: ReleaseTarget): Promise<Result<Exported>>;
  /** Up to a minute old, as `list`. */
  read(account: string, read: StoreRead, ids: StoreIds): Promise<Result<object>>;
  list(account: string, list: StoreList, at: StorePlace): Promise<Result<StorePage>>;
  /** A secret, kept nowhere; `null` where there is no such report any more. */
  report(account: string, ref: ReportRef): Promise<Result<{ readonly address: string | null }>>;
  /** Something was changed: what was read before is not told any more. */
  forget(): void;
}

/** A page of a list. */
export interface StorePlace {
  readonly ids: StoreIds;
  readonly top: number;
  readonly skip: number;
}

export function createQueries(deps: QueryDeps): Queries {
  const kept = keptAnswers(deps.clock);
  return {
    plan: (document) =>
      answered<ReleasePlan | 'too-slow'>(async () => {
        try {
          return await planInTime(deps, document);
        } catch (error) {
          if (isTooSlow(error, readingOf(document.target.kind))) return 'too-slow';
          throw error;
        }
      }, readingOf(document.target.kind)),
    export: (account, target) =>
      isStoreTarget(target)
        ? answered(async () => exportProduct(await openQuery(deps, account, patient), account, target))
        : answered(() => exportOffer(deps, account, target, queryCall(deps, patient)), readingOf(target.kind)),
    read: (account, read, ids) =>
      answered(() =>
        kept.get(JSON.stringify([account, read, ids]), async () =>
          readOne(await openQuery(deps, account, impatient), read, ids),
        ),
      ),
    list: (account, list, { ids, top, skip }) =>
      answered(() =>
        kept.get(JSON.stringify([account, list, ids, top, skip]), async () =>
          readPage(await openQuery(deps, account, impatient), list, ids, { top, skip }),
        ),
      ),
    ...offerQueries(deps, kept),
    report: (account, ref) =>
      answered(
        async () => ({ address: (await reportAddress(deps, account, ref)) ?? null }),
        readingOf(ref.product.kind),
      ),
    forget: () => kept.clear(),
  };
}

async function planInTime(deps: QueryDeps, document: ReleaseDocument): Promise<ReleasePlan> {
  const { planMs } = deps.settings;
  const deadline = Date.now() + planMs;
  const patience = { firstMs: planMs, laterMs: planMs };
  const callOf = queryCall(deps, patience);
  const content = await readBytes(deps, document, { signal: signalOf(deps), deadline });
  return planDocument(deps, { document, content, callOf });
}

/** How errors of the API behind a target are read; absent = as the Store's. */
function readingOf(kind: ReleaseTarget['kind']): RemoteReading | undefined {
  return kind === 'marketplace-product' || kind === 'cloud-partner-offer' ? remoteReading(kind) : undefined;
}

function isTooSlow(error: unknown, remoteFailure: RemoteReading | undefined): boolean {
  if (error instanceof PlanTooSlow) return true;
  const code = toFailure(error, remoteFailure)?.code;
  return code === 'rate-limited' || code === 'activity-interrupted';
}
