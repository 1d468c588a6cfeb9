import type { FoundProduct, TargetCall } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import { productKey } from '../domain/product';
import { storeFailure } from '../partner-center/store';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { asMakeIntent } from './intent';
import type { MakeIntent } from './intent';
import { findNamed, makeNamed } from './named-product';
import type { NamedProduct } from './named-product';
import { openAccount, openSession } from './store-call';
import type { AccountSession } from './store-call';
import { submissionFiles } from './submission-files';
import { guarded, ofStore } from './to-failure';

/**
 * Makes the flight or add-on that the document names. Safe to repeat, killed anywhere or running twice: it looks for the
 * name first, the intent is written before the POST by whoever sends it, and after a lost answer the POST is sent again
 * only after the list has had time to show what it made.
 */
export function createMakeStoreProduct(deps: ActivityDeps): Activity<TargetCall, FoundProduct> {
  return (input) =>
    guarded<FoundProduct>(async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const session = await openAccount(deps, input, 4);
      const found = await findNamed(session.client, input.target, session.call);
      // Read after the list: another copy of this activity may have sent since.
      const now = await recordOf(deps, input);
      if (!now.ok) return now;
      const before = asMakeIntent(now.value.intent);
      if (found !== undefined) return before === undefined ? ok({ product: found.product }) : own(deps, input, found);
      const waitMs = before === undefined ? 0 : Date.parse(before.at) + deps.settings.settleMs - deps.now().getTime();
      if (waitMs > 0) return unsettled(waitMs);
      const intent: MakeIntent = { kind: 'make', at: deps.now().toISOString() };
      const stored = await deps.releases.setIntent(input, intent, now.value.intent);
      if (stored.kind !== 'set') return unsettled(deps.settings.settleMs);
      const made = await post(deps, input, session, before);
      return made.ok ? own(deps, input, made.value) : made;
    });
}

async function post(
  deps: ActivityDeps,
  input: TargetCall,
  { client, call }: AccountSession,
  before: MakeIntent | undefined,
): Promise<Result<NamedProduct>> {
  try {
    return ok(await makeNamed(client, input.target, call));
  } catch (error) {
    const remote = storeFailure(error);
    if (remote === undefined) throw error;
    // This POST has made nothing; one that was sent before it may have.
    if (!remote.unclear) await deps.releases.replaceIntent(input, before ?? null);
    return failed(ofStore(remote));
  }
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

function unsettled(waitMs: number): Result<never> {
  return failed({
    code: 'partner-center-unavailable',
    message: 'A create was sent and its answer lost; the list does not show what it made yet.',
    retryable: true,
    unclear: true,
    retryAfterMs: waitMs,
  });
}
