import { failed } from '../domain/failure';
import type { Result } from '../domain/failure';
import type { AppSubmission } from '../partner-center/store';

/** The submission left the draft state although this release did not commit it. */
export function notADraft(submission: Pick<AppSubmission, 'id' | 'status'>): Result<never> {
  const message = `The submission ${submission.id} is ${submission.status}, no longer a draft: somebody else went on with it.`;
  return failed({ code: 'submission-changed', message, retryable: false });
}
