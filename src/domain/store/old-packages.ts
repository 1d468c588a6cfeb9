import type { Fault } from '../release';
import type { OldPackages } from '../release-document';
import type { CheckedPackage, StorePackage } from './submission';

/**
 * Which of the packages already there are taken out: those that `remove` names, and where a new package comes, all but
 * the `keep` newest of the same architecture, device families and minimum OS.
 *
 * @param old `stay`: names in lower case of packages that are there and asked for; they are never taken out
 * @returns the file names to remove, lower case, and a fault for each name that is not there
 */
export function packagesToRemove(
  existing: readonly StorePackage[],
  added: readonly CheckedPackage[],
  old: (OldPackages & { readonly stay?: ReadonlySet<string> }) | undefined,
): { readonly remove: ReadonlySet<string>; readonly faults: readonly Fault[] } {
  const named = (old?.remove ?? []).map((name) => name.toLowerCase());
  const present = new Set(existing.map((entry) => entry.fileName.toLowerCase()));
  const faults = named.flatMap((name, index): Fault[] =>
    present.has(name)
      ? []
      : [
          {
            pointer: `/oldPackages/remove/${index}`,
            code: 'package-not-found',
            message: `The product has no package "${name}".`,
          },
        ],
  );
  const rest = existing.filter(
    (entry) => entry.fileStatus !== 'PendingDelete' && !named.includes(entry.fileName.toLowerCase()),
  );
  const taken = [...named, ...outdated(rest, added, old?.keep)];
  return { remove: new Set(taken.filter((name) => old?.stay?.has(name) !== true)), faults };
}

function outdated(
  existing: readonly StorePackage[],
  added: readonly CheckedPackage[],
  keep: number | undefined,
): string[] {
  if (keep === undefined) return [];
  const groups = new Map<string, StorePackage[]>();
  const renewed = new Set(added.map((entry) => slot(entry.architectures, entry.targetDeviceFamilies)));
  for (const entry of existing) {
    const key = slot([entry.architecture ?? ''], entry.targetDeviceFamilies ?? []);
    if (renewed.has(key)) groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].flatMap((group) =>
    [...group]
      .sort((a, b) => compareVersions(b.version ?? '', a.version ?? ''))
      .slice(keep)
      .map((entry) => entry.fileName.toLowerCase()),
  );
}

/** Packages with the same slot replace each other on a device. */
function slot(architectures: readonly string[], families: readonly string[]): string {
  const parts = [...architectures].map((name) => name.toLowerCase()).sort();
  return `${parts.join('+')}|${[...families]
    .map((name) => name.toLowerCase())
    .sort()
    .join(',')}`;
}

/** Compares versions of four numbers; a missing part is 0. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let index = 0; index < 4; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
