import type { Failure } from '../failure';
import type { FailureCode } from '../failure-catalogue';
import type { RemoteMessage, RemoteView, StepName } from '../release';
import type { StoreUntil, Until } from '../release-document';

/** What the status of a committed submission means for a release that wants to get as far as `until`. */
export type StatusVerdict =
  | { readonly kind: 'reached' }
  | { readonly kind: 'going-on' }
  /** Certified; a person publishes it in Partner Center. */
  | { readonly kind: 'publisher' }
  | { readonly kind: 'canceled-in-portal' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** The end that a release to the Store has; no other gets there. */
export function storeUntil(until: Until): StoreUntil {
  return until === 'committed' || until === 'certified' ? until : 'published';
}

const processed = ['PreProcessing', 'Certification', 'Release', 'PendingPublication', 'Publishing', 'Published'];
const certified = ['Release', 'PendingPublication', 'Publishing', 'Published'];

const reachedBy: Readonly<Record<StoreUntil, readonly string[]>> = {
  committed: processed,
  certified,
  published: ['Published'],
};

/** What each failed status means for a release, and the step it failed in. */
const failures: Readonly<Record<string, { readonly code: FailureCode; readonly step: StepName }>> = {
  CommitFailed: { code: 'commit-failed', step: 'commit' },
  PreProcessingFailed: { code: 'preprocessing-failed', step: 'certify' },
  CertificationFailed: { code: 'certification-failed', step: 'certify' },
  ReleaseFailed: { code: 'release-failed', step: 'publish' },
  PublishFailed: { code: 'publish-failed', step: 'publish' },
};

/** The statuses in which nothing is in progress and the pending slot is held by something that failed. */
export const failedStatuses: readonly string[] = Object.keys(failures);

const idleStatuses: readonly string[] = ['None', 'PendingCommit', 'Published', 'Canceled', ...failedStatuses];

/** Committed and neither failed, published nor canceled. An unknown status is taken for progress: the set is open. */
export function isInFlight(status: string): boolean {
  return !idleStatuses.includes(status);
}

/** Whether a committed submission that failed so is no publication any more, but a draft that holds the slot. */
export function isDraftAgain(code: FailureCode): boolean {
  const ofDrafts: readonly FailureCode[] = ['age-rating-missing', 'commit-reverted'];
  return ofDrafts.includes(code) || Object.values(failures).some((failure) => failure.code === code);
}

/** Judges a status after the commit. An unknown status is taken for progress: the set is open. */
export function judgeStatus(remote: RemoteView, publishMode: string, until: StoreUntil): StatusVerdict {
  if (reachedBy[until].includes(remote.status)) return { kind: 'reached' };
  if (remote.status === 'Canceled') return { kind: 'canceled-in-portal' };
  if (remote.status === 'PendingCommit') return { kind: 'failed', failure: reverted };
  if (failedStatuses.includes(remote.status)) return { kind: 'failed', failure: failureOf(remote) };
  if (holdOf(remote.status, publishMode, undefined)?.for === 'publisher') return { kind: 'publisher' };
  return { kind: 'going-on' };
}

/** What a certified submission waits for because it was asked to: a person, or a time (RFC 3339). */
export type StoreHold = { readonly for: 'publisher' } | { readonly for: 'date'; readonly until: string };

/** `undefined` = a submission with this status is not held back. */
export function holdOf(status: string, publishMode: string, publishAt: string | undefined): StoreHold | undefined {
  if (status === 'Release' && publishMode === 'Manual') return { for: 'publisher' };
  const isCertified = status === 'Release' || status === 'PendingPublication';
  if (!isCertified || publishMode !== 'SpecificDate' || publishAt === undefined) return undefined;
  return { for: 'date', until: publishAt };
}

/** The step that a release is in while its submission has this status; `undefined` = the one it was in before. */
export function stepOfStatus(status: string): StepName | undefined {
  if (certified.includes(status)) return 'publish';
  if (processed.includes(status)) return 'certify';
  if (status === 'CommitStarted' || status === 'PendingCommit') return 'commit';
  return failures[status]?.step;
}

const reverted: Failure = {
  code: 'commit-reverted',
  message: 'The submission was committed and is a draft again: Partner Center could not process it.',
  retryable: false,
};

function failureOf(remote: RemoteView): Failure {
  return {
    code: codeOf(remote),
    message: sentence(remote),
    retryable: false,
    errors: remote.errors.map(({ code, details }) => ({ pointer: '', code, message: details })),
  };
}

function codeOf(remote: RemoteView): FailureCode {
  if (remote.errors.length === 1 && remote.errors[0]?.code === 'InvalidMicrosoftAgeRating') return 'age-rating-missing';
  return failures[remote.status]?.code ?? 'publish-failed';
}

function sentence(remote: RemoteView): string {
  const details = remote.errors.map(describe).filter((text) => text !== '');
  if (remote.errors.every((error) => error.code === 'InvalidState') && remote.errors.length > 0) {
    return `The submission ended as ${remote.status}; what is wrong with it can be seen in Partner Center only.`;
  }
  return details.length === 0
    ? `The submission ended as ${remote.status}, and Partner Center gave no reason.`
    : `The submission ended as ${remote.status}: ${details.join(' ')}`.slice(0, 2000);
}

function describe({ code, details }: RemoteMessage): string {
  return details === '' ? code : details;
}
