import type { AccountSession } from '../activities/store-call';
import type { ReleaseDocument } from '../domain/release-document';
import { isStoreTarget } from '../domain/store/product';
import type { ReleasePlan } from '../domain/store/release-plan';
import { planStoreRelease } from './plan-store-release';
import type { QueryDeps } from './session';

export async function planRelease(
  deps: QueryDeps,
  session: AccountSession,
  document: ReleaseDocument,
): Promise<ReleasePlan> {
  const { target } = document;
  if (!isStoreTarget(target)) throw new Error('not built');
  return planStoreRelease(deps, session, { ...document, target });
}
