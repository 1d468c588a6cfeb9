import type { PlainDocument } from '../plain-document';
import type { Retention } from './old-packages';
import type { CheckedPackage } from './submission';

/** A package that the release asks for and that is there already is not an old one, whatever its name or version. */
export function oldPackagesOf(
  { packages = [], oldPackages, options }: Pick<PlainDocument, 'packages' | 'oldPackages' | 'options'>,
  added: readonly CheckedPackage[],
): Retention {
  const isAdded = new Set(added.map((item) => item.fileName.toLowerCase()));
  const stay = new Set(packages.map((item) => item.fileName.toLowerCase()).filter((name) => !isAdded.has(name)));
  return { ...oldPackages, stay, hasRollout: options?.rollout !== undefined };
}
