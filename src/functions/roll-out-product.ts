import type { HttpResponseInit } from '@azure/functions';
import { rolloutOperations } from '../contracts/rollout-operations';
import { AccountName, StoreId } from '../contracts/forms';
import { FlightId } from '../contracts/release-target';
import { hasEnded } from '../domain/release';
import type { RolloutDocument } from '../domain/release-document';
import { productKey, productOf } from '../domain/store/product';
import type { StoreProduct } from '../domain/store/product';
import { isTaken, requestOf, standingOf } from '../domain/store/rollout';
import type { RolloutRequest } from '../domain/store/rollout';
import type { ReleaseRecord } from '../storage/release-record';
import { acceptRelease } from './accept-release';
import type { Handler } from './http-route';
import { Problem } from './problem';
import { releaseResponse } from './release-response';
import { command, wishOf } from './roll-out';
import type { RollOutCall, RollOutWish } from './roll-out';
import type { FunctionServices, LiveRollout } from './services';
import { hasAccount } from './start-release';

/** A product whose packages can be rolled out. */
type Target = RolloutDocument['target'] & StoreProduct;

/** `POST /accounts/{account}/store/apps/{applicationId}/rollout`. */
export function rollOutApp(services: FunctionServices): Handler<typeof rolloutOperations.rollOutApp> {
  return {
    durable: true,
    handle: (call) => byProduct(call, { kind: 'store-app', applicationId: applicationIdOf(call) }, services),
  };
}

/** `POST /accounts/{account}/store/apps/{applicationId}/flights/{flightId}/rollout`. */
export function rollOutFlight(services: FunctionServices): Handler<typeof rolloutOperations.rollOutFlight> {
  return {
    durable: true,
    handle: (call) => {
      const flight = FlightId.safeParse(call.request.params['flightId']);
      if (!flight.success) throw unknownId('flight');
      const target = { kind: 'store-flight', applicationId: applicationIdOf(call), flightId: flight.data } as const;
      return byProduct(call, target, services);
    },
  };
}

function applicationIdOf({ request }: RollOutCall): string {
  const id = StoreId.safeParse(request.params['applicationId']);
  if (!id.success) throw unknownId('application');
  return id.data;
}

function unknownId(what: string): Problem {
  return new Problem('product-not-found', { detail: `The id of the ${what} has not the form of one.` });
}

async function byProduct(call: RollOutCall, target: Target, services: FunctionServices): Promise<HttpResponseInit> {
  const wish = wishOf(call);
  const account = AccountName.safeParse(call.request.params['account']);
  if (!account.success || !hasAccount(services, account.data)) throw new Problem('account-not-found');
  const request = requestOf(wish.change);
  if (request === null) return toItsRelease(call, { account: account.data, target, wish }, services);
  const live = await services.rollouts.read(account.data, target, null);
  refuseWhereNoneRuns(live, request);
  return begin(call, { account: account.data, target, wish, submissionId: submissionOf(live) }, services);
}

/** Only stages can be held and resumed: those of the release that took the product's rollout on. */
async function toItsRelease(
  call: RollOutCall,
  { account, target, wish }: { readonly account: string; readonly target: Target; readonly wish: RollOutWish },
  services: FunctionServices,
): Promise<HttpResponseInit> {
  const query = { account, kind: target.kind, product: target.applicationId, state: ['running', 'waiting'] } as const;
  for (let continuation: string | undefined; ;) {
    const page = await services.releases.list({ ...query, ...(continuation === undefined ? {} : { continuation }) });
    for (const view of page.value) {
      const product = productOf(view.target);
      if (product === null || productKey(product) !== productKey(target) || view.step !== 'rollout') continue;
      const found = await services.releases.read(view.id);
      if (found?.record.rollout?.open === true) return command(call, found.record, wish, services);
    }
    continuation = page.continuation;
    if (continuation === undefined) break;
  }
  throw new Problem('rollout-not-running', { detail: 'No release has stages of this product that could be held.' });
}

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
  return begin(call, { account: view.account, target: product, wish, submissionId }, services);
}

/** Where it cannot be read now, the release that is begun finds out: a halt must not wait for a read. */
function refuseWhereNoneRuns(live: LiveRollout, request: RolloutRequest): void {
  if (live.kind === 'absent') throw new Problem(live.code, { detail: live.detail });
  if (live.kind === 'unknown' || isTaken(request, live.seen) || standingOf(live.seen) === 'running') return;
  throw new Problem('rollout-not-running', { detail: `The rollout of ${live.submissionId} is ${live.seen.status}.` });
}

function submissionOf(live: LiveRollout): string | null {
  return live.kind === 'seen' ? live.submissionId : null;
}

interface Beginning {
  readonly account: string;
  readonly target: Target;
  readonly wish: RollOutWish;
  readonly submissionId: string | null;
}

function begin(
  call: RollOutCall,
  { account, target, wish, submissionId }: Beginning,
  services: FunctionServices,
): Promise<HttpResponseInit> {
  const rollout = { ...wish.change, ...(submissionId === null ? {} : { submissionId }) };
  const document: RolloutDocument = { account, target, rollout };
  const operation = rolloutOperations.rollOutApp.name;
  return acceptRelease(call, { document, operation, by: wish.by, queues: false }, services);
}
