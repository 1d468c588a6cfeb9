import { packagesOf } from './submission';
import type { CheckedPackage, StoreSubmission } from './submission';

/** Bytes that this service published under a name, by its own record. */
export interface KnownPackage {
  readonly fileName: string;
  readonly sha256: string;
  readonly version?: string | undefined;
  /** Several of a bundle, as `x64+arm64`. */
  readonly architecture?: string | undefined;
}

/**
 * The packages that are not in a submission yet: what was published before is recognised by the record of its SHA-256,
 * and is not sent again.
 */
export function packagesToSend(
  submission: StoreSubmission,
  packages: readonly CheckedPackage[],
  published: readonly KnownPackage[],
): CheckedPackage[] {
  const there = new Set(
    packagesOf(submission)
      .filter((entry) => entry.fileStatus === 'Uploaded' || entry.fileStatus === 'None')
      .map((entry) => `${entry.fileName.toLowerCase()}|${entry.version}`),
  );
  return packages.filter((item) => {
    const name = item.fileName.toLowerCase();
    const isKnown = published.some((entry) => entry.sha256 === item.sha256 && entry.fileName.toLowerCase() === name);
    return !(isKnown && there.has(`${name}|${item.version}`));
  });
}
