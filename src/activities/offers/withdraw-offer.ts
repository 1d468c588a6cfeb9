import type { OfferCall, WithdrawOutput } from '../../contracts/offer-activities';
import { failed, ok } from '../../domain/failure';
import type { Result } from '../../domain/failure';
import { differentKeys } from '../../domain/offer/compare-offers';
import { putBackOf, unwantedKeys, withoutEntry, writtenBy } from '../../domain/offer/draft-ledger';
import type { DraftLedger } from '../../domain/offer/draft-ledger';
import { unrestoredMembers } from '../../domain/offer/unrestored';
import type { OfferProgress } from '../../domain/offer/offer-status';
import type { OfferContent } from '../../domain/offer/offer-content';
import { productKey } from '../../domain/product';
import type { Left, Unrestored } from '../../domain/release';
import type { ReleaseDocument } from '../../domain/release-document';
import type { ReleaseRecord } from '../../storage/release-record';
import type { Activity, ActivityDeps } from '../deps';
import { recordOf } from '../fence';
import { asOfferIntent } from '../intent';
import { draftTask } from './draft-task';
import type { OfferApi } from './offer-api';
import { offerFiles } from './offer-files';
import { callOfActivity, guardedOffer, openOffer } from './open-offer';

type Input = OfferCall & { readonly publicationId: string | null };

interface Withdrawal {
  readonly deps: ActivityDeps;
  readonly input: Input;
  readonly record: ReleaseRecord;
  readonly api: OfferApi;
}

/**
 * Takes back what a canceled run did: cancels its publication where the API can, and sets what it wrote into the draft
 * back to what it found, where nobody has changed it since. Says what cannot be taken back, and names what no API shows, so that
 * nobody can put it back: secrets, and queries of addresses. Safe to repeat: it looks
 * first, and what is back already is left alone.
 */
export function createWithdrawOffer(deps: ActivityDeps): Activity<Input, WithdrawOutput> {
  return (input) =>
    guardedOffer<WithdrawOutput>(input.product.kind, async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const { api } = await openOffer(deps, input, callOfActivity(deps, input, 2));
      const withdrawal: Withdrawal = { deps, input, record: mine.value, api };
      const publication = await cancel(withdrawal);
      if (!publication.ok) return publication;
      if (publication.value === 'publication') return ok({ done: true, left: ['publication'] });
      const draft = await putBack(withdrawal);
      if (!draft.ok) return draft;
      if (draft.value === 'unfinished') return ok({ done: false });
      const { stays, unrestored } = draft.value;
      const left: Left[] = [
        ...(stays ? ['draft' as const] : []),
        ...(publication.value === null ? [] : ['preview' as const]),
      ];
      return ok({ done: true, left, ...(unrestored.length === 0 ? {} : { unrestored }) });
    });
}

/** What stays of the publication: nothing, a preview that the API cannot take away, or all of it. */
async function cancel(withdrawal: Withdrawal): Promise<Result<'preview' | 'publication' | null>> {
  const { deps, record, api } = withdrawal;
  const last = await api.lastPublication();
  // What was let go, or may have been, is not taken back: whoever insists gives up the watching alone.
  if (record.phase !== 'open' && !hasEnded(record, last)) return ok('publication');
  const intent = asOfferIntent(record.intent, 'publish');
  if (last !== null && (await hasGoneOn(withdrawal, last))) return ok('publication');
  if (last === null || !(await isOwn(withdrawal, last)))
    return intent === undefined ? ok(null) : settled(deps, intent.at);
  return cancelOwn(withdrawal, last);
}

async function cancelOwn(
  withdrawal: Withdrawal,
  last: OfferProgress,
): Promise<Result<'preview' | 'publication' | null>> {
  switch (last.phase) {
    case 'failed':
    case 'canceled':
      return ok(null);
    case 'live':
    case 'going-live':
      return ok('publication');
    case 'previewing':
    case 'preview-ready':
      return takeBack(withdrawal, last);
  }
}

/** Whether it came to nothing, although it was let go. */
function hasEnded({ submissionId }: ReleaseRecord, last: OfferProgress | null): boolean {
  const isNamed = last !== null && last.publicationId === submissionId;
  return isNamed && (last.phase === 'failed' || last.phase === 'canceled');
}

/** Somebody else has let the preview go live, where that is a publication of its own. */
async function hasGoneOn({ input, record, api }: Withdrawal, last: OfferProgress): Promise<boolean> {
  const own = input.publicationId ?? record.submissionId;
  if (own === null || own === last.publicationId || !isOut(last)) return false;
  return (await api.readProgress(own))?.goneOnAs === last.publicationId;
}

function isOut({ phase }: OfferProgress): boolean {
  return phase === 'going-live' || phase === 'live';
}

/** Named by an answer; or begun after our intent, and made of what the release wants: anything else is others' work. */
async function isOwn({ deps, input, record, api }: Withdrawal, last: OfferProgress): Promise<boolean> {
  if (last.publicationId === (input.publicationId ?? record.submissionId)) return true;
  const intent = asOfferIntent(record.intent, 'publish');
  const plan = await offerFiles(deps.work, input.releaseId).plan();
  if (intent === undefined || plan === undefined || last.publicationId === intent.lastId) return false;
  const content = (await api.readPublication(last.publicationId)) ?? (await api.readDraft());
  const ledger = await deps.offers.readLedger(productKey(input.product));
  return unwantedKeys(plan.desired, content, ledger).length === 0;
}

