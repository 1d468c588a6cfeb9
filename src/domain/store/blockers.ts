import { packagesOf } from './submission';
import type { StoreSubmission } from './submission';

/**
 * Whether the API hides the price of a published app: newer prices it cannot express read as `Base`, and sending that
 * back may reset the real one (official CLI, commits 0b4b0bc and 51c1bc4).
 */
export function hiddenPrice(published: StoreSubmission): boolean {
  return published.pricing?.priceId === 'Base';
}

/**
 * Whether a release would ship to everyone what a halted rollout stopped: the live submission is halted, a new one is
 * cloned from it, and packages that its fallback does not have would stay.
 *
 * @param fallback the submission that everyone else runs; `null` when it is unknown: then every package counts as halted
 */
export function shipsHaltedPackages(
  published: StoreSubmission,
  fallback: StoreSubmission | null,
  merged: StoreSubmission,
): boolean {
  if (published.packageDeliveryOptions?.packageRollout?.packageRolloutStatus !== 'PackageRolloutStopped') return false;
  const good = new Set(fallback === null ? [] : packagesOf(fallback).map(identity));
  const halted = new Set(
    packagesOf(published)
      .map(identity)
      .filter((name) => !good.has(name)),
  );
  return packagesOf(merged).some(
    (entry) =>
      entry.fileStatus !== 'PendingDelete' && entry.fileStatus !== 'PendingUpload' && halted.has(identity(entry)),
  );
}

function identity(entry: { readonly id?: string | null | undefined; readonly fileName: string }): string {
  return entry.id ?? entry.fileName.toLowerCase();
}
