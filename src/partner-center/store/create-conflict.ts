import { RolloutStatus } from './enums';
import type { ProductState } from './product-client';
import type { StoreKind } from './products';
import type { PackageRollout } from './submission-schema';

/** Why a create was answered with a conflict. */
export type CreateConflict = 'submission-pending' | 'rollout-running' | 'unknown';

/**
 * Tells the two reasons for one and the same answer apart, by what the product looks like: a pending submission, or a
 * published one whose rollout is in progress (pass its rollout). `unknown`: neither; it may be over by now. Pure.
 */
export function explainCreateConflict(
  product: Pick<ProductState<StoreKind>, 'pendingId'>,
  rollout?: Pick<PackageRollout, 'packageRolloutStatus'>,
): CreateConflict {
  if (product.pendingId !== null) return 'submission-pending';
  return rollout?.packageRolloutStatus === RolloutStatus.inProgress ? 'rollout-running' : 'unknown';
}