async function takeBack(
  { deps, input, api }: Withdrawal,
  last: OfferProgress,
): Promise<Result<'preview' | 'publication' | null>> {
  const { options } = (await deps.documents.read<ReleaseDocument>(input.releaseId)) ?? {};
  const canceled = await api.cancel(last, options?.notificationEmails ?? []);
  if (canceled) return awaited(api, last.publicationId);
  return ok(last.phase === 'preview-ready' ? 'preview' : 'publication');
}

/** A cancel may take its time, and may be overtaken by the preview: the next attempt looks. */
async function awaited(api: OfferApi, publicationId: string): Promise<Result<null>> {
  const progress = await api.readProgress(publicationId);
  if (progress === undefined || progress.phase === 'canceled' || progress.phase === 'failed') return ok(null);
  const message = `The publication ${publicationId} was canceled and still shows as ${progress.remote.status}.`;
  return failed({ code: 'partner-center-unavailable', message, retryable: true });
}

/** Nothing shows; but a publication may still be on its way. */
function settled(deps: ActivityDeps, at: string): Result<null> {
  const waitMs = Date.parse(at) + deps.settings.settleMs - deps.now().getTime();
  if (!(waitMs > 0)) return ok(null);
  return failed({
    code: 'partner-center-unavailable',
    message: 'A publication was begun and its answer lost; the offer does not show it yet.',
    retryable: true,
    unclear: true,
    retryAfterMs: waitMs,
  });
}

/** What stays of our work in the draft, and which members of it could not be put back. */
interface PutBack {
  readonly stays: boolean;
  readonly unrestored: readonly Unrestored[];
}

/** Something of ours stays where somebody else has changed it, or where the API cannot take it away, or does not show it. */
async function putBack(withdrawal: Withdrawal): Promise<Result<PutBack | 'unfinished'>> {
  const { deps, input, api } = withdrawal;
  const key = productKey(input.product);
  const files = offerFiles(deps.work, input.releaseId);
  const ledger = writtenBy(await deps.offers.readLedger(key), input.releaseId);
  const holder = await deps.claims.holder(key);
  if (Object.keys(ledger.entries).length === 0) {
    if (holder === input.releaseId) await clearLeftovers({ deps, input, api });
    // An earlier attempt has put it back, and has noted what it could not.
    return ok(asPutBack(false, await files.unrestored()));
  }
  const draft = await api.readDraft();
  // Whoever has the offer now works on this draft: a release that waits for it takes nothing away.
  if (holder !== undefined && holder !== input.releaseId) {
    return ok(asPutBack(true, await unrestoredIn(withdrawal, ledger, draft)));
  }
  const wanted = putBackOf(draft, ledger);
  const written = await write(withdrawal, draft, wanted.content);
  if (!written.ok) {
    return written.failure.retryable ? written : ok(asPutBack(true, await unrestoredIn(withdrawal, ledger, draft)));
  }
  if (!written.value) return ok('unfinished');
  const now = await api.readDraft();
  const back = Object.keys(ledger.entries).filter((one) => !differentKeys(wanted.content, now).includes(one));
  const unrestored = await unrestoredIn(withdrawal, ledger, now);
  await files.keepUnrestored(unrestored);
  await deps.offers.changeLedger(key, (before) => back.reduce(withoutEntry, before));
  const stays = wanted.touched.length > 0 || back.length < Object.keys(ledger.entries).length;
  return ok(asPutBack(stays, unrestored));
}

/** A secret of ours is something of ours, too. */
function asPutBack(stays: boolean, unrestored: readonly Unrestored[]): PutBack {
  return { stays: stays || unrestored.length > 0, unrestored };
}

async function unrestoredIn(
  { deps, input, api }: Withdrawal,
  { entries }: DraftLedger,
  draft: OfferContent,
): Promise<readonly Unrestored[]> {
  const written = Object.values(entries).map(({ wrote }) => wrote);
  const document = await deps.documents.read<ReleaseDocument>(input.releaseId);
  return unrestoredMembers(document?.changes, written, api.documentOf(draft));
}

/** A package may have been begun before anything was written into the draft. */
async function clearLeftovers({ deps, input, api }: Omit<Withdrawal, 'record'>): Promise<void> {
  await api.clearLeftovers(draftTask(deps, input, { expected: {}, desired: {}, isPutBack: true }));
}

async function write(
  { deps, input, api }: Omit<Withdrawal, 'record'>,
  expected: OfferContent,
  desired: OfferContent,
): Promise<Result<boolean>> {
  const task = draftTask(deps, input, { expected, desired, isPutBack: true });
  const written = await api.write(task);
  if (!written.ok) return written;
  if (!written.value.done) return ok(false);
  const sent = await api.upload(task);
  return sent.ok ? ok(sent.value.done) : sent;
}
