import { findNamed } from './named-product';
import { readProduct } from './read-product';
import type { FoundProductState } from './read-product';
import { sessionOf } from './store-call';
import type { AccountSession } from './store-call';
import type { ReleaseTarget } from '../domain/release-document';
import { namedTarget, productOf } from '../domain/store/product';
import type { StoreProduct } from '../domain/store/product';

/** The product of a target; `null` where nothing has the name that it gives. */
export async function findProduct(session: AccountSession, target: ReleaseTarget): Promise<StoreProduct | null> {
  const named = namedTarget(target);
  if (named === null) return productOf(target);
  return (await findNamed(session.client, named, session.call))?.product ?? null;
}

/** As it is now, with the submissions that matter. */
export function lookAt(session: AccountSession, product: StoreProduct): Promise<FoundProductState> {
  return readProduct(sessionOf(session, product), product, null);
}
