import type { Product, Submission } from '../../core/model';
import type { World } from '../../core/world';
import { packagesOf, rolloutOf, setPackages } from '../document/content';
import { productOf } from '../products/lookup';

/**
 * What publication changes. *Documented*: the submission becomes the last published one, the pending reference goes, the
 * first publication date of an application is set once, and a package rollout begins when it was asked for. Users outside
 * its percentage get what they had before: where the last rollout was halted, its fallback (*assumed*).
 */
export function publish(world: World, submission: Submission): void {
  const product = productOf(world, submission);
  if (!product) return;
  lose(submission, world.submissions.get(product.published ?? ''));
  if (rolloutOf(submission.content)?.isPackageRollout) {
    submission.rolloutStatus = 'PackageRolloutInProgress';
    submission.fallbackSubmissionId = servedBefore(world, product);
  }
  product.published = submission.id;
  if (product.pending === submission.id) delete product.pending;
  const application = submission.kind === 'application' && world.applications.get(submission.product);
  if (application) application.firstPublished ??= submission.since;
}

/** *Observed* (once each): what was committed and certified is published without its packages, or without its rollout. */
function lose({ commit, content }: Submission, before: Submission | undefined): void {
  const loses = commit?.outcome?.loses ?? [];
  if (loses.includes('packages') && before) setPackages(content, structuredClone(packagesOf(before.content)));
  const rollout = rolloutOf(content);
  if (loses.includes('rollout') && rollout) rollout.isPackageRollout = false;
}

function servedBefore(world: World, product: Product): string {
  const before = world.submissions.get(product.published ?? '');
  if (!before) return product.published ?? '0';
  return before.rolloutStatus === 'PackageRolloutStopped' ? before.fallbackSubmissionId : before.id;
}
