import type { RemoteCall, SubmissionCall } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import type { Left } from '../domain/release';
import { isCloneOf } from '../domain/store/compare-submissions';
import { productKey } from '../domain/product';
import { isInFlight } from '../domain/store/submission-status';
import type { ReleaseRecord } from '../storage/release-record';
import type { Activity, ActivityDeps } from './deps';
import { deleteDraft } from './delete-draft';
import { deleteFlight } from './delete-flight';
import { recordOf } from './fence';
import { asCreateIntent } from './intent';
import { findSubmission, openSession } from './store-call';
import type { FoundSubmission, StoreSession } from './store-call';
import { guarded } from './to-failure';

type Output = { left: readonly Left[] };

/**
 * Takes back what a canceled run made: deletes its draft, also one whose create lost its answer, and says what cannot
 * be taken back. Safe to repeat: it looks first, and a draft that is gone is gone.
 */
export function createWithdrawStoreSubmission(deps: ActivityDeps): Activity<RemoteCall, Output> {
  return (input) =>
    guarded<Output>(async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const { intent, submissionId } = mine.value;
      const create = asCreateIntent(intent);
      if (submissionId === null && create === undefined) return ok({ left: [] });
      const session = await openSession(deps, input, 4);
      const { pendingId: pending } = await session.getProduct();
      if (pending === null) return create === undefined ? ok({ left: [] }) : settled(deps, create.at);
      const submission = await findSubmission(session, pending);
      if (submission === undefined) return vanished(session, pending);
      if (!(await isOurs(session, mine.value, submission))) return ok({ left: [] });
      return takeBack(deps, input, session, submission);
    });
}

/** The app showed it, and it is not there: another copy has just deleted it, or one of the two answers was old. */
async function vanished(session: StoreSession, pending: string): Promise<Result<Output>> {
  if ((await session.getProduct()).pendingId !== pending) return ok({ left: [] });
  const message = `The app shows the submission ${pending}, which is not there.`;
  return failed({ code: 'partner-center-unavailable', message, retryable: true });
}

/** Nothing shows; but a create may still be on its way. */
function settled(deps: ActivityDeps, at: string): Result<Output> {
  const waitMs = Date.parse(at) + deps.settings.settleMs - deps.now().getTime();
  if (!(waitMs > 0)) return ok({ left: [] });
  return failed({
    code: 'partner-center-unavailable',
    message: 'A create was sent and its answer lost; the app does not show a draft yet.',
    retryable: true,
    unclear: true,
    retryAfterMs: waitMs,
  });
}

async function isOurs(session: StoreSession, record: ReleaseRecord, submission: FoundSubmission): Promise<boolean> {
  if (submission.id === record.submissionId) return true;
  const intent = asCreateIntent(record.intent);
  if (intent === undefined) return false;
  if (intent.submissionId === submission.id) return true;
  const { publishedId } = await session.getProduct();
  const original = publishedId === null ? {} : (await session.getSubmission(publishedId)).document;
  return intent.publishedId === publishedId && isCloneOf(submission.document, original);
}

/** A flight ends with its only submission, and one that was never published is there for this release alone. */
async function deleteOwn(session: StoreSession, input: SubmissionCall): Promise<Result<object>> {
  const { product } = input;
  if (product.kind !== 'store-flight' || (await session.getProduct()).publishedId !== null) {
    return deleteDraft(session, input);
  }
  return deleteFlight(session, product);
}

async function takeBack(
  deps: ActivityDeps,
  input: RemoteCall,
  session: StoreSession,
  submission: FoundSubmission,
): Promise<Result<Output>> {
  const own = await deps.ownSubmissions.get(productKey(input.product), submission.id);
  if (isInFlight(submission.status)) return ok({ left: ['publication'] });
  // Somebody else's work that the release went on with stays, and so does what the API cannot reach.
  if (own?.how === 'adopted') return ok({ left: ['draft'] });
  const deleted = await deleteOwn(session, { ...input, submissionId: submission.id });
  if (deleted.ok) return ok({ left: [] });
  return deleted.failure.retryable ? deleted : ok({ left: ['draft'] });
}
