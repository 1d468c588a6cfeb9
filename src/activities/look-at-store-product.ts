import type { ProductLook, RemoteCall } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import { isUnderWay, judgeRelease } from '../domain/store/judge-release';
import type { ReleaseCase } from '../domain/store/judge-release';
import { productKey } from '../domain/product';
import { isOnlySubmission } from '../domain/store/product';
import { releasePlan } from '../domain/store/release-plan';
import type { ReleaseRecord } from '../storage/release-record';
import { readAssets } from './assets';
import { readCheckedPackages } from './checked-packages';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { keepPlan } from './plan-file';
import { readProduct } from './read-product';
import type { FoundProductState } from './read-product';
import { readContent } from './release-content';
import type { ReleaseContent } from './release-content';
import { remoteView } from './remote-view';
import { openSession } from './store-call';
import { guarded } from './to-failure';
import { whoseSubmission } from './whose-submission';

/**
 * Reads the product and judges the release against it, before anything is written there. The plan that follows is kept
 * for people, until the release has a submission of its own: from then on that one is what it works by. Repeat at will.
 */
export function createLookAtStoreProduct(deps: ActivityDeps): Activity<RemoteCall, ProductLook> {
  return (input) =>
    guarded<ProductLook>(async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const content = await readContent(deps, input.releaseId);
      if (content === undefined) {
        return failed({ code: 'run-ended-unexpectedly', message: 'The release document is gone.', retryable: false });
      }
      const session = await openSession(deps, input, 2);
      const found = await readProduct(session, input.product, mine.value.submissionId);
      return ok(await judge(deps, { input, record: mine.value, content, found }));
    });
}

interface Case {
  readonly input: RemoteCall;
  readonly record: ReleaseRecord;
  readonly content: ReleaseContent;
  readonly found: FoundProductState;
}

async function judge(deps: ActivityDeps, { input, record, content, found }: Case): Promise<ProductLook> {
  const { published, pending } = found;
  const shown = await pendingView(deps, { input, record }, found);
  const release: ReleaseCase = {
    kind: input.product.kind,
    document: content.document,
    product: {
      ...found,
      pending: pending === null || shown === null ? null : { ...shown, document: pending.document },
    },
    packages: await readCheckedPackages(deps, input.releaseId, content),
    known: await deps.published.read(productKey(input.product)),
    assets: await readAssets(deps, input.releaseId, content, input.product),
  };
  const judgement = judgeRelease(release);
  const { faults, blocker, rolloutRunning, nothingToDo, added, planned } = judgement;
  const committed = committedOf(found, record);
  if (committed === null && shown?.origin !== 'own') {
    await keepPlan(deps.work, input.releaseId, releasePlan(record.view.target, release, judgement));
  }
  return {
    publishedId: published?.id ?? null,
    pending: shown,
    rolloutRunning,
    committed,
    faults,
    blocker,
    nothingToDo,
    hasFiles: added.length > 0 || planned.files.length > 0,
    remote: published === null ? null : remoteView(input.product, published.id, published),
  };
}

async function pendingView(
  deps: ActivityDeps,
  { input, record }: Pick<Case, 'input' | 'record'>,
  { published, pending }: FoundProductState,
): Promise<ProductLook['pending']> {
  if (pending === null) return null;
  const origin = await whoseSubmission(deps, input.product, record, pending);
  const { id: submissionId, status, friendlyName } = pending;
  const isOnly = isOnlySubmission(input.product, published?.id ?? null);
  return { submissionId, status, friendlyName, origin, isOnly };
}

/** The release's own submission, where Partner Center has taken it: another one would publish the release twice. */
function committedOf({ published, own }: FoundProductState, { submissionId }: ReleaseRecord): string | null {
  if (published !== null && published.id === submissionId) return submissionId;
  return own !== null && isUnderWay(own) ? own.id : null;
}
