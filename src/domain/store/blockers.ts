import { asText } from '../json-value';
import { packagesOf } from './submission';
import type { StorePackage, StoreSubmission } from './submission';

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
  const halted = haltedPackages(published, fallback);
  return packagesOf(merged).some(
    (entry) =>
      entry.fileStatus !== 'PendingDelete' && entry.fileStatus !== 'PendingUpload' && halted.has(identityOf(entry)),
  );
}

/**
 * The packages that a halted rollout stopped: those of the live submission that its fallback does not have.
 *
 * @param fallback as for `shipsHaltedPackages`
 */
export function haltedPackages(published: StoreSubmission, fallback: StoreSubmission | null): ReadonlySet<string> {
  const { packageRollout } = published.packageDeliveryOptions ?? {};
  if (packageRollout?.packageRolloutStatus !== 'PackageRolloutStopped') return new Set();
  const good = new Set(fallback === null ? [] : packagesOf(fallback).map(identityOf));
  return new Set(
    packagesOf(published)
      .map(identityOf)
      .filter((name) => !good.has(name)),
  );
}

/** What names a package across submissions: a clone keeps its id. One that has none yet may have an empty one. */
export function identityOf({ id, fileName }: Pick<StorePackage, 'id' | 'fileName'>): string {
  return asText(id) === '' ? fileName.toLowerCase() : asText(id);
}
