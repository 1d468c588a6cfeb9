import type { ReleasePlan } from '../domain/store/release-plan';
import type { Work } from '../storage/work';

const name = 'plan';

/** Keeps the plan that a release works by among its working files; a later one takes its place. */
export async function keepPlan(work: Pick<Work, 'put'>, releaseId: string, plan: ReleasePlan): Promise<void> {
  await work.put(releaseId, name, plan);
}

/** `undefined` until the release has made one. */
export async function readPlan(work: Pick<Work, 'get'>, releaseId: string): Promise<ReleasePlan | undefined> {
  return work.get<ReleasePlan>(releaseId, name);
}

/** Keeps a plan that nobody works by: the first one counts, so that it does not change under its readers. */
export async function keepFirstPlan(work: Pick<Work, 'putOnce'>, planId: string, plan: ReleasePlan): Promise<void> {
  await work.putOnce(planId, name, plan);
}
