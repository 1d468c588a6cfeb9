import type { StoreProduct } from '../domain/store/product';
import type { StoreApp } from '../domain/store/submission';
import type { Application, ProductState, StoreKind } from '../partner-center/store';
import { findSubmission } from './store-call';
import type { FoundSubmission, StoreSession } from './store-call';

/** A product as it was read, and what a release may already have of it. */
export interface FoundProductState {
  /** What packages must fit; `null` for an add-on, which has none. */
  readonly app: StoreApp | null;
  readonly published: FoundSubmission | null;
  readonly pending: FoundSubmission | null;
  /** What everyone runs since the rollout of what is live was halted. */
  readonly fallback: FoundSubmission | null;
  /** The submission of this release, where it is neither live nor pending. */
  readonly own: FoundSubmission | null;
}

/**
 * Reads a product with the submissions that matter for its next release.
 *
 * @param ownId the submission of the release that asks, if it has one
 */
export async function readProduct(
  session: StoreSession,
  product: StoreProduct,
  ownId: string | null,
): Promise<FoundProductState> {
  const { publishedId, pendingId, raw } = await session.getProduct();
  const read = async (id: string | null): Promise<FoundSubmission | null> =>
    id === null ? null : session.getSubmission(id);
  const find = async (id: string | null): Promise<FoundSubmission | null> =>
    id === null ? null : ((await findSubmission(session, id)) ?? null);
  const published = await read(publishedId);
  const pending = await read(pendingId);
  const fallback = await readFallback(session, published);
  const own = await find([publishedId, pendingId].includes(ownId) ? null : ownId);
  return { app: await appOf(session, product, raw), published, pending, fallback, own };
}

/** What is live, and what its rollout falls back to. */
export async function readLive(session: StoreSession): Promise<Pick<FoundProductState, 'published' | 'fallback'>> {
  const { publishedId } = await session.getProduct();
  const published = publishedId === null ? null : await session.getSubmission(publishedId);
  return { published, fallback: await readFallback(session, published) };
}

async function readFallback(
  session: StoreSession,
  published: FoundSubmission | null,
): Promise<FoundProductState['fallback']> {
  const id = fallbackOf(published);
  return id === null ? null : ((await findSubmission(session, id)) ?? null);
}

async function appOf(
  { client, call }: StoreSession,
  product: StoreProduct,
  raw: ProductState<StoreKind>['raw'],
): Promise<StoreApp | null> {
  if (product.kind === 'store-add-on') return null;
  const isApp = product.kind === 'store-app';
  // What is read of an app is its application; a flight's app must be asked for.
  const application = isApp ? (raw as Application) : (await client.getApplication(product.applicationId, call)).value;
  return storeApp(application);
}

/** What packages of an app must fit. */
export function storeApp(application: Application): StoreApp {
  const { id, packageIdentityName = '', publisherName = '', hasAdvancedListingPermission } = application;
  return { id, packageIdentityName, publisherName, hasAdvancedListingPermission };
}

/** What everyone runs since the rollout of what is live was halted, or would, were it halted. */
function fallbackOf(published: FoundSubmission | null): string | null {
  const rollout = published?.document.packageDeliveryOptions?.packageRollout;
  const matters = ['PackageRolloutStopped', 'PackageRolloutInProgress'].includes(rollout?.packageRolloutStatus ?? '');
  const id = matters ? rollout?.fallbackSubmissionId : null;
  return id === '0' ? null : (id ?? null);
}
