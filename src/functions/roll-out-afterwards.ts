import type { HttpResponseInit } from '@azure/functions';
import { rolloutOperations } from '../contracts/rollout-operations';
import { hasEnded } from '../domain/release';
import type { RolloutDocument } from '../domain/release-document';
import { productOf } from '../domain/store/product';
import type { StoreProduct } from '../domain/store/product';
import { isTaken, requestOf, standingOf } from '../domain/store/rollout';
import type { RolloutRequest } from '../domain/store/rollout';
import type { ReleaseRecord } from '../storage/release-record';
import { acceptRelease } from './accept-release';
import { Problem } from './problem';
import { releaseResponse } from './release-response';
import type { RollOutCall, RollOutWish } from './roll-out-wish';
import type { FunctionServices, LiveRollout } from './services';

/** A product whose packages can be rolled out. */
export type RollOutTarget = RolloutDocument['target'] & StoreProduct;

/**
 * The release has ended, and its rollout may run on: a release that does only this is begun. It names the submission, so
 * that it never meets the rollout of a later one.
 */
export async function rollOutAfterwards(
  call: RollOutCall,
  { view, submissionId }: ReleaseRecord,
  wish: RollOutWish,
  services: FunctionServices,
): Promise<HttpResponseInit> {
  const product = productOf(view.target);
  const request = requestOf(wish.change);
  if (product === null || product.kind === 'store-add-on' || submissionId === null || request === null) {
    const detail = hasEnded(view.state) ? `The release has ended: it is ${view.state}.` : 'Its stages are over.';
    throw new Problem('rollout-not-running', { detail });
  }
  const live = await services.rollouts.read(view.account, product, submissionId);
  if (live.kind === 'seen' && isTaken(request, live.seen)) return releaseResponse(200, view, services.now());
  refuseWhereNoneRuns(live, request);
  return beginRollout(call, { account: view.account, target: product, wish, submissionId }, services);
}

/** Where it cannot be read now, the release that is begun finds out: a halt must not wait for a read. */
export function refuseWhereNoneRuns(live: LiveRollout, request: RolloutRequest): void {
  if (live.kind === 'absent') throw new Problem(live.code, { detail: live.detail });
  if (live.kind === 'unknown' || isTaken(request, live.seen) || standingOf(live.seen) === 'running') return;
  throw new Problem('rollout-not-running', { detail: `The rollout of ${live.submissionId} is ${live.seen.status}.` });
}

export interface Beginning {
  readonly account: string;
  readonly target: RollOutTarget;
  readonly wish: RollOutWish;
  readonly submissionId: string | null;
}

/** Begins a release that does only this. */
export function beginRollout(
  call: RollOutCall,
  { account, target, wish, submissionId }: Beginning,
  services: FunctionServices,
): Promise<HttpResponseInit> {
  const rollout = { ...wish.change, ...(submissionId === null ? {} : { submissionId }) };
  const document: RolloutDocument = { account, target, rollout };
  const operation = rolloutOperations.rollOutApp.name;
  return acceptRelease(call, { document, operation, by: wish.by, queues: false }, services);
}
