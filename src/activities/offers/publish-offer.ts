import type { OfferCall } from '../../contracts/offer-activities';
import { failed, ok } from '../../domain/failure';
import type { Result } from '../../domain/failure';
import { unwantedKeys } from '../../domain/offer/draft-ledger';
import type { DraftLedger } from '../../domain/offer/draft-ledger';
import type { OfferContent } from '../../domain/offer/offer-content';
import type { OfferProgress } from '../../domain/offer/offer-status';
import { productKey } from '../../domain/product';
import type { ReleaseDocument } from '../../domain/release-document';
import type { ReleaseRecord } from '../../storage/release-record';
import type { Activity, ActivityDeps } from '../deps';
import { holderOf } from '../fence';
import { asOfferIntent } from '../intent';
import type { OfferIntent } from '../intent';
import { draftTask } from './draft-task';
import type { Begun, OfferApi } from './offer-api';
import { offerFiles } from './offer-files';
import type { DraftPlan } from './offer-files';
import { callOfActivity, guardedOffer, openOffer, remoteReading } from './open-offer';
import { describe } from './verify-offer';

/** `ended`: a publication of this release that came to nothing. `before`: the one that it had when this run looked. */
type Input = OfferCall & { readonly ended: string | null; readonly before?: string | null | undefined };

interface Attempt {
  readonly deps: ActivityDeps;
  readonly input: Input;
  readonly record: ReleaseRecord;
  readonly api: OfferApi;
  readonly plan: DraftPlan;
  /** The publication that was begun last, as it was read now. */
  readonly last: OfferProgress | null;
  readonly ledger: DraftLedger;
}

/**
 * Publishes the draft to preview. Safe to repeat, killed anywhere or running twice: the intent is written before the POST
 * by whoever sends it, and every attempt looks first. A publication is ours that an answer named; after a lost answer,
 * one that was not there at the intent and is made of what the release wants; without one, the POST is sent again only
 * after the remote state has had time to show it. What is published is the draft as it was read back.
 */
export function createPublishOffer(deps: ActivityDeps): Activity<Input, Begun> {
  return (input) =>
    guardedOffer<Begun>(input.product.kind, async () => {
      const before = await holderOf(deps, input);
      if (!before.ok) return before;
      const plan = await offerFiles(deps.work, input.releaseId).plan();
      if (plan === undefined) return gone();
      const { api } = await openOffer(deps, input, callOfActivity(deps, input, 2));
      const last = await api.lastPublication();
      const draft = await api.readDraft();
      const ledger = await deps.offers.readLedger(productKey(input.product));
      // Read after the look: another copy of this activity may have sent since.
      const mine = await holderOf(deps, input);
      if (!mine.ok) return mine;
      return decide({ deps, input, record: mine.value, api, plan, last, ledger }, draft);
    });
}

function gone(): Result<never> {
  const message = 'What the draft is to become was never decided, or is gone.';
  return failed({ code: 'run-ended-unexpectedly', message, retryable: false });
}

async function decide(attempt: Attempt, draft: OfferContent): Promise<Result<Begun>> {
  const { record, last, plan, deps, ledger, input, api } = attempt;
  const isNamed = last !== null && last.publicationId === record.submissionId;
  if (isNamed && last.publicationId !== input.ended) return own(attempt, begunOf(last));
  const begun = begunByThisRun(attempt);
  if (begun !== null) return ok({ publicationId: begun, status: 'begun' });
  const intent = asOfferIntent(record.intent, 'publish');
  if (intent !== undefined && last !== null && last.publicationId !== intent.lastId) {
    return (await isOurs(attempt, last, draft)) ? own(attempt, begunOf(last)) : overtaken(last);
  }
  const unfit = unwantedKeys(plan.desired, draft, ledger);
  if (unfit.length > 0) return somebodyChanged(describe(unfit, plan.desired, draft));
  const waitMs = intent === undefined ? 0 : Date.parse(intent.at) + deps.settings.settleMs - deps.now().getTime();
  if (waitMs > 0) return unsettled(waitMs);
  // All that is wanted is there: what still waits for bytes would fail the publication.
  await api.clearLeftovers(draftTask(deps, input, plan));
  return send(attempt, intent);
}

/** What an answer has named since this run looked is its own, also where the list does not show it yet. */
function begunByThisRun({ record: { submissionId }, input: { before } }: Attempt): string | null {
  return before === undefined || submissionId === before ? null : submissionId;
}

function begunOf({ publicationId, remote }: OfferProgress): Begun {
  return { publicationId, status: remote.status };
}

/** It appeared after the intent, and is made of what the release wants: whoever began it, it is what is asked for. */
async function isOurs({ api, plan, ledger }: Attempt, last: OfferProgress, draft: OfferContent): Promise<boolean> {
  const content = (await api.readPublication(last.publicationId)) ?? draft;
  return unwantedKeys(plan.desired, content, ledger).length === 0;
}

function overtaken({ publicationId, remote }: OfferProgress): Result<never> {
  const message = `Somebody else has begun the publication ${publicationId} (${remote.status}) of the offer.`;
  return failed({ code: 'product-busy', message, retryable: false });
}

function somebodyChanged(where: string): Result<never> {
  const message = `The draft was changed after it was verified, at ${where}. It was not published.`;
  return failed({ code: 'submission-changed', message: message.slice(0, 2000), retryable: false });
}

async function send(attempt: Attempt, before: OfferIntent | undefined): Promise<Result<Begun>> {
  const { deps, input, record, api, plan, last } = attempt;
  const intent: OfferIntent = {
    kind: 'publish',
    at: deps.now().toISOString(),
    lastId: before === undefined ? (last?.publicationId ?? null) : before.lastId,
  };
  const stored = await deps.releases.setIntent(input, intent, record.intent);
  // Another copy of this activity is sending: its publication will show.
  if (stored.kind !== 'set') return unsettled(deps.settings.settleMs);
  try {
    const { options } = (await deps.documents.read<ReleaseDocument>(input.releaseId)) ?? {};
    return await own(attempt, await api.publish({ changed: plan.changed, emails: options?.notificationEmails ?? [] }));
  } catch (error) {
    const failure = remoteReading(input.product.kind)(error);
    if (failure === undefined) throw error;
    // This POST has begun nothing; one that was sent before it may have.
    if (failure.unclear !== true) await deps.releases.replaceIntent(input, before ?? null);
    return failed(failure);
  }
}

async function own({ deps, input }: Attempt, begun: Begun): Promise<Result<Begun>> {
  await deps.ownSubmissions.put(productKey(input.product), begun.publicationId, {
    releaseId: input.releaseId,
    how: 'made',
  });
  await deps.releases.setSubmission(input, begun.publicationId);
  return ok(begun);
}

function unsettled(waitMs: number): Result<never> {
  return failed({
    code: 'partner-center-unavailable',
    message: 'A publication was begun and its answer lost; the offer does not show it yet.',
    retryable: true,
    unclear: true,
    retryAfterMs: waitMs,
  });
}
