import type { OnRunningRollout } from '../release-document';
import { haltedPackages, identityOf } from './blockers';
import { newerThan, placeOf } from './package-slots';
import type { KnownPackage } from './packages-to-send';
import { packagesOf } from './submission';
import type { StorePackage, StoreSubmission } from './submission';

/** What the packages of a product are to its users. Packages are named by `identityOf`. */
export interface LivePackages {
  /** What everyone gets who is outside of a rollout: of all that is live for everyone, the newest of each slot. */
  readonly served: ReadonlySet<string>;
  /** What a halted rollout stopped. */
  readonly halted: ReadonlySet<string>;
  /** A rollout runs, and nobody knows yet how it ends: `served` has what everyone gets either way. */
  readonly isOpen: boolean;
}

/** What is live, and the submission that its rollout falls back to; `null` = none, or unknown. */
export interface LiveSubmissions {
  readonly published: StoreSubmission | null;
  readonly fallback: StoreSubmission | null;
}

/**
 * What everyone runs when the next submission is made: with a halted rollout the packages that it falls back to, as far
 * as they are still there, otherwise all that are live.
 *
 * @param policy what the release does with a rollout that still runs
 */
export function livePackages(
  { published, fallback }: LiveSubmissions,
  policy: OnRunningRollout = 'refuse',
  known: readonly KnownPackage[] = [],
): LivePackages {
  if (published === null) return { served: new Set(), halted: new Set(), isOpen: false };
  const settled = policy === 'halt' ? afterHalt(published) : published;
  const halted = haltedPackages(settled, fallback);
  const everyones = packagesOf(settled).filter((entry) => !halted.has(identityOf(entry)));
  const served = newest(everyones, known);
  const isOpen = isRunning(settled) && policy !== 'finalize';
  if (!isOpen) return { served: new Set(served), halted, isOpen };
  const stopped = haltedPackages(afterHalt(published), fallback);
  const others = packagesOf(published).filter((entry) => !stopped.has(identityOf(entry)));
  return { served: new Set([...served, ...newest(others, known)]), halted, isOpen };
}

/** A release that halts a rollout is judged by what it will find then, before it changes anything. */
export function afterHalt(live: StoreSubmission): StoreSubmission {
  if (!isRunning(live)) return live;
  const { packageDeliveryOptions } = live;
  const packageRollout = {
    ...packageDeliveryOptions?.packageRollout,
    packageRolloutStatus: 'PackageRolloutStopped',
  };
  return { ...live, packageDeliveryOptions: { ...packageDeliveryOptions, packageRollout } };
}

function isRunning({ packageDeliveryOptions }: StoreSubmission): boolean {
  return packageDeliveryOptions?.packageRollout?.packageRolloutStatus === 'PackageRolloutInProgress';
}

/** The Store gives a device the highest version that it can run. */
function newest(packages: readonly StorePackage[], known: readonly KnownPackage[]): string[] {
  const places = packages.map((entry) => placeOf(entry, known));
  const isNewest = (index: number): boolean => {
    const place = places[index];
    return place?.slots.some((slot) => newerThan(place, slot, places) === 0) === true;
  };
  return packages.filter((_entry, index) => isNewest(index)).map(identityOf);
}
