import type { PublicationCall } from '../../contracts/offer-activities';
import { failed, ok } from '../../domain/failure';
import type { Result } from '../../domain/failure';
import { unwantedKeys } from '../../domain/offer/draft-ledger';
import type { OfferProgress } from '../../domain/offer/offer-status';
import { productKey } from '../../domain/product';
import type { ReleaseDocument } from '../../domain/release-document';
import type { ReleaseRecord } from '../../storage/release-record';
import type { Activity, ActivityDeps } from '../deps';
import { holderOf } from '../fence';
import { asOfferIntent } from '../intent';
import type { OfferIntent } from '../intent';
import type { OfferApi } from './offer-api';
import { offerFiles } from './offer-files';
import { callOfActivity, guardedOffer, openOffer, remoteReading } from './open-offer';
import { describe } from './verify-offer';

type Output = { promoted: true; publicationId: string } | { promoted: false; why: 'canceled' };

interface Attempt {
  readonly deps: ActivityDeps;
  readonly input: PublicationCall;
  readonly record: ReleaseRecord;
  readonly api: OfferApi;
  readonly last: OfferProgress;
}

/**
 * Lets the preview go live. A cancel and the go-live exclude each other by one compare-and-swap before anything is sent.
 * Safe to repeat, killed anywhere or running twice: every attempt looks first, a publication that is past its preview has
 * been let go, and the POST is sent again only after the remote state has had time to show it. What goes live is the
 * newest publication, it is the release's own, and it is made of what the release wanted.
 */
export function createPromoteOffer(deps: ActivityDeps): Activity<PublicationCall, Output> {
  return (input) =>
    guardedOffer<Output>(input.product.kind, async () => {
      const before = await holderOf(deps, input);
      if (!before.ok) return before;
      const { api } = await openOffer(deps, input, callOfActivity(deps, input, 2));
      const last = await api.lastPublication();
      // Read after the look: another copy of this activity may have sent since.
      const mine = await holderOf(deps, input);
      if (!mine.ok) return mine;
      if (last === null) return lost(input, 'none is there any more');
      return decide({ deps, input, record: mine.value, api, last });
    });
}

async function decide(attempt: Attempt): Promise<Result<Output>> {
  const { input, record, last } = attempt;
  // An answer has said that it was let go, whatever the lists show.
  if (record.phase === 'committed') return goesLive(attempt, record.submissionId ?? input.publicationId);
  if (last.publicationId !== input.publicationId) return decideNewer(attempt);
  switch (last.phase) {
    case 'going-live':
    case 'live':
      return goesLive(attempt, last.publicationId);
    case 'preview-ready':
      return fresh(attempt, asOfferIntent(record.intent, 'promote'));
    case 'previewing':
      return lost(input, 'its preview is being made anew');
    case 'failed':
    case 'canceled':
      return lost(input, `it has ended as ${last.remote.status}`);
  }
}

/**
 * Where a go-live is a publication of its own, the one that this preview went on as is its go-live, whoever began it, and
 * however it ended: it has been let go. Any other one is work of others, also where it appeared after our intent.
 */
async function decideNewer(attempt: Attempt): Promise<Result<Output>> {
  const { input, last, api } = attempt;
  const preview = await api.readProgress(input.publicationId);
  if (preview?.goneOnAs === last.publicationId) return goesLive(attempt, last.publicationId);
  return lost(input, `${last.publicationId} (${last.remote.status}) is newer`);
}

function lost({ publicationId }: PublicationCall, why: string): Result<never> {
  const message = `The preview of ${publicationId} cannot go live: ${why}. Nothing was let go.`;
  return failed({ code: 'preview-lost', message, retryable: false });
}

async function goesLive(
  { deps, input }: Pick<Attempt, 'deps' | 'input'>,
  publicationId: string,
): Promise<Result<Output>> {
  await deps.ownSubmissions.put(productKey(input.product), publicationId, {
    releaseId: input.releaseId,
    how: 'made',
  });
  await deps.releases.setPhaseCommitted(input);
  await deps.releases.setSubmission(input, publicationId);
  return ok({ promoted: true, publicationId });
}

async function fresh(attempt: Attempt, intent: OfferIntent | undefined): Promise<Result<Output>> {
  const { deps, input } = attempt;
  const waitMs = intent === undefined ? 0 : Date.parse(intent.at) + deps.settings.settleMs - deps.now().getTime();
  if (waitMs > 0) return unsettled(waitMs);
  const unlike = await unlikeWanted(attempt);
  if (unlike !== undefined) return unlike;
  const phase = await deps.releases.setPhaseCommitting(input);
  if (phase === 'canceled') return ok({ promoted: false, why: 'canceled' });
  if (phase === 'fenced') return unsettled(deps.settings.settleMs);
  return send(attempt, intent);
}

/** The preview may have waited for days: what goes live is what was wanted. */
async function unlikeWanted({ deps, input, api }: Attempt): Promise<Result<never> | undefined> {
  const plan = await offerFiles(deps.work, input.releaseId).plan();
  const content = await api.readPublication(input.publicationId);
  if (plan === undefined || content === undefined) return undefined;
  const unfit = unwantedKeys(plan.desired, content, await deps.offers.readLedger(productKey(input.product)));
  if (unfit.length === 0) return undefined;
  const message = `The preview differs from what was written, at ${describe(unfit, plan.desired, content)}.`;
  return failed({ code: 'published-differs', message: message.slice(0, 2000), retryable: false });
}

async function send({ deps, input, record, api }: Attempt, before: OfferIntent | undefined): Promise<Result<Output>> {
  const intent: OfferIntent = { kind: 'promote', at: deps.now().toISOString(), lastId: input.publicationId };
  const stored = await deps.releases.setIntent(input, intent, record.intent);
  // Another copy of this activity is sending: the status will show it.
  if (stored.kind !== 'set') return unsettled(deps.settings.settleMs);
  try {
    const { options } = (await deps.documents.read<ReleaseDocument>(input.releaseId)) ?? {};
    const { publicationId } = await api.promote(input.publicationId, options?.notificationEmails ?? []);
    return await goesLive({ deps, input }, publicationId);
  } catch (error) {
    const failure = remoteReading(input.product.kind)(error);
    if (failure === undefined) throw error;
    if (failure.unclear !== true) {
      await deps.releases.replaceIntent(input, before ?? null);
      if (!failure.retryable && failure.ticket === undefined && before === undefined)
        await deps.releases.setPhaseOpen(input);
    }
    return failed(failure);
  }
}

function unsettled(waitMs: number): Result<never> {
  return failed({
    code: 'partner-center-unavailable',
    message: 'A go-live was sent and its answer lost; the offer does not show it yet.',
    retryable: true,
    unclear: true,
    retryAfterMs: waitMs,
  });
}
