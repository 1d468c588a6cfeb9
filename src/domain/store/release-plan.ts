import { failureCatalogue } from '../failure-catalogue';
import { atOrigin } from '../plain-document';
import type { FailureCode } from '../failure-catalogue';
import type { Fault } from '../release';
import type { ReleaseDocument, ReleaseTarget } from '../release-document';
import { diffOf } from './diff-submissions';
import type { FieldChange } from '../field-changes';
import type { Judgement, ReleaseCase } from './judge-release';
import { packagesIn } from './mapping';
import { judgePending } from './pending-verdict';
import { planActions } from './plan-actions';
import type { PlanAction } from './plan-actions';
import type { CheckedPackage, StorePackage } from './submission';
import { warningsOf } from './warnings';
import type { Warning } from './warning-catalogue';

/** A package of the product as the release would leave it. */
export interface PlannedPackage {
  readonly fileName: string;
  /** Of one that is added: as it was found in its bytes. */
  readonly identity?: string | undefined;
  readonly version: string | null;
  readonly architecture: string | null;
  /** Bytes. */
  readonly size?: number | undefined;
  readonly sha256?: string | undefined;
  readonly fate: 'added' | 'kept' | 'removed';
}

/** Why the release would fail before it writes anything. */
export interface PlanBlocker {
  readonly code: string;
  readonly message: string;
  /** Into the release document, where one of its members is at fault. */
  readonly pointer?: string | undefined;
}

/** What a release would do, as people read it before they let it. */
export interface ReleasePlan {
  readonly target: ReleaseTarget;
  /** What would be done in Partner Center, in this order. */
  readonly actions: readonly PlanAction[];
  /** Against what is live; packages are apart. */
  readonly diff: readonly FieldChange[];
  readonly packages: readonly PlannedPackage[];
  readonly warnings: readonly Warning[];
  readonly blockers: readonly PlanBlocker[];
}

/** The plan of a release that was judged. A release that finds all it asks for live has nothing in it but packages. */
export function releasePlan(target: ReleaseTarget, release: ReleaseCase, judgement: Judgement): ReleasePlan {
  const { kind, document, product } = release;
  const { base, planned, added, nothingToDo } = judgement;
  const packages = packagesIn(kind, nothingToDo ? (product.published?.document ?? base) : planned.submission);
  const shown = packages.map((entry) => plannedPackage(entry, added));
  if (nothingToDo) return { target, actions: [], diff: [], packages: shown, warnings: [], blockers: [] };
  const warnings = warningsOf({
    base,
    planned: planned.submission,
    changes: document.changes,
    hasNewPackages: added.length > 0,
    hasRollout: document.options?.rollout !== undefined,
    isFirst: product.published === null,
  });
  return {
    target,
    actions: planActions(release, judgement),
    diff: diffOf(kind, product.published?.document ?? base, planned.submission),
    packages: shown,
    warnings: atOrigin([...warnings, ...(document.warnings ?? [])], document.origins),
    blockers: blockersOf(release, judgement),
  };
}

/** Of a release that fails before its product can be judged. */
export function blockedPlan(target: ReleaseTarget, blockers: readonly PlanBlocker[]): ReleasePlan {
  return { target, actions: [], diff: [], packages: [], warnings: [], blockers };
}

/** The plan where the product is to be made first: a flight comes with its first submission, an add-on without. */
export function forNewProduct(plan: ReleasePlan): ReleasePlan {
  if (plan.target.kind === 'store-add-on') return { ...plan, actions: ['createAddOn', ...plan.actions] };
  return { ...plan, actions: plan.actions.map((one) => (one === 'createSubmission' ? 'createFlight' : one)) };
}

/** The plan where another release has the product; one that would do nothing has nothing to wait for. */
export function behindOthers(
  plan: ReleasePlan,
  { options = {} }: ReleaseDocument,
  holder: string | undefined,
): ReleasePlan {
  if (holder === undefined || plan.actions.length === 0) return plan;
  switch (options.onBusy ?? 'queue') {
    case 'refuse':
      return { ...plan, blockers: [...plan.blockers, catalogued('product-busy', '/options/onBusy')] };
    case 'queue':
      return { ...plan, actions: ['waitForRelease', ...plan.actions] };
    case 'supersede':
      return { ...plan, actions: ['supersedeReleases', ...plan.actions] };
  }
}

function plannedPackage(entry: StorePackage, added: readonly CheckedPackage[]): PlannedPackage {
  const isSame = (item: CheckedPackage): boolean => item.fileName.toLowerCase() === entry.fileName.toLowerCase();
  const bytes = entry.fileStatus === 'PendingUpload' ? added.find(isSame) : undefined;
  if (bytes !== undefined) {
    const { fileName, identityName, version, architectures, size, sha256 } = bytes;
    return {
      fileName,
      identity: identityName,
      version,
      architecture: architectures.join('+'),
      size,
      sha256,
      fate: 'added',
    };
  }
  const { fileName, version, architecture, fileStatus } = entry;
  const fate = fileStatus === 'PendingDelete' ? 'removed' : 'kept';
  return { fileName, version: version ?? null, architecture: architecture ?? null, fate };
}

function blockersOf(release: ReleaseCase, { faults, blocker, rolloutRunning }: Judgement): PlanBlocker[] {
  const { onRunningRollout = 'refuse' } = release.document.options ?? {};
  const waits = rolloutRunning && release.product.pending === null && onRunningRollout === 'refuse';
  return [
    ...faults.map(({ code, message, pointer }: Fault) => ({ code, message, pointer })),
    ...(blocker === null ? [] : [catalogued(blocker)]),
    ...(waits ? [catalogued('rollout-running', '/options/onRunningRollout')] : []),
    ...pendingBlockers(release),
  ];
}

function pendingBlockers({ document, product: { pending } }: ReleaseCase): PlanBlocker[] {
  if (pending === null) return [];
  const { onForeignDraft = 'refuse', onBusy = 'queue' } = document.options ?? {};
  const verdict = judgePending(pending, onForeignDraft);
  if (verdict.kind === 'wait' && onBusy === 'refuse') return [catalogued('product-busy', '/options/onBusy')];
  if (verdict.kind !== 'stop') return [];
  const { code, message } = verdict.failure;
  return [{ code, message, ...(code === 'foreign-draft' ? { pointer: '/options/onForeignDraft' } : {}) }];
}

/** A failure as a blocker, in the words of the catalogue. */
export function catalogued(code: FailureCode, pointer?: string): PlanBlocker {
  const message = `${failureCatalogue[code].title}. ${failureCatalogue[code].remedy}`;
  return pointer === undefined ? { code, message } : { code, message, pointer };
}
