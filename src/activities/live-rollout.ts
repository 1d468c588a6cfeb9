import type { RolloutSeen } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Failure, Result } from '../domain/failure';
import type { SeenRollout } from '../domain/store/rollout';
import type { PackageRollout, ProductRollout } from '../partner-center/store';
import type { StoreSession } from './store-call';

/** The rollout of a product's submissions, and which of them is meant. */
export interface RolloutAccess {
  readonly submissionId: string;
  readonly rollout: ProductRollout;
}

/** Finds out which submission is live, where the caller does not say whose rollout it means: one request then, else none. */
export async function openRollout(session: StoreSession, submissionId: string | null): Promise<Result<RolloutAccess>> {
  const { rollout } = session.product;
  if (rollout === undefined) return failed(noRollout('An add-on has no packages, and so no rollout.'));
  const id = submissionId ?? (await session.getProduct()).publishedId;
  return id === null ? failed(noRollout('The product was never published.')) : ok({ submissionId: id, rollout });
}

/** Reads the rollout: one request more than `openRollout`. */
export async function seenRollout(session: StoreSession, submissionId: string | null): Promise<Result<RolloutSeen>> {
  const open = await openRollout(session, submissionId);
  if (!open.ok) return open;
  const { rollout, submissionId: id } = open.value;
  return ok({ submissionId: id, seen: seenOf((await rollout.getPackageRollout(id, session.call)).value) });
}

export function seenOf(rollout: PackageRollout): SeenRollout {
  const { isPackageRollout: isRollout, packageRolloutPercentage: percentage, packageRolloutStatus } = rollout;
  return { isRollout, percentage, status: packageRolloutStatus ?? 'PackageRolloutNotStarted' };
}

function noRollout(message: string): Failure {
  return { code: 'rollout-not-running', message, retryable: false };
}
