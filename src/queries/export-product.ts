import { findProduct } from '../activities/found-product';
import type { AccountSession } from '../activities/store-call';
import { sessionOf } from '../activities/store-call';
import type { ReleaseDocument, StoreChanges, StoreTarget } from '../domain/release-document';
import { exportOf } from '../domain/store/apply-changes';

/** What is exported, or why nothing is. */
export type Exported =
  | { readonly kind: 'document'; readonly document: ReleaseDocument }
  /** Nothing has the name. */
  | { readonly kind: 'no-product' }
  /** Never published, and nothing is pending. */
  | { readonly kind: 'nothing' };

/** The live product as a release document that changes nothing; of one that was never published, what is pending. */
export async function exportProduct(session: AccountSession, account: string, target: StoreTarget): Promise<Exported> {
  const product = await findProduct(session, target);
  if (product === null) return { kind: 'no-product' };
  const store = sessionOf(session, product);
  const { publishedId, pendingId } = await store.getProduct();
  const id = publishedId ?? pendingId;
  if (id === null) return { kind: 'nothing' };
  const { document } = await store.getSubmission(id);
  // The export is in the form of the target's kind: that is what `changes` are a patch on.
  const changes = exportOf(product.kind, document) as StoreChanges;
  return { kind: 'document', document: { account, target: product, changes } };
}
