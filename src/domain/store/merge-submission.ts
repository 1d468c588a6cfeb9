import type { Fault } from '../release';
import type { OldPackages, ReleaseDocument } from '../release-document';
import { mergeListings } from './merge-listings';
import { mergePackages } from './merge-packages';
import { packagesOf } from './submission';
import type { CheckedPackage, StoreSubmission } from './submission';

export interface MergedSubmission {
  readonly submission: StoreSubmission;
  readonly faults: readonly Fault[];
  /** Whether packages are added or removed. */
  readonly packagesChanged: boolean;
}

/**
 * The submission a release asks for: what it found, with the packages and texts of the document. What the document
 * does not name is carried along as it is. Pure, and merging twice gives the same.
 */
export function mergeSubmission(
  base: StoreSubmission,
  document: ReleaseDocument,
  added: readonly CheckedPackage[],
): MergedSubmission {
  const packages = mergePackages(packagesOf(base), added, oldPackagesOf(document, added));
  const listings = mergeListings(base.listings ?? {}, document.changes?.listings);
  const notes = document.changes?.notesForCertification;
  return {
    submission: {
      ...base,
      listings: listings.listings,
      applicationPackages: packages.packages,
      ...(notes === undefined ? {} : { notesForCertification: (notes ?? '').replace(/\r\n|\r|\n/g, '\r\n') }),
    },
    faults: [...packages.faults, ...listings.faults, ...noListings(listings.listings)],
    packagesChanged: packages.changed,
  };
}

/** A package that the release asks for and that is there already is not an old one, whatever its name or version. */
function oldPackagesOf(
  { packages = [], oldPackages }: ReleaseDocument,
  added: readonly CheckedPackage[],
): (OldPackages & { readonly stay: ReadonlySet<string> }) | undefined {
  if (oldPackages === undefined) return undefined;
  const isAdded = new Set(added.map((item) => item.fileName.toLowerCase()));
  const stay = new Set(packages.map((item) => item.fileName.toLowerCase()).filter((name) => !isAdded.has(name)));
  return { ...oldPackages, stay };
}

function noListings(listings: object): Fault[] {
  if (Object.keys(listings).length > 0) return [];
  return [
    {
      pointer: '/changes/listings',
      code: 'listing-missing',
      message: 'The product has no listing yet: the first release needs at least one, with title and description.',
    },
  ];
}
