import type { ReleaseDocument } from '../domain/release-document';
import { packagesToSend } from '../domain/store/packages-to-send';
import type { CheckedPackage, StoreSubmission } from '../domain/store/submission';
import { productKey } from '../domain/store/product';
import type { StoreProduct } from '../domain/store/product';
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

/** Those of a release that are to be sent: see `packagesToSend`. */
export async function newPackages(
  deps: ActivityDeps,
  product: StoreProduct,
  submission: StoreSubmission,
  packages: readonly CheckedPackage[],
): Promise<CheckedPackage[]> {
  return packagesToSend(submission, packages, await deps.published.read(productKey(product)));
}
