import type { Application, Submission } from '../../core/model';
import type { World } from '../../core/world';

/**
 * What publication changes. *Documented*: the submission becomes the last published one, the pending reference goes, the
 * first publication date is set once, and a package rollout begins when it was asked for. Users outside its percentage
 * get what they had before: where the last rollout was halted, its fallback (*assumed*).
 */
export function publish(world: World, submission: Submission): void {
  const application = world.applications.get(submission.application);
  if (!application) return;
  lose(submission, world.submissions.get(application.published ?? ''));
  if (submission.content.packageDeliveryOptions.packageRollout.isPackageRollout) {
    submission.rolloutStatus = 'PackageRolloutInProgress';
    submission.fallbackSubmissionId = servedBefore(world, application);
  }
  application.published = submission.id;
  if (application.pending === submission.id) delete application.pending;
  application.firstPublished ??= submission.since;
}

/** *Observed* (once each): what was committed and certified is published without its packages, or without its rollout. */
function lose({ commit, content }: Submission, before: Submission | undefined): void {
  const loses = commit?.outcome?.loses ?? [];
  if (loses.includes('packages') && before)
    content.applicationPackages = structuredClone(before.content.applicationPackages);
  if (loses.includes('rollout')) content.packageDeliveryOptions.packageRollout.isPackageRollout = false;
}

function servedBefore(world: World, application: Application): string {
  const before = world.submissions.get(application.published ?? '');
  if (!before) return application.published ?? '0';
  return before.rolloutStatus === 'PackageRolloutStopped' ? before.fallbackSubmissionId : before.id;
}
