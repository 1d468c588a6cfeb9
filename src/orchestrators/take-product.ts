import { activities } from '../contracts/activities';
import type { RemoteCall } from '../contracts/activities';
import type { Flow } from '../contracts/durable';
import { productKey } from '../domain/product';
import { namedTarget, namingKey, productOf, withProduct } from '../domain/store/product';
import type { NamedTarget, StoreProduct } from '../domain/store/product';
import { queueFor } from './queue-for';
import { act, checkpoint, enter } from './run';
import type { Run, StoreRun } from './run';
import { stopFailed } from './stopped';

/**
 * Takes the product, which is found by its name or made where the document has no id: one release works on it at a time,
 * the others queue in the order they came.
 */
export function* takeProduct(run: StoreRun): Flow<RemoteCall> {
  yield* enter(run, 'checkProduct');
  const named = namedTarget(run.plan.target);
  const product = named === null ? productOf(run.plan.target) : yield* findOrMake(run, named);
  if (product === null) stopFailed(missing('The document names no product.'));
  const remote = { ...run.fence, account: run.plan.account, product };
  run.call = remote;
  yield* queueFor(run, productKey(product));
  yield* checkpoint(run, [{ type: 'resumed' }]);
  return remote;
}

function* findOrMake(run: Run, target: NamedTarget): Flow<StoreProduct> {
  const call = { ...run.fence, account: run.plan.account, target };
  const found = yield* act(run, activities.findStoreProduct, call);
  const product = found.product ?? (yield* make(run, call));
  const how = found.product === null ? 'made' : 'found';
  yield* checkpoint(run, [{ type: 'target-found', target: withProduct(target, product), how }]);
  return product;
}

function* make(run: Run, call: { readonly target: NamedTarget } & Omit<RemoteCall, 'product'>): Flow<StoreProduct> {
  const { target } = call;
  if (target.create === undefined)
    stopFailed(missing('Nothing has this name, and the document does not ask to make it.'));
  yield* queueFor(run, namingKey(target));
  const { product } = yield* act(run, activities.makeStoreProduct, call);
  yield* act(run, activities.releaseClaim, run.fence);
  return product ?? stopFailed(missing('What was made has no id.'));
}

function missing(message: string) {
  return { code: 'product-not-found', message, retryable: false } as const;
}
