import type { SubmissionCall } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import { storeFailure } from '../partner-center/store';
import type { StoreSession } from './store-call';
import { ofStore } from './to-failure';

/**
 * Deletes a draft and makes sure that it is gone: the app may show it for a while after an answer, and may not show it
 * any more without one. Safe to repeat: a draft that is gone is not asked for again.
 */
export async function deleteDraft(session: StoreSession, input: SubmissionCall): Promise<Result<object>> {
  const { submissionId } = input;
  try {
    await session.product.deleteSubmission(submissionId, session.call);
  } catch (error) {
    const remote = storeFailure(error);
    if (remote === undefined) throw error;
    if (remote.meaning !== 'submission-not-found' && remote.meaning !== 'not-found') return failed(ofStore(remote));
  }
  const { pendingId: pending } = await session.getProduct();
  if (pending !== submissionId) return ok({});
  return failed({
    code: 'partner-center-unavailable',
    message: `The submission ${submissionId} was deleted, and the app still shows it.`,
    retryable: true,
    unclear: true,
  });
}
