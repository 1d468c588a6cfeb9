import type { HttpResponseInit } from '@azure/functions';
import { AccountName, StoreId } from '../contracts/forms';
import { FlightId } from '../contracts/release-target';
import type { rolloutOperations } from '../contracts/rollout-operations';
import { productKey } from '../domain/product';
import { productOf } from '../domain/store/product';
import { requestOf } from '../domain/store/rollout';
import type { Handler } from './http-route';
import { Problem } from './problem';
import { command } from './roll-out';
import { beginRollout, refuseWhereNoneRuns } from './roll-out-afterwards';
import type { RollOutTarget } from './roll-out-afterwards';
import { wishOf } from './roll-out-wish';
import type { RollOutCall, RollOutWish } from './roll-out-wish';
import type { FunctionServices, LiveRollout } from './services';
import { hasAccount } from './start-release';

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

async function byProduct(
  call: RollOutCall,
  target: RollOutTarget,
  services: FunctionServices,
): Promise<HttpResponseInit> {
  const wish = wishOf(call);
  const account = AccountName.safeParse(call.request.params['account']);
  if (!account.success || !hasAccount(services, account.data)) throw new Problem('account-not-found');
  const request = requestOf(wish.change);
  if (request === null) return toItsRelease(call, { account: account.data, target, wish }, services);
  const live = await services.rollouts.read(account.data, target, null);
  refuseWhereNoneRuns(live, request);
  return beginRollout(call, { account: account.data, target, wish, submissionId: submissionOf(live) }, services);
}

/** Only stages can be held and resumed: those of the release that took the product's rollout on. */
async function toItsRelease(
  call: RollOutCall,
  { account, target, wish }: { readonly account: string; readonly target: RollOutTarget; readonly wish: RollOutWish },
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

function submissionOf(live: LiveRollout): string | null {
  return live.kind === 'seen' ? live.submissionId : null;
}
