import type { OfferCall, OfferLook } from '../../contracts/offer-activities';
import { boundFaults } from '../../domain/bound-faults';
import { failed, ok } from '../../domain/failure';
import { unfitKeys } from '../../domain/offer/compare-offers';
import { withMade } from '../../domain/offer/draft-ledger';
import { offerPlan } from '../../domain/offer/offer-plan';
import type { OfferJudgement } from '../../domain/offer/judge-offer';
import { atOrigin } from '../../domain/plain-document';
import { productKey } from '../../domain/product';
import type { RemoteView } from '../../domain/release';
import type { ReleaseDocument } from '../../domain/release-document';
import type { ReleasePlan } from '../../domain/store/release-plan';
import type { Activity, ActivityDeps } from '../deps';
import { recordOf } from '../fence';
import { keepPlan } from '../plan-file';
import { readContent } from '../release-content';
import { askedContent } from './asked-content';
import type { AskedContent, OfferApi } from './offer-api';
import { offerFiles } from './offer-files';
import { callOfActivity, guardedOffer, openOffer } from './open-offer';
import { judgeFound, readOffer, recognised } from './read-offer';
import type { FoundOffer } from './read-offer';

/**
 * Reads the offer and judges the release against it, before anything is written there. What the draft is to become is
 * kept for the writing that follows, and the plan for people. Repeat at will.
 */
export function createLookAtOffer(deps: ActivityDeps): Activity<OfferCall, OfferLook> {
  return (input) =>
    guardedOffer<OfferLook>(input.product.kind, async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const content = await readContent(deps, input.releaseId);
      if (content === undefined) {
        return failed({ code: 'run-ended-unexpectedly', message: 'The release document is gone.', retryable: false });
      }
      const { api } = await openOffer(deps, input, callOfActivity(deps, input, 3));
      const found = await noteMade(deps, input, await readOffer(deps, api, input.product));
      const whole = await deps.documents.readWhole<ReleaseDocument>(input.releaseId);
      const asked = await recognised(api, found, await askedContent(deps, input.releaseId, content), whole?.changes);
      const judged = judgeFound(api, found, asked, mine.value.submissionId);
      await keep(deps, api, { input, asked, found, judged });
      return ok({ ...lookOf(api, asked, found, judged), named: mine.value.submissionId });
    });
}

/** What comes with an offer that this release has made is its own; what differs from that later is not. */
async function noteMade(deps: ActivityDeps, { releaseId, product }: OfferCall, found: FoundOffer): Promise<FoundOffer> {
  const { seen, ledger } = found;
  if (seen.live !== null || withMade(ledger, releaseId, seen.draft) === ledger) return found;
  const noted = await deps.offers.changeLedger(productKey(product), (now) => withMade(now, releaseId, seen.draft));
  return { ...found, ledger: noted };
}

interface Judged extends JudgedRelease {
  readonly input: OfferCall;
}

/** A release, its offer, and what it makes of it. */
export interface JudgedRelease {
  readonly asked: AskedContent;
  readonly found: FoundOffer;
  readonly judged: OfferJudgement;
}

/** An earlier run's publication goes on by the plan that it was made by. */
async function keep(deps: ActivityDeps, api: OfferApi, { input, asked, found, judged }: Judged): Promise<void> {
  if (judged.own !== null) return;
  const { draft, live } = found.seen;
  const { desired } = judged;
  const published = live === 'unknown' || live === null ? {} : live;
  const changed = unfitKeys(desired, published);
  await offerFiles(deps.work, input.releaseId).keepPlan({ expected: draft, desired, changed });
  await keepPlan(deps.work, input.releaseId, planOf(api, { asked, found, judged }));
}

/** What people are shown of it. */
export function planOf(api: OfferApi, { asked, found: { seen }, judged }: JudgedRelease): ReleasePlan {
  const live = seen.live === 'unknown' || seen.live === null ? {} : seen.live;
  return offerPlan({
    document: asked.document,
    offer: seen,
    judged,
    packages: asked.packages,
    diff: api.diff(live, judged.desired),
    hasFiles: api.fileWrites(seen.draft, judged.desired) > 0,
  });
}

function lookOf(api: OfferApi, { document }: AskedContent, { seen }: FoundOffer, judged: OfferJudgement): OfferLook {
  const { own, underWay, desired } = judged;
  return {
    own: own === null ? null : { publicationId: own.publicationId, phase: own.phase },
    underWay: underWay === null ? null : { publicationId: underWay.publicationId, status: underWay.remote.status },
    ended: judged.ended?.publicationId ?? null,
    faults: boundFaults(atOrigin(judged.faults, document.origins)),
    failure: judged.failure,
    writes: judged.changed.length,
    fileWrites: api.fileWrites(seen.draft, desired),
    nothingToPublish: judged.nothingToPublish,
    remote: liveRemote(seen.last?.remote, judged),
  };
}

function liveRemote(remote: RemoteView | undefined, { nothingToPublish, changed }: OfferJudgement): RemoteView | null {
  return nothingToPublish && changed.length === 0 ? (remote ?? null) : null;
}
