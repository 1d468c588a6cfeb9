import type { SubmissionCall } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import { differences } from '../domain/store/compare-submissions';
import { storeFailure } from '../partner-center/store';
import type { ReleaseRecord } from '../storage/release-record';
import type { Activity, ActivityDeps } from './deps';
import { holderOf } from './fence';
import { asCommitIntent } from './intent';
import type { CommitIntent } from './intent';
import { openSession } from './store-call';
import type { FoundSubmission, StoreSession } from './store-call';
import { notADraft } from './submission-failures';
import { submissionFiles } from './submission-files';
import { guarded, ofStore } from './to-failure';

type Output = { committed: true } | { committed: false; why: 'canceled' };

interface Attempt {
  readonly deps: ActivityDeps;
  readonly input: SubmissionCall;
  readonly record: ReleaseRecord;
  readonly session: StoreSession;
}

/**
 * Commits the draft. A cancel and the commit exclude each other by one compare-and-swap before anything is sent. Safe
 * to repeat, killed anywhere or running twice: every attempt looks first, any status past the draft means that our
 * commit was taken, and the POST is sent again only after the remote state has had time to show it.
 */
export function createCommitStoreSubmission(deps: ActivityDeps): Activity<SubmissionCall, Output> {
  return (input) =>
    guarded<Output>(async () => {
      const mine = await holderOf(deps, input);
      if (!mine.ok) return mine;
      const session = await openSession(deps, input, 2);
      const submission = await session.getSubmission(input.submissionId);
      if (submission.status !== 'PendingCommit') return pastDraft(deps, input, submission);
      const attempt: Attempt = { deps, input, record: mine.value, session };
      const changed = await changesOf(attempt, submission);
      if (changed.length > 0) return somebodyChanged(input, changed);
      return decide(attempt);
    });
}

/** Judged by what is noted now: another copy of this activity notes its commit before it sends it. */
async function pastDraft(
  deps: ActivityDeps,
  input: SubmissionCall,
  submission: FoundSubmission,
): Promise<Result<Output>> {
  const mine = await holderOf(deps, input);
  if (!mine.ok) return mine;
  const record = mine.value;
  const intent = asCommitIntent(record.intent);
  if (record.phase === 'open' || intent?.submissionId !== submission.id) {
    if (record.phase !== 'committed') return notADraft(submission);
  }
  await deps.releases.setPhaseCommitted(input);
  return ok({ committed: true });
}

/**
 * The draft may have waited for an approval for days: what is committed is what was verified, and nothing that somebody
 * has set since where nothing was.
 */
async function changesOf({ deps, input }: Attempt, submission: FoundSubmission): Promise<string[]> {
  const files = submissionFiles(deps.work, input.releaseId, input.submissionId);
  const [plan, readBack] = [await files.plan(), await files.readBack()];
  const current = submission.document;
  const changed = plan === undefined ? [] : differences(plan, current);
  return [...new Set([...changed, ...(readBack === undefined ? [] : differences(current, readBack))])];
}

function somebodyChanged({ submissionId }: SubmissionCall, pointers: readonly string[]): Result<Output> {
  const where = pointers.slice(0, 10).join(', ');
  const message = `The draft ${submissionId} was changed after it was verified, at ${where}. It was not committed.`;
  return failed({ code: 'submission-changed', message, retryable: false });
}

async function decide(attempt: Attempt): Promise<Result<Output>> {
  const { deps, input, record } = attempt;
  const sent = asCommitIntent(record.intent);
  if (sent !== undefined && sent.submissionId === input.submissionId) {
    const waitMs = Date.parse(sent.at) + deps.settings.settleMs - deps.now().getTime();
    if (waitMs > 0) return unsettled(waitMs);
  }
  const phase = await deps.releases.setPhaseCommitting(input);
  if (phase === 'canceled') return ok({ committed: false, why: 'canceled' });
  if (phase === 'fenced') return unsettled(deps.settings.settleMs);
  return send(attempt, sent);
}

async function send(attempt: Attempt, sent: CommitIntent | undefined): Promise<Result<Output>> {
  const { deps, input, record } = attempt;
  const intent: CommitIntent = { kind: 'commit', at: deps.now().toISOString(), submissionId: input.submissionId };
  const stored = await deps.releases.setIntent(input, intent, record.intent);
  // Another copy of this activity is sending: the status will show it.
  if (stored.kind !== 'set') return unsettled(deps.settings.settleMs);
  return post(attempt, sent?.submissionId === input.submissionId ? sent : undefined);
}

/** @param sent an earlier POST whose answer was lost, and which may still be applied */
async function post({ deps, input, session }: Attempt, sent: CommitIntent | undefined): Promise<Result<Output>> {
  const { submissionId } = input;
  try {
    await session.product.commitSubmission(submissionId, session.call);
  } catch (error) {
    const remote = storeFailure(error);
    if (remote === undefined) throw error;
    // A wrong state may be the trace of a commit of ours: the next attempt looks.
    if (remote.meaning === 'wrong-state') return failed({ ...ofStore(remote), retryable: true });
    if (!remote.unclear) {
      await deps.releases.replaceIntent(input, sent ?? null);
      const isRefused = remote.meaning !== 'deferred' && !remote.retryable;
      if (isRefused && sent === undefined) await deps.releases.setPhaseOpen(input);
    }
    return failed(ofStore(remote));
  }
  await deps.releases.setPhaseCommitted(input);
  return ok({ committed: true });
}

function unsettled(waitMs: number): Result<Output> {
  return failed({
    code: 'partner-center-unavailable',
    message: 'A commit was sent and its answer lost; the submission is still a draft.',
    retryable: true,
    unclear: true,
    retryAfterMs: waitMs,
  });
}
