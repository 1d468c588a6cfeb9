import type { Judgement, ReleaseCase } from './judge-release';
import { judgePending } from './pending-verdict';

/** What a release does in Partner Center, in the order in which it does it. Names grow by addition. */
export const planActionNames = [
  'waitForRelease',
  'supersedeReleases',
  'waitForPublication',
  'waitForRollout',
  'finalizeRollout',
  'haltRollout',
  'createFlight',
  'createAddOn',
  'createOffer',
  'deleteSubmission',
  'createSubmission',
  'adoptSubmission',
  'updateSubmission',
  'updateDraft',
  'uploadPackages',
  'approveCommit',
  'commit',
  'certify',
  'publish',
  'publishPreview',
  'approveGoLive',
  'goLive',
  'rollout',
] as const;
export type PlanAction = (typeof planActionNames)[number];

/** The actions of a release that has something to do, for a product that is there. */
export function planActions(release: ReleaseCase, judgement: Judgement): PlanAction[] {
  return [...wayToDraft(release, judgement), ...fromDraftOn(release, judgement)];
}

function wayToDraft({ document, product: { pending } }: ReleaseCase, { rolloutRunning }: Judgement): PlanAction[] {
  const { onForeignDraft = 'refuse', onRunningRollout } = document.options ?? {};
  if (pending === null) {
    return [...(rolloutRunning ? settledBy[onRunningRollout ?? 'refuse'] : []), 'createSubmission'];
  }
  const verdict = judgePending(pending, onForeignDraft);
  switch (verdict.kind) {
    case 'use':
      return verdict.how === 'adopted' ? ['adoptSubmission'] : [];
    case 'clear':
      return ['deleteSubmission', 'createSubmission'];
    case 'wait':
      return ['waitForPublication', 'createSubmission'];
    case 'watch':
    case 'stop':
      return [];
  }
}

const settledBy: Readonly<Record<'refuse' | 'wait' | 'finalize' | 'halt', readonly PlanAction[]>> = {
  refuse: [],
  wait: ['waitForRollout'],
  finalize: ['finalizeRollout'],
  halt: ['haltRollout'],
};

/** From the update of the draft to where the release ends. */
function fromDraftOn({ document }: Pick<ReleaseCase, 'document'>, judgement: Judgement): PlanAction[] {
  const { until = 'published', approvals = [], rollout } = document.options ?? {};
  const hasFiles = judgement.added.length > 0 || judgement.planned.files.length > 0;
  return [
    'updateSubmission',
    ...(hasFiles ? (['uploadPackages'] as const) : []),
    ...(approvals.includes('commit') ? (['approveCommit'] as const) : []),
    'commit',
    ...(until === 'committed' ? [] : (['certify'] as const)),
    ...(until === 'published' ? (['publish'] as const) : []),
    ...(until === 'published' && rollout !== undefined ? (['rollout'] as const) : []),
  ];
}
