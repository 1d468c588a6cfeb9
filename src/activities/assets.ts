import type { ChangeContext } from '../domain/store/changes/place';
import { productKey } from '../domain/product';
import type { StoreProduct } from '../domain/store/product';
import type { ActivityDeps } from './deps';
import { checkedAssetsName } from './file-facts';
import type { ReleaseContent } from './release-content';

/** Of a release without assets. */
const noAssets: ChangeContext = { sha256Of: () => undefined, known: () => undefined };

/** SHA-256 by path in lower case. */
export type AssetHashes = Readonly<Record<string, string>>;

/**
 * What planning must know of the files that `changes` name: their hashes, and what this service has put into the product
 * before with the same bytes.
 */
export async function readAssets(
  deps: Pick<ActivityDeps, 'placed' | 'work'>,
  releaseId: string,
  { assets }: Pick<ReleaseContent, 'assets'>,
  product: StoreProduct,
): Promise<ChangeContext> {
  if (assets.length === 0) return noAssets;
  const hashes = await deps.work.get<AssetHashes>(releaseId, checkedAssetsName);
  if (hashes === undefined) throw new Error(`The assets of ${releaseId} were not checked`);
  return assetContext(deps, hashes, product);
}

/** @param product `null` where it is yet to be made: nothing was put there */
export async function assetContext(
  deps: Pick<ActivityDeps, 'placed'>,
  hashes: AssetHashes,
  product: StoreProduct | null,
): Promise<ChangeContext> {
  const placed = product === null ? [] : await deps.placed.read(productKey(product));
  const ids = new Map(placed.map(({ place, sha256, id }) => [`${place}|${sha256}`, id]));
  return {
    sha256Of: (path) => (Object.hasOwn(hashes, path.toLowerCase()) ? hashes[path.toLowerCase()] : undefined),
    known: (place, sha256) => ids.get(`${place}|${sha256}`),
  };
}
