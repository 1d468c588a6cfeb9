import type { PlainDocument } from '../plain-document';
import type { OldPackages } from '../release-document';
import type { CheckedPackage } from './submission';

/** A package that the release asks for and that is there already is not an old one, whatever its name or version. */
export function oldPackagesOf(
  { packages = [], oldPackages }: Pick<PlainDocument, 'packages' | 'oldPackages'>,
  added: readonly CheckedPackage[],
): (OldPackages & { readonly stay: ReadonlySet<string> }) | undefined {
  if (oldPackages === undefined) return undefined;
  const isAdded = new Set(added.map((item) => item.fileName.toLowerCase()));
  const stay = new Set(packages.map((item) => item.fileName.toLowerCase()).filter((name) => !isAdded.has(name)));
  return { ...oldPackages, stay };
}
