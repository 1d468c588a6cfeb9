import type { FoundProduct, TargetCall } from '../contracts/activities';
import { ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import { productKey } from '../domain/product';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { makeOnce } from './make-once';
import { findNamed, makeNamed } from './named-product';
import type { NamedProduct } from './named-product';
import { openAccount, openSession } from './store-call';
import { submissionFiles } from './submission-files';
import { guarded, ofStoreError } from './to-failure';

/**
 * Makes the flight or add-on that the document names. Safe to repeat, killed anywhere or running twice, as `makeOnce`
 * is.
 */
export function createMakeStoreProduct(deps: ActivityDeps): Activity<TargetCall, FoundProduct> {
  return (input) =>
    guarded<FoundProduct>(async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const { client, call } = await openAccount(deps, input, 4);
      const made = await makeOnce(deps, input, {
        find: () => findNamed(client, input.target, call),
        make: () => makeNamed(client, input.target, call),
        remoteFailure: ofStoreError,
      });
      if (!made.ok) return made;
      const { value, ours } = made.value;
      return ours ? own(deps, input, value) : ok({ product: value.product });
    });
}

/** A flight comes with its first submission, which is as much this release's as the flight is. */
async function own(
  deps: ActivityDeps,
  input: TargetCall,
  { product, pendingId }: NamedProduct,
): Promise<Result<FoundProduct>> {
  if (pendingId === null) {
    await deps.releases.replaceIntent(input, null);
    return ok({ product });
  }
  const session = await openSession(deps, { ...input, product }, 1);
  const submission = await session.getSubmission(pendingId);
  await deps.ownSubmissions.put(productKey(product), pendingId, { releaseId: input.releaseId, how: 'made' });
  await submissionFiles(deps.work, input.releaseId, pendingId).keepBase(submission.document);
  await deps.releases.setSubmission(input, pendingId);
  return ok({ product });
}
