import { RolloutStatus } from './enums';
import type { Application, PackageRollout } from './schema';

/** Why a create was answered with a conflict. */
export type CreateConflict = 'submission-pending' | 'rollout-running' | 'unknown';

/**
 * Tells the two reasons for one and the same answer apart, by what the app looks like: a pending submission, or a
 * published one whose rollout is in progress (pass its rollout). `unknown`: neither; it may be over by now. Pure.
 */
export function explainCreateConflict(
  application: Pick<Application, 'pendingApplicationSubmission'>,
  rollout?: Pick<PackageRollout, 'packageRolloutStatus'>,
): CreateConflict {
  if (application.pendingApplicationSubmission !== undefined) return 'submission-pending';
  return rollout?.packageRolloutStatus === RolloutStatus.inProgress ? 'rollout-running' : 'unknown';
}
