import { boundFaults } from '../bound-faults';
import type { Fault } from '../release';
import { atOrigin } from '../plain-document';
import type { PlainDocument } from '../plain-document';
import { shipsHaltedPackages } from './blockers';
import type { ChangeContext } from './changes/place';
import { differences } from './compare-submissions';
import { fitPackages } from './fit-packages';
import { afterHalt, livePackages } from './live-packages';
import type { StoreKind } from './mapping';
import { packagesToSend } from './packages-to-send';
import type { KnownPackage } from './packages-to-send';
import { judgePending } from './pending-verdict';
import type { PendingSubmission } from './pending-verdict';
import { planRelease } from './plan-release';
import type { PlannedRelease, ReleaseFacts } from './plan-release';
import { isInFlight } from './submission-status';
import type { CheckedPackage, StoreApp, StoreSubmission } from './submission';

/** A submission as it was read. */
export interface SeenSubmission {
  readonly id: string;
  readonly status: string;
  readonly document: StoreSubmission;
}

/** A product as it is: what is live, what is pending, and what the last rollout fell back to. */
export interface SeenProduct {
  /** What packages must fit; `null` for an add-on, which has none. */
  readonly app: StoreApp | null;
  readonly published: SeenSubmission | null;
  readonly pending: (PendingSubmission & { readonly document: StoreSubmission }) | null;
  readonly fallback: SeenSubmission | null;
}

/** A release and the product that it is judged against. */
export interface ReleaseCase {
  readonly kind: StoreKind;
  readonly document: PlainDocument;
  readonly product: SeenProduct;
  /** What was found in the packages, in the document's order. */
  readonly packages: readonly CheckedPackage[];
  /** What this service has published of the product. */
  readonly known: readonly KnownPackage[];
  readonly assets: ChangeContext;
}

export interface Judgement {
  /** What the release is merged into: the draft it goes on with, else the clone that a create would make. */
  readonly base: StoreSubmission;
  readonly planned: PlannedRelease;
  /** Packages that are to be sent. */
  readonly added: readonly CheckedPackage[];
  /** Faults of document and packages against the product; nothing may be written while there is one. */
  readonly faults: readonly Fault[];
  /** Why the release must not touch the product, whatever the document says. */
  readonly blocker: 'price-hidden' | 'halted-packages' | null;
  /** The live rollout runs: the Store takes no new submission while it does. */
  readonly rolloutRunning: boolean;
  /** Everything that is asked for is live already, and nothing is on its way that would change it. */
  readonly nothingToDo: boolean;
}

/** Whether a release may go to its product as it is, and what it would send. Pure: the run and a plan judge alike. */
export function judgeRelease(asked: ReleaseCase): Judgement {
  const { hasAdvancedListingPermission } = asked.product.app ?? {};
  const release = { ...asked, assets: { ...asked.assets, hasAdvancedListingPermission } };
  const { kind, document, product, packages, known, assets } = release;
  const { published } = product;
  const base = baseOf(release);
  const added = packagesToSend(base, packages, known);
  const planned = planRelease(kind, base, document, { added, assets, ...factsOf(release) });
  const judged = { base, planned, added, rolloutRunning: rolloutOf(published) === 'PackageRolloutInProgress' };
  // What is on its way changes what the release is merged into: whether it fits that shows afterwards.
  const underWay = product.pending !== null && isUnderWay(product.pending);
  if (isLive(release)) return { ...judged, faults: [], blocker: null, nothingToDo: !underWay };
  const misfits = product.app === null ? [] : atOrigin(fitPackages(product.app, packages), document.origins);
  return {
    ...judged,
    faults: boundFaults(underWay ? misfits : [...misfits, ...planned.faults]),
    blocker: underWay ? null : blockerOf(release, planned),
    nothingToDo: false,
  };
}

/** What a release is planned by, whatever it goes on with. */
function factsOf({ document, product, known }: ReleaseCase): Pick<ReleaseFacts, 'published' | 'live' | 'known'> {
  const published = product.published?.document ?? null;
  const submissions = { published, fallback: product.fallback?.document ?? null };
  return { published, known, live: livePackages(submissions, document.options?.onRunningRollout, known) };
}

/** Whether Partner Center has taken it. */
export function isUnderWay({ status }: Pick<SeenSubmission, 'status'>): boolean {
  return isInFlight(status) || status === 'Published';
}

function baseOf({ document, product: { pending, published } }: ReleaseCase): StoreSubmission {
  const policy = document.options?.onForeignDraft ?? 'refuse';
  if (pending !== null && judgePending(pending, policy).kind === 'use') return pending.document;
  return published === null ? {} : published.document;
}

function blockerOf({ product, document }: ReleaseCase, planned: PlannedRelease): Judgement['blocker'] {
  const { published, fallback } = product;
  if (published === null || planned.blocker !== null) return planned.blocker;
  const live = document.options?.onRunningRollout === 'halt' ? afterHalt(published.document) : published.document;
  const ships = shipsHaltedPackages(live, fallback?.document ?? null, planned.submission);
  return ships ? 'halted-packages' : null;
}

function rolloutOf(published: SeenSubmission | null): string | undefined {
  return published?.document.packageDeliveryOptions?.packageRollout?.packageRolloutStatus ?? undefined;
}

/** Whether what is live needs no change to be all that is asked for, and everyone gets it. */
function isLive(release: ReleaseCase): boolean {
  const { kind, document, product, packages, known, assets } = release;
  const { published } = product;
  if (published === null) return false;
  const rollout = rolloutOf(published) ?? '';
  if (packages.length > 0 && ['PackageRolloutInProgress', 'PackageRolloutStopped'].includes(rollout)) return false;
  const current = published.document;
  const added = packagesToSend(current, packages, known);
  const merged = planRelease(kind, current, document, { added, assets, ...factsOf(release) });
  if (merged.packagesChanged || merged.faults.length > 0) return false;
  return differences(withRolloutOf(current, merged.submission), current).length === 0;
}

/** A rollout is about packages that come: that none comes leaves the one of what is live as it is. */
function withRolloutOf(current: StoreSubmission, planned: StoreSubmission): StoreSubmission {
  const { packageRollout } = current.packageDeliveryOptions ?? {};
  if (packageRollout === undefined) return planned;
  return { ...planned, packageDeliveryOptions: { ...planned.packageDeliveryOptions, packageRollout } };
}
