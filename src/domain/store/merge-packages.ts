import type { Fault } from '../release';
import { unfitPackages } from './new-packages';
import type { Surroundings } from './new-packages';
import { packagesToRemove } from './old-packages';
import type { Retention } from './old-packages';
import type { CheckedPackage, StorePackage } from './submission';

export interface MergedPackages {
  readonly packages: readonly StorePackage[];
  readonly faults: readonly Fault[];
  /** Whether anything differs from what was there. */
  readonly changed: boolean;
  /** Whether there are packages to send. */
  readonly adds: boolean;
  /** Names of packages that the maker of a draft has announced, and that stay: their bytes are in an archive of theirs. */
  readonly announced: readonly string[];
}

/**
 * The package list to send: every entry that was there stays in its place (the API refuses a list that drops one),
 * removal is `PendingDelete`, and new ones come last as `PendingUpload`. What was only announced is left out where it is
 * to go, for there is nothing to delete. Merging twice gives the same.
 *
 * @param asked the packages of the document, where not all of them are new
 */
export function mergePackages(
  existing: readonly StorePackage[],
  added: readonly CheckedPackage[],
  retention: Retention = {},
  asked?: Surroundings['asked'],
): MergedPackages {
  const isNew = (entry: StorePackage): boolean =>
    entry.fileStatus === 'PendingUpload' && added.some((item) => sameName(item.fileName, entry.fileName));
  const present = existing.filter((entry) => !isNew(entry));
  const { remove, faults } = packagesToRemove(present, added, retention);
  const kept = present.flatMap((entry): StorePackage[] => {
    if (!remove.has(entry)) return [entry];
    return isAnnounced(entry) ? [] : [{ ...entry, fileStatus: 'PendingDelete' }];
  });
  const around = { staying: kept.filter(isStaying), unnamed: unnamedOf(present, retention), known: retention.known };
  const packages = [...kept, ...added.map(toEntry)];
  return {
    packages,
    faults: [...faults, ...unfitPackages(added, { ...around, asked }), ...emptiness(packages)],
    changed: added.length > 0 || present.some((entry) => remove.has(entry) && isStaying(entry)),
    adds: added.length > 0,
    announced: kept.filter(isAnnounced).map(({ fileName }) => fileName),
  };
}

/** What was only announced has no version yet. */
function unnamedOf(present: readonly StorePackage[], { remove = [], stay }: Retention): StorePackage[] {
  const named = new Set(remove.map((name) => name.toLowerCase()).filter((name) => stay?.has(name) !== true));
  return present.filter(
    (entry) => isStaying(entry) && (entry.version ?? '') !== '' && !named.has(entry.fileName.toLowerCase()),
  );
}

function isStaying({ fileStatus }: StorePackage): boolean {
  return fileStatus !== 'PendingDelete';
}

function isAnnounced({ fileStatus }: StorePackage): boolean {
  return fileStatus === 'PendingUpload';
}

function toEntry(item: CheckedPackage): StorePackage {
  // Documented as required, ignored except for Windows 8.x: "None" is what the service itself writes.
  return {
    fileName: item.fileName,
    fileStatus: 'PendingUpload',
    minimumDirectXVersion: 'None',
    minimumSystemRam: 'None',
  };
}

function emptiness(packages: readonly StorePackage[]): Fault[] {
  if (packages.length === 0)
    return [
      {
        pointer: '/packages',
        code: 'package-missing',
        message: 'The product has no package yet: the first release needs one.',
      },
    ];
  if (packages.some(isStaying)) return [];
  return [
    { pointer: '/oldPackages', code: 'package-missing', message: 'No package would remain: keep one, or add one.' },
  ];
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
