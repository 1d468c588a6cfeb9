import { randomUUID } from 'node:crypto';
import type { CertificationReport, StatusDetail, Submission } from '../../core/model';

/**
 * What the store says about a submission in its present status, as far as an outcome decides it. *Observed*: errors and
 * reports may show while a submission is still in CommitStarted, so one that is stuck has those of its outcome.
 */
export function findings(submission: Submission): { errors: StatusDetail[]; reports: CertificationReport[] } {
  const { status, commit } = submission;
  const outcome = commit?.outcome;
  const stuck = outcome?.result === 'Stuck' && outcome.stuckIn === status;
  if (!outcome || (!stuck && outcome.result !== status)) return { errors: [], reports: [] };
  return { errors: outcome.errors, reports: outcome.reports };
}

/** Details of an error code where they were *observed*; those of the others were never captured. */
export function knownDetails(code: string): string {
  return code === 'IsInternalError' ? `Commit workflow ${randomUUID()} is cancelled.` : '';
}
