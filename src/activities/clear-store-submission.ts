import type { SubmissionCall } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { ReleaseDocument } from '../domain/release-document';
import { judgePending } from '../domain/store/pending-verdict';
import { isOnlySubmission } from '../domain/store/product';
import type { Activity, ActivityDeps } from './deps';
import { deleteDraft } from './delete-draft';
import { holderOf } from './fence';
import { findSubmission, openSession } from './store-call';
import { guarded } from './to-failure';
import { whoseSubmission } from './whose-submission';

/**
 * Deletes a submission that holds the product's slot: a leftover of ours, or foreign work where the release says so.
 * Judged again right before the deletion, since somebody may have gone on with it; then it is left alone, and the next
 * look finds it as it is. Safe to repeat.
 */
export function createClearStoreSubmission(deps: ActivityDeps): Activity<SubmissionCall, object> {
  return (input) =>
    guarded<object>(async () => {
      const mine = await holderOf(deps, input);
      if (!mine.ok) return mine;
      const document = await deps.documents.read<ReleaseDocument>(input.releaseId);
      const session = await openSession(deps, input, 4);
      const { publishedId, pendingId } = await session.getProduct();
      if (pendingId !== input.submissionId) return ok({});
      const submission = await findSubmission(session, input.submissionId);
      if (submission === undefined) return ok({});
      const origin = await whoseSubmission(deps, input.product, mine.value, submission);
      const { status, friendlyName } = submission;
      const isOnly = isOnlySubmission(input.product, publishedId);
      const pending = { submissionId: submission.id, status, friendlyName, origin, isOnly };
      const verdict = judgePending(pending, document?.options?.onForeignDraft ?? 'refuse');
      if (verdict.kind === 'stop') return failed(verdict.failure);
      if (verdict.kind !== 'clear') return ok({});
      const deleted = await deleteDraft(session, input);
      if (deleted.ok && mine.value.submissionId === input.submissionId) await forget(deps, input);
      return deleted;
    });
}

/** What this release had committed is gone: it may be canceled again. */
async function forget(deps: ActivityDeps, input: SubmissionCall): Promise<void> {
  await deps.releases.setSubmission(input, null);
  await deps.releases.setPhaseOpen(input);
}
