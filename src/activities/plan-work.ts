import type { PlanRef } from '../contracts/activities';
import type { Failure, Result } from '../domain/failure';
import { failed, ok } from '../domain/failure';
import type { Fault } from '../domain/release';
import type { ReleaseDocument } from '../domain/release-document';
import type { ReleasePlan } from '../domain/store/release-plan';
import type { ActivityDeps } from './deps';
import { gatherContent } from './gather-content';
import { keepFirstPlan } from './plan-file';
import { hasReferences, keepContent, readContent } from './release-content';
import type { ReleaseContent } from './release-content';
import { guarded } from './to-failure';

/** The working files of a plan that is made in the background; they lie under its id, as a release's do. */
export const findingName = (index: number): string => `files/${index}`;
export const stateNameOf = (index: number): string => `files/${index}/state`;
const faultsName = 'faults';

/**
 * Runs an activity's work on a plan that is being made. One that was made or failed is left alone: another copy of the
 * activity has done all that was to be done. One whose time is over stops.
 */
export function onPlan<T>(
  deps: ActivityDeps,
  { planId }: PlanRef,
  { work, ended }: { readonly work: (document: ReleaseDocument) => Promise<Result<T>>; readonly ended: T },
): Promise<Result<T>> {
  return guarded(async () => {
    const record = await deps.plans.read(planId, deps.now());
    const document = record === undefined ? undefined : await deps.documents.read<ReleaseDocument>(planId);
    if (record === undefined || document === undefined) {
      return failed({ code: 'run-ended-unexpectedly', message: 'Nobody keeps this plan any more.', retryable: false });
    }
    if (record.state === 'running') return work(document);
    await deps.documents.deleteSealed(planId);
    return ok(ended);
  });
}

/** The content of the plan's document, or all that keeps it from being put together; kept as it was first found. */
export async function contentOf(
  deps: ActivityDeps,
  planId: string,
  document: ReleaseDocument,
): Promise<ReleaseContent | { readonly faults: readonly Fault[] }> {
  const faults = await deps.work.get<readonly Fault[]>(planId, faultsName);
  if (faults !== undefined) return { faults };
  const known = await readContent(deps, planId);
  if (known !== undefined) return known;
  if (!hasReferences(document)) throw new Error(`The document of ${planId} is gone`);
  const whole = (await deps.documents.readWhole<ReleaseDocument>(planId)) ?? document;
  const gathered = await gatherContent(deps, planId, whole);
  if (gathered.content !== null) return keepContent(deps.work, planId, gathered.content);
  return { faults: await deps.work.putOnce(planId, faultsName, gathered.faults) };
}

/** Keeps the plan and ends its making. The queries of addresses go last, so that a repetition finds what is left to do. */
export async function keepMade(deps: ActivityDeps, planId: string, plan: ReleasePlan): Promise<void> {
  await keepFirstPlan(deps.work, planId, plan);
  await endPlan(deps, planId, null);
}

/** Ends the making of a plan. */
export async function endPlan(deps: ActivityDeps, planId: string, failure: Failure | null): Promise<void> {
  await deps.plans.end(planId, failure, deps.now());
  await deps.documents.deleteSealed(planId);
}
