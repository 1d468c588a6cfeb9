import type { PublishInput } from '../contracts/activities';
import { inputOf } from '../contracts/durable';
import type { Context, Flow } from '../contracts/durable';
import type { OfferCall } from '../contracts/offer-activities';
import { isOfferTarget, offerOf } from '../domain/offer/offer';
import { approve } from './approve';
import { offerAftermath } from './offer-aftermath';
import { confirmLive, goLive, keepDraft, keepPreview, publishPreview, updateDraft, verifyPreview } from './offer-steps';
import { acquireToken, checkPackages } from './prepare';
import { checkpoint } from './run';
import type { OfferRun, Run } from './run';
import { begin, end } from './run-lifecycle';
import { settleOffer } from './settle-offer';
import type { SettledOffer } from './settle-offer';
import { takeOffer } from './take-offer';
import { waitForGoLive, waitForStart } from './wait-for-start';
import { watchOffer } from './watch-offer';

/**
 * Publishes to the commercial marketplace: checks the token and the packages, takes the offer, compares its draft with
 * what was last published, writes what differs, publishes to preview and watches it, waits for a person to let it go
 * live, and watches that to its end. Every step looks before it acts, so a run may be replayed, repeated or taken up by
 * a later one.
 */
export function* publishToMarketplace(ctx: Context): Flow<void> {
  const begun = yield* begin(ctx, inputOf<PublishInput>(ctx));
  if (begun === undefined) return;
  const run: OfferRun = { ...begun, call: callOf(begun), hasDraft: false, publication: null };
  yield* end(run, publish(run), offerAftermath(run));
}

/** The offer where the document has its id: a cancel that comes early looks there for what an earlier run wrote. */
function callOf({ fence, plan: { account, target } }: Run): OfferCall | null {
  const product = isOfferTarget(target) ? offerOf(target) : null;
  return product === null ? null : { ...fence, account, product };
}

function* publish(run: OfferRun): Flow<void> {
  yield* checkpoint(run, [{ type: 'run-started' }]);
  yield* waitForStart(run);
  yield* acquireToken(run);
  yield* checkPackages(run);
  const offer = yield* takeOffer(run);
  const settled = yield* settleOffer(run, offer);
  if (settled.kind === 'nothing-to-do') return;
  const publicationId = yield* toPreview(run, offer, settled);
  if (publicationId === null) return;
  yield* toLive(run, offer, publicationId);
}

/** The publication whose preview is ready, or which is past it; `null` where the release ends before or there. */
function* toPreview(run: OfferRun, offer: OfferCall, settled: Exclude<SettledOffer, { kind: 'nothing-to-do' }>) {
  const { until } = run.plan;
  if (settled.kind === 'open') yield* updateDraft(run, offer, settled.look);
  if (settled.kind === 'open' && settled.look.nothingToPublish) return yield* keepDraft(run, offer, false);
  if (settled.kind === 'open' && until === 'draft') return yield* keepDraft(run, offer, true);
  if (settled.kind === 'open' && run.plan.approvals.includes('commit')) yield* approve(run, 'commit');
  const publicationId =
    settled.kind === 'open' ? yield* publishPreview(run, offer, settled.look) : settled.publicationId;
  yield* watchOffer(run, { ...offer, publicationId }, 'preview');
  yield* verifyPreview(run, offer, publicationId);
  return until === 'preview' ? yield* keepPreview(run, offer) : publicationId;
}

function* toLive(run: OfferRun, offer: OfferCall, previewId: string): Flow<void> {
  let publicationId = previewId;
  // A person may have let it go live in Partner Center meanwhile.
  if (run.publication?.phase === 'preview-ready') {
    if (run.plan.approvals.includes('go-live')) yield* approve(run, 'go-live');
    yield* waitForGoLive(run);
    publicationId = yield* goLive(run, offer, previewId);
  }
  yield* watchOffer(run, { ...offer, publicationId }, 'live');
  yield* confirmLive(run, offer, publicationId);
}
