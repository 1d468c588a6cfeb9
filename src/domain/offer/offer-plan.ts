import { atOrigin } from '../plain-document';
import type { PlainDocument } from '../plain-document';
import type { Fault } from '../release';
import type { ReleaseOptions } from '../release-document';
import type { FieldChange } from '../field-changes';
import type { PlanAction } from '../store/plan-actions';
import type { PlanBlocker, PlannedPackage, ReleasePlan } from '../store/release-plan';
import type { Warning } from '../store/warning-catalogue';
import type { CheckedOfferPackage } from './checked-package';
import type { OfferJudgement, SeenOffer } from './judge-offer';

/** A release of an offer that was judged, and what changes against what is live. */
export interface JudgedOffer {
  readonly document: PlainDocument;
  readonly offer: SeenOffer;
  readonly judged: OfferJudgement;
  readonly packages: readonly CheckedOfferPackage[];
  readonly diff: readonly FieldChange[];
  readonly hasFiles: boolean;
}

/** What a release would do, as people read it before they let it. */
export function offerPlan(release: JudgedOffer): ReleasePlan {
  const { document, judged, packages, diff } = release;
  return {
    target: document.target,
    actions: actionsOf(release),
    diff,
    packages: packages.map(plannedPackage),
    warnings: atOrigin([...warningsOf(release), ...(document.warnings ?? [])], document.origins),
    blockers: blockersOf(judged, document),
  };
}

function plannedPackage({ fileName, plan, version, size, sha256 }: CheckedOfferPackage): PlannedPackage {
  return { fileName, identity: plan, version, architecture: null, size, sha256, fate: 'added' };
}

function actionsOf({ document: { options = {} }, judged, hasFiles }: JudgedOffer): PlanAction[] {
  const { changed, nothingToPublish, underWay } = judged;
  const writes: PlanAction[] = [
    ...(changed.length > 0 ? (['updateDraft'] as const) : []),
    ...(hasFiles ? (['uploadPackages'] as const) : []),
  ];
  const waits: PlanAction[] = underWay === null ? [] : ['waitForPublication'];
  if (nothingToPublish) return [...waits, ...writes];
  return [...waits, ...writes, ...publishing(options)];
}

/** From the draft to where the release ends. */
export function publishing({ until = 'published', approvals = ['go-live'] }: ReleaseOptions): PlanAction[] {
  if (until === 'draft') return [];
  const preview: PlanAction[] = [
    ...(approvals.includes('commit') ? (['approveCommit'] as const) : []),
    'publishPreview',
  ];
  if (until === 'preview') return preview;
  return [...preview, ...(approvals.includes('go-live') ? (['approveGoLive'] as const) : []), 'goLive'];
}

function warningsOf({ offer, judged, document }: JudgedOffer): Warning[] {
  const adopted = judged.failure === null ? judged.foreign : [];
  return [
    ...(offer.live === null
      ? [{ code: 'first-publication', message: 'The offer was never published: all of its draft goes live.' } as const]
      : []),
    ...(adopted.length > 0
      ? [
          {
            code: 'draft-adopted',
            message: `Work of others in the draft is published along: ${adopted.slice(0, 20).join('; ')}.`,
            pointer: '/options/onForeignDraft',
          } as const,
        ]
      : []),
    ...(document.options?.approvals?.includes('go-live') === false
      ? [
          {
            code: 'no-go-live-gate',
            message: 'Nobody is asked before it goes live.',
            pointer: '/options/approvals',
          } as const,
        ]
      : []),
  ];
}

function blockersOf({ faults, failure, underWay }: OfferJudgement, { options = {} }: PlainDocument): PlanBlocker[] {
  const busy = underWay !== null && options.onBusy === 'refuse';
  return [
    ...faults.map(({ code, message, pointer }: Fault) => ({ code, message, pointer })),
    ...(failure === null ? [] : [{ code: failure.code, message: failure.message, pointer: '/options/onForeignDraft' }]),
    ...(busy
      ? [{ code: 'product-busy', message: 'A publication of the offer is under way.', pointer: '/options/onBusy' }]
      : []),
  ];
}
