import { failed } from '../domain/failure';
import type { Result } from '../domain/failure';
import type { FoundSubmission } from './store-call';

/** The submission left the draft state although this release did not commit it. */
export function notADraft(submission: Pick<FoundSubmission, 'id' | 'status'>): Result<never> {
  const message = `The submission ${submission.id} is ${submission.status}, no longer a draft: somebody else went on with it.`;
  return failed({ code: 'submission-changed', message, retryable: false });
}
