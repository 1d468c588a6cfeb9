import type { RunRef } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import { productKey } from '../domain/product';
import type { Product } from '../domain/product';
import type { ReleaseRecord } from '../storage/release-record';
import type { ActivityDeps } from './deps';

/** The record, if the caller is the run that has it: an instance that was replaced must touch nothing. */
export async function recordOf(deps: ActivityDeps, ref: RunRef): Promise<Result<ReleaseRecord>> {
  const record = (await deps.releases.read(ref.releaseId))?.record;
  if (record?.runToken === ref.token && record.view.run === ref.run) return ok(record);
  return failed({
    code: 'run-ended-unexpectedly',
    message: 'Another run has this release, or it is gone: this one stops.',
    retryable: false,
  });
}

/** A call that changes a product. */
type HolderCall = RunRef & { readonly product: Product };

/** As `recordOf`, and the product is the release's: asked before anything in Partner Center is changed. */
export async function holderOf(deps: ActivityDeps, call: HolderCall): Promise<Result<ReleaseRecord>> {
  const record = await recordOf(deps, call);
  if (!record.ok || (await deps.claims.isHolder(productKey(call.product), call.releaseId))) return record;
  return failed({
    code: 'product-busy',
    message: 'The product was taken from this release, which therefore changes nothing any more.',
    retryable: true,
  });
}
