import type { ReleaseDocument } from '../domain/release-document';
import type { CheckedPackage, StoreSubmission } from '../domain/store/submission';
import { productKey } from '../domain/store/product';
import type { StoreProduct } from '../domain/store/product';
import { packagesOf } from '../domain/store/submission';
import type { ActivityDeps } from './deps';

/** Where the facts of a package lie among a release's working files. */
export function checkedPackageName(index: number): string {
  return `packages/${index}/checked`;
}

/** What was found in the packages of a release, in the document's order. */
export async function readCheckedPackages(
  deps: ActivityDeps,
  releaseId: string,
  document: ReleaseDocument,
): Promise<CheckedPackage[]> {
  const found = (document.packages ?? []).map((_item, index) =>
    deps.work.get<CheckedPackage>(releaseId, checkedPackageName(index)),
  );
  const packages = await Promise.all(found);
  return packages.map((item, index) => {
    if (item === undefined) throw new Error(`Package ${index} of ${releaseId} was not checked`);
    return item;
  });
}

/**
 * The packages that are not in a submission yet: what we published before is recognised by our own record of its
 * SHA-256, and is not sent again.
 */
export async function newPackages(
  deps: ActivityDeps,
  product: StoreProduct,
  submission: StoreSubmission,
  packages: readonly CheckedPackage[],
): Promise<CheckedPackage[]> {
  const live = await deps.published.read(productKey(product));
  const there = new Set(
    packagesOf(submission)
      .filter((entry) => entry.fileStatus === 'Uploaded' || entry.fileStatus === 'None')
      .map((entry) => `${entry.fileName.toLowerCase()}|${entry.version}`),
  );
  return packages.filter((item) => {
    const known = live.some(
      (entry) => entry.sha256 === item.sha256 && entry.fileName.toLowerCase() === item.fileName.toLowerCase(),
    );
    return !(known && there.has(`${item.fileName.toLowerCase()}|${item.version}`));
  });
}
