import type { BeginOutput, RunPlan, RunRef } from '../contracts/activities';
import { ok } from '../domain/failure';
import type { ReleaseDocument, ReleaseOptions, RolloutDocument, RolloutOptions } from '../domain/release-document';
import { parseDuration } from '../domain/duration';
import { isOfferTarget } from '../domain/offer/offer';
import type { RolloutPlan } from '../domain/store/rollout';
import type { Activity, ActivityDeps } from './deps';
import { hasReferences } from './release-content';
import { guarded } from './to-failure';

const threeDaysMs = 3 * 24 * 60 * 60 * 1000;

/**
 * Names this instance as the one that runs the release, and tells what the orchestrator must know of the document.
 * Safe to repeat: the same token is answered the same; any other finds that the release is not its own.
 */
export function createBeginRun(deps: ActivityDeps): Activity<RunRef, BeginOutput> {
  return ({ releaseId, run, token }) =>
    guarded<BeginOutput>(async () => {
      const document = await deps.documents.read<ReleaseDocument & Partial<Pick<RolloutDocument, 'rollout'>>>(
        releaseId,
      );
      if (document === undefined) return ok({ mine: false });
      if ((await deps.releases.claimRun(releaseId, run, token)) !== 'mine') return ok({ mine: false });
      const view = (await deps.releases.read(releaseId))?.record.view;
      // The record knows the ids that an earlier run found or made.
      const known = { ...document, target: view?.target ?? document.target };
      return ok({ mine: true, plan: { ...planOf(known, deps), order: document.rollout }, left: view?.left ?? [] });
    });
}

function planOf(document: ReleaseDocument, { settings }: ActivityDeps): RunPlan {
  const { account, target, packages, options } = document;
  return {
    account,
    target,
    packages: packages?.length ?? 0,
    ...(hasReferences(document) ? { hasReferences: true } : {}),
    ...choicesOf(options, isOfferTarget(target)),
    pollFloorMs: settings.pollFloorMs,
    requestsPerMinute: isOfferTarget(target) ? settings.marketplaceRequestsPerMinute : settings.requestsPerMinute,
  };
}

type Choices = Pick<
  RunPlan,
  | 'until'
  | 'onBusy'
  | 'onForeignDraft'
  | 'onRunningRollout'
  | 'startAt'
  | 'goLiveAt'
  | 'approvals'
  | 'approvalTimeoutMs'
  | 'rollout'
>;

/** What the document says, and what holds where it says nothing. */
function choicesOf(options: ReleaseOptions = {}, isOffer: boolean): Choices {
  return {
    ...policiesOf(options),
    until: options.until ?? 'published',
    startAt: options.startAt ?? null,
    ...(isOffer && options.publishAt !== undefined ? { goLiveAt: options.publishAt } : {}),
    approvals: options.approvals ?? (isOffer ? ['go-live'] : []),
    approvalTimeoutMs: parseDuration(options.approvalTimeout ?? '') ?? threeDaysMs,
    ...(options.rollout === undefined ? {} : { rollout: stagesOf(options.rollout) }),
  };
}

/** What to do about what is in the way. */
function policiesOf(options: ReleaseOptions): Pick<Choices, 'onBusy' | 'onForeignDraft' | 'onRunningRollout'> {
  return {
    onBusy: options.onBusy ?? 'queue',
    onForeignDraft: options.onForeignDraft ?? 'refuse',
    onRunningRollout: options.onRunningRollout ?? 'refuse',
  };
}

function stagesOf({ stages, finalize = false }: RolloutOptions): RolloutPlan {
  const planned = stages.map((stage) => ({
    percentage: stage.percentage,
    lastsMs: stage.for === undefined ? null : (parseDuration(stage.for) ?? null),
  }));
  return { stages: planned, finalize };
}
