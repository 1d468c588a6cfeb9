import type { Failure } from '../failure';
import type { OnForeignDraft } from '../release-document';
import { failedStatuses, isInFlight } from './submission-status';
import type { SubmissionOrigin } from './submission-origin';

/** An unpublished submission that holds the product's only slot. */
export interface PendingSubmission {
  readonly submissionId: string;
  readonly status: string;
  readonly friendlyName: string;
  readonly origin: SubmissionOrigin;
  /** The only submission that a flight ever had: with it, the flight would be gone for good. */
  readonly isOnly?: boolean | undefined;
}

/** What to do about it before a submission can be made. */
export type PendingVerdict =
  /** Go on with it as our own. */
  | { readonly kind: 'use'; readonly how: 'found' | 'adopted' }
  /** It is ours and committed already: watch it. */
  | { readonly kind: 'watch' }
  /** Delete it. */
  | { readonly kind: 'clear'; readonly why: 'own' | 'replaced' }
  /** It is being published: nothing can be made until that has ended. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'stop'; readonly failure: Failure };

/** Never destroys what is not ours unless the release says so; clears what is. */
export function judgePending(pending: PendingSubmission, policy: OnForeignDraft): PendingVerdict {
  const verdict = judgeSlot(pending, policy);
  if (pending.isOnly !== true || verdict.kind !== 'clear') return verdict;
  // Nothing can be made in its place: a draft of ours is gone on with, anything else is for a person to decide.
  const isOurs = pending.origin === 'own' || pending.origin === 'leftover';
  if (isOurs && pending.status === 'PendingCommit') return { kind: 'use', how: 'adopted' };
  return stop('flight-spent', pending, 'is the only one of its flight, which deleting it would end');
}

function judgeSlot(pending: PendingSubmission, policy: OnForeignDraft): PendingVerdict {
  if (isInFlight(pending.status)) return pending.origin === 'own' ? { kind: 'watch' } : { kind: 'wait' };
  if (pending.status === 'Published') return { kind: 'wait' };
  const draft = pending.status === 'PendingCommit';
  switch (pending.origin) {
    case 'own':
      return draft ? { kind: 'use', how: 'found' } : { kind: 'clear', why: 'own' };
    case 'leftover':
      return { kind: 'clear', why: 'own' };
    case 'portal':
      return stop('draft-edited-in-portal', pending, 'was made or touched in Partner Center, out of reach of the API');
    case 'foreign':
      return judgeForeign(pending, policy, draft);
  }
}

function judgeForeign(pending: PendingSubmission, policy: OnForeignDraft, draft: boolean): PendingVerdict {
  if (policy === 'replace') return { kind: 'clear', why: 'replaced' };
  if (policy === 'adopt' && draft) return { kind: 'use', how: 'adopted' };
  const why = failedStatuses.includes(pending.status) ? 'failed, holds the slot, and is not ours' : 'is not ours';
  return stop('foreign-draft', pending, why);
}

function stop(
  code: 'draft-edited-in-portal' | 'foreign-draft' | 'flight-spent',
  pending: PendingSubmission,
  why: string,
): PendingVerdict {
  const name = pending.friendlyName === '' ? pending.submissionId : `"${pending.friendlyName}"`;
  const message = `The pending submission ${name} (${pending.submissionId}, ${pending.status}) ${why}.`;
  return { kind: 'stop', failure: { code, message, retryable: false } };
}
