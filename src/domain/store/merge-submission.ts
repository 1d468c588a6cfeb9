import type { OldPackages, ReleaseDocument } from '../release-document';
import type { ChangeContext } from './changes/place';
import { mergePackages } from './merge-packages';
import { planSubmission } from './plan-submission';
import type { PlannedSubmission } from './plan-submission';
import { packagesOf } from './submission';
import type { CheckedPackage, StoreSubmission } from './submission';

export type { PlannedSubmission as MergedSubmission } from './plan-submission';

const noAssets: ChangeContext = { sha256Of: () => undefined, known: () => undefined };

/**
 * The submission of an app that a release asks for: what it found, with the packages and changes of the document.
 * Pure, and merging twice gives the same.
 */
export function mergeSubmission(
  base: StoreSubmission,
  document: ReleaseDocument,
  added: readonly CheckedPackage[],
): PlannedSubmission {
  const packages = mergePackages(packagesOf(base), added, oldPackagesOf(document, added));
  const newLanguages = added.flatMap((item) => item.languages);
  return planSubmission('store-app', base, { changes: document.changes, packages, newLanguages }, noAssets);
}

/** A package that the release asks for and that is there already is not an old one, whatever its name or version. */
export function oldPackagesOf(
  { packages = [], oldPackages }: Pick<ReleaseDocument, 'packages' | 'oldPackages'>,
  added: readonly CheckedPackage[],
): (OldPackages & { readonly stay: ReadonlySet<string> }) | undefined {
  if (oldPackages === undefined) return undefined;
  const isAdded = new Set(added.map((item) => item.fileName.toLowerCase()));
  const stay = new Set(packages.map((item) => item.fileName.toLowerCase()).filter((name) => !isAdded.has(name)));
  return { ...oldPackages, stay };
}
