import type { Fault } from '../release';
import type { OldPackages } from '../release-document';
import { packagesToRemove } from './old-packages';
import type { CheckedPackage, StorePackage } from './submission';

export interface MergedPackages {
  readonly packages: readonly StorePackage[];
  readonly faults: readonly Fault[];
  /** Whether anything differs from what was there. */
  readonly changed: boolean;
}

/**
 * The package list to send: every entry that was there stays in its place (the API refuses a list that drops one),
 * removal is `PendingDelete`, and new ones come last as `PendingUpload`. Merging twice gives the same.
 */
export function mergePackages(
  existing: readonly StorePackage[],
  added: readonly CheckedPackage[],
  old: (OldPackages & { readonly stay?: ReadonlySet<string> }) | undefined,
): MergedPackages {
  const isNew = (entry: StorePackage): boolean =>
    entry.fileStatus === 'PendingUpload' && added.some((item) => sameName(item.fileName, entry.fileName));
  const present = existing.filter((entry) => !isNew(entry));
  const { remove, faults } = packagesToRemove(present, added, old);
  const kept = present.map((entry): StorePackage =>
    remove.has(entry.fileName.toLowerCase()) ? { ...entry, fileStatus: 'PendingDelete' } : entry,
  );
  const staying = kept.filter((entry) => entry.fileStatus !== 'PendingDelete');
  const packages = [...kept, ...added.map(toEntry)];
  return {
    packages,
    faults: [...faults, ...collisions(staying, added), ...emptiness(packages)],
    changed: added.length > 0 || kept.some((entry, index) => entry.fileStatus !== present[index]?.fileStatus),
  };
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

function collisions(staying: readonly StorePackage[], added: readonly CheckedPackage[]): Fault[] {
  return added.flatMap((item, index) => {
    const pointer = `/packages/${index}`;
    const name = staying.find((entry) => sameName(entry.fileName, item.fileName));
    if (name !== undefined) {
      return [
        {
          pointer: `${pointer}/fileName`,
          code: 'package-name-taken',
          message: `The product already has a package "${item.fileName}": name the new one differently, or remove the old one with oldPackages.remove.`,
        },
      ];
    }
    const twin =
      staying.find((entry) => isTwin(entry, item)) ?? added.find((other, at) => at < index && isDouble(other, item));
    if (twin === undefined) return [];
    return [
      {
        pointer,
        code: 'package-duplicate',
        message: `"${item.fileName}" has the same version (${item.version}) and architecture (${item.architectures.join(', ')}) as "${twin.fileName}": raise the version, or remove the other one.`,
      },
    ];
  });
}

function isTwin(entry: StorePackage, item: CheckedPackage): boolean {
  return (
    entry.version === item.version &&
    item.architectures.length === 1 &&
    entry.architecture?.toLowerCase() === item.architectures[0]?.toLowerCase()
  );
}

function isDouble(a: CheckedPackage, b: CheckedPackage): boolean {
  return (
    a.version === b.version &&
    a.architectures.join() === b.architectures.join() &&
    a.targetDeviceFamilies.join() === b.targetDeviceFamilies.join()
  );
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
  if (packages.some((entry) => entry.fileStatus !== 'PendingDelete')) return [];
  return [
    { pointer: '/oldPackages', code: 'package-missing', message: 'No package would remain: keep one, or add one.' },
  ];
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
