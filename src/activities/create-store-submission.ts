import type { RemoteCall } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Failure, Result } from '../domain/failure';
import { productKey } from '../domain/product';
import { isCloneOf } from '../domain/store/compare-submissions';
import { storeFailure } from '../partner-center/store';
import type { ReleaseRecord } from '../storage/release-record';
import type { Activity, ActivityDeps } from './deps';
import { holderOf } from './fence';
import { asCreateIntent } from './intent';
import type { CreateIntent } from './intent';
import { namedSubmission, openSession } from './store-call';
import type { FoundSubmission, StoreSession } from './store-call';
import { submissionFiles } from './submission-files';
import { guarded, ofStore } from './to-failure';

type Input = RemoteCall & { readonly adopt: string | null };
type Output = { submissionId: string; how: 'created' | 'found' | 'adopted' };

interface Attempt {
  readonly deps: ActivityDeps;
  readonly input: Input;
  readonly record: ReleaseRecord;
  readonly session: StoreSession;
}

/**
 * Makes the submission of this release. Safe to repeat, killed anywhere or running twice: the intent is written before
 * the POST by whoever sends it, and every attempt looks first. A draft is ours that an answer named; after a lost answer,
 * only one that was not there at the intent, appeared after it, and still equals what our POST would have made; without
 * one, the POST is sent again only after the remote state has had time to show it.
 */
export function createCreateStoreSubmission(deps: ActivityDeps): Activity<Input, Output> {
  return (input) =>
    guarded<Output>(async () => {
      const mine = await holderOf(deps, input);
      if (!mine.ok) return mine;
      const session = await openSession(deps, input, 3);
      const attempt: Attempt = { deps, input, record: mine.value, session };
      const { publishedId, pendingId } = await session.getProduct();
      if (pendingId === null) return send(attempt, publishedId);
      const submission = await namedSubmission(session, pendingId);
      if (!submission.ok) return submission;
      // Another copy of this activity may have sent since: what it noted counts, for it is older than what it made.
      const now = await holderOf(deps, input);
      return now.ok ? takeUp({ ...attempt, record: now.value }, publishedId, submission.value) : now;
    });
}

/** A draft is there: ours, ours by its looks, or the one that the release goes on with. */
async function takeUp(attempt: Attempt, publishedId: string | null, pending: FoundSubmission): Promise<Result<Output>> {
  const { record, input, session } = attempt;
  if (pending.id === record.submissionId) return own(attempt, pending, 'found');
  if (pending.id === input.adopt) return own(attempt, pending, 'adopted');
  const intent = asCreateIntent(record.intent);
  if (intent === undefined || !pending.hasUploadUrl || pending.status !== 'PendingCommit') return foreign(pending);
  if (intent.submissionId === pending.id) return own(attempt, pending, 'found');
  const original = publishedId === null ? {} : (await session.getSubmission(publishedId)).document;
  const isOurs = intent.publishedId === publishedId && isCloneOf(pending.document, original);
  return isOurs ? own(attempt, pending, 'found') : foreign(pending);
}

async function send(attempt: Attempt, publishedId: string | null): Promise<Result<Output>> {
  const { deps, input, record, session } = attempt;
  if (input.adopt !== null) {
    return failed({ code: 'submission-lost', message: 'The draft to go on with is gone.', retryable: false });
  }
  const intent: CreateIntent = { kind: 'create', at: deps.now().toISOString(), publishedId };
  const before = asCreateIntent(record.intent);
  const waitMs = before === undefined ? 0 : Date.parse(before.at) + deps.settings.settleMs - deps.now().getTime();
  if (waitMs > 0) return unsettled(waitMs);
  // What an earlier run meant to commit is gone; its intent says nothing about this one.
  const stored = await deps.releases.setIntent(input, intent, record.intent);
  // Another copy of this activity is sending: its draft will show.
  if (stored.kind !== 'set') return unsettled(deps.settings.settleMs);
  const submissionId = await post(attempt, before);
  if (!submissionId.ok) return submissionId;
  await deps.releases.replaceIntent(input, { ...intent, submissionId: submissionId.value });
  const submission = await namedSubmission(session, submissionId.value);
  return submission.ok ? own(attempt, submission.value, 'created') : submission;
}

/** Sends the POST, and answers the id of what it made. */
async function post({ deps, input, session }: Attempt, before: CreateIntent | undefined): Promise<Result<string>> {
  try {
    return ok((await session.product.createSubmission(session.call)).value.id);
  } catch (error) {
    const remote = storeFailure(error);
    if (remote === undefined) throw error;
    // This POST has made nothing; one that was sent before it may have.
    if (!remote.unclear) await deps.releases.replaceIntent(input, before ?? null);
    // Somebody has the slot: the next attempt looks who.
    return failed(remote.meaning === 'create-conflict' ? { ...ofStore(remote), retryable: true } : ofStore(remote));
  }
}

/** Notes the draft as this release's, with what it looked like, before anything is written to it. */
async function own(attempt: Attempt, submission: FoundSubmission, how: Output['how']): Promise<Result<Output>> {
  const { deps, input, record } = attempt;
  const { releaseId } = input;
  // A late copy, and the run has gone on: what it has noted since is not undone.
  const isPast = record.view.step !== 'createSubmission' && record.submissionId === submission.id;
  if (isPast) return ok({ submissionId: submission.id, how });
  // An earlier run committed something that failed since, or fell back to a draft: this one may be canceled again.
  if (record.phase !== 'open') await deps.releases.setPhaseOpen(input);
  const known = how === 'adopted' ? 'adopted' : 'made';
  await deps.ownSubmissions.put(productKey(input.product), submission.id, { releaseId, how: known });
  await submissionFiles(deps.work, releaseId, submission.id).keepBase(submission.document);
  await deps.releases.setSubmission(input, submission.id);
  return ok({ submissionId: submission.id, how });
}

function foreign(pending: FoundSubmission): Result<Output> {
  const message = `The submission ${pending.id} (${pending.status}) appeared meanwhile, and is not ours.`;
  return failed({ code: 'foreign-draft', message, retryable: false });
}

function unsettled(waitMs: number): Result<Output> {
  const failure: Failure = {
    code: 'partner-center-unavailable',
    message: 'A create was sent and its answer lost; the app does not show a draft yet.',
    retryable: true,
    unclear: true,
    retryAfterMs: waitMs,
  };
  return failed(failure);
}
