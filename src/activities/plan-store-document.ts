import { assetContext } from './assets';
import type { ActivityDeps } from './deps';
import { storeApp } from './read-product';
import type { FoundProductState } from './read-product';
import type { AccountSession } from './store-call';
import { toFailure } from './to-failure';
import { whoseSubmission } from './whose-submission';
import type { StoreDocument, StoreTarget } from '../domain/release-document';
import { judgeRelease } from '../domain/store/judge-release';
import type { ReleaseCase, SeenProduct } from '../domain/store/judge-release';
import { productKey } from '../domain/product';
import { isOnlySubmission, namingKey, namedTarget, withProduct } from '../domain/store/product';
import type { StoreProduct } from '../domain/store/product';
import { blockedPlan, catalogued, forNewProduct, releasePlan, behindOthers } from '../domain/store/release-plan';
import type { ReleasePlan } from '../domain/store/release-plan';
import { findProduct, lookAt } from './found-product';
import type { PlanContent } from './plan-files';

interface PlanTask {
  readonly document: StoreDocument;
  readonly content: PlanContent;
}

type Deps = Pick<ActivityDeps, 'published' | 'placed' | 'ownSubmissions' | 'releases' | 'work' | 'claims'>;

/** What a release to the Store would do. */
export async function planStoreDocument(deps: Deps, session: AccountSession, task: PlanTask): Promise<ReleasePlan> {
  const { document, content } = task;
  const { target } = document;
  if (content.faults.length > 0) return blockedPlan(target, content.faults);
  try {
    const product = await findProduct(session, target);
    if (product === null) return await planNew(deps, session, task);
    return await planFor(deps, session, { ...task, product });
  } catch (error) {
    const failure = toFailure(error);
    // The run would look, and fail of it.
    if (failure === undefined || !ofTheProduct.includes(failure.code)) throw error;
    const { code, message } = failure;
    return blockedPlan(target, [{ code, message, pointer: '/target' }]);
  }
}

const ofTheProduct: readonly string[] = [
  'product-not-found',
  'product-ambiguous',
  'product-forbidden',
  'unsupported-features',
];

async function planFor(
  deps: Deps,
  session: AccountSession,
  { document, content, product }: PlanTask & { readonly product: StoreProduct },
): Promise<ReleasePlan> {
  const found = await lookAt(session, product);
  const key = productKey(product);
  const release: ReleaseCase = {
    kind: product.kind,
    document: content.document,
    product: await seen(deps, product, found),
    packages: content.packages,
    known: await deps.published.read(key),
    assets: await assetContext(deps, content.hashes, product),
  };
  const plan = releasePlan(withProduct(document.target, product), release, judgeRelease(release));
  return behindOthers(plan, document, await deps.claims.holder(key));
}

async function seen(deps: Deps, product: StoreProduct, found: FoundProductState): Promise<SeenProduct> {
  const { pending, published } = found;
  if (pending === null) return { ...found, pending };
  const origin = await whoseSubmission(deps, product, { submissionId: null }, pending);
  const { id: submissionId, status, friendlyName, document } = pending;
  const isOnly = isOnlySubmission(product, published?.id ?? null);
  return { ...found, pending: { submissionId, status, friendlyName, origin, isOnly, document } };
}

/** Of a product that is to be made. */
async function planNew(deps: Deps, session: AccountSession, { document, content }: PlanTask): Promise<ReleasePlan> {
  const { target } = document;
  const named = namedTarget(target);
  if (named?.create === undefined) return blockedPlan(target, [catalogued('product-not-found', '/target')]);
  const product = { app: await appOf(session, target), published: null, pending: null, fallback: null };
  const release: ReleaseCase = {
    kind: target.kind,
    document: content.document,
    product,
    packages: content.packages,
    known: [],
    assets: await assetContext(deps, content.hashes, null),
  };
  const plan = forNewProduct(releasePlan(target, release, judgeRelease(release)));
  return behindOthers(plan, document, await deps.claims.holder(namingKey(named)));
}

async function appOf({ client, call }: AccountSession, target: StoreTarget): Promise<SeenProduct['app']> {
  if (target.kind !== 'store-flight') return null;
  return storeApp((await client.getApplication(target.applicationId, call)).value);
}
