import type { Outcome, Submission, SubmissionStatus } from '../../core/model';

/** Shares of the certification duration. *Assumed*; the order is *documented*. */
const SHARES: Partial<Record<SubmissionStatus, number>> = {
  CommitStarted: 0.1,
  PreProcessing: 0.2,
  Certification: 0.5,
  Release: 0.05,
  PendingPublication: 0.05,
  Publishing: 0.1,
};

const FAILS_IN: Partial<Record<Outcome['result'], SubmissionStatus>> = {
  CommitFailed: 'CommitStarted',
  PendingCommit: 'CommitStarted',
  PreProcessingFailed: 'PreProcessing',
  CertificationFailed: 'Certification',
  ReleaseFailed: 'Release',
  PublishFailed: 'Publishing',
};

/** A change of status that time brings about. */
export interface Transition {
  readonly at: number;
  readonly to: SubmissionStatus;
}

/** When and whereto a submission leaves its status; undefined = not by itself. */
export function nextTransition(submission: Submission): Transition | undefined {
  const { status, commit } = submission;
  const share = SHARES[status];
  if (!commit || share === undefined) return undefined;
  const { outcome } = commit;
  if (outcome?.result === 'Stuck' && outcome.stuckIn === status) return undefined;
  const at = submission.since + commit.duration * share;
  if (outcome && FAILS_IN[outcome.result] === status) {
    return { at, to: outcome.result as SubmissionStatus };
  }
  return status === 'Release' ? leaveRelease(submission, at) : { at, to: successor(status) };
}

/** *Documented*: `Manual` waits for a person, `SpecificDate` for its date; who presses "publish now" ends either. */
function leaveRelease(submission: Submission, at: number): Transition | undefined {
  const { targetPublishMode, targetPublishDate } = submission.content;
  const to = successor('Release', targetPublishMode);
  const released = targetPublishMode === 'SpecificDate' ? Date.parse(targetPublishDate) : undefined;
  if (targetPublishMode !== 'Manual' && released === undefined) return { at, to };
  const due = Math.min(submission.pressed ?? Infinity, Number.isNaN(released) ? Infinity : (released ?? Infinity));
  return due === Infinity ? undefined : { at: Math.max(at, due), to };
}

/** The next status when all goes well. *Observed* for `Immediate`; `PendingPublication` otherwise is *assumed*. */
function successor(status: SubmissionStatus, mode = 'Immediate'): SubmissionStatus {
  switch (status) {
    case 'CommitStarted':
      return 'PreProcessing';
    case 'PreProcessing':
      return 'Certification';
    case 'Certification':
      return 'Release';
    case 'Release':
      return mode === 'Manual' || mode === 'SpecificDate' ? 'PendingPublication' : 'Publishing';
    case 'PendingPublication':
      return 'Publishing';
    default:
      return 'Published';
  }
}
