import type { KnownPackage } from './packages-to-send';
import type { CheckedPackage, StorePackage } from './submission';

/** Where packages stand in for each other: on devices of one architecture and family, from one system version on. */
export interface PlacedPackage {
  /** Four numbers; empty where Partner Center does not say it. */
  readonly version: string;
  readonly slots: readonly string[];
  /**
   * Whether it is in each of its slots for certain. Of a bundle with several architectures and several systems, nobody
   * says which belongs to which: it may be in fewer.
   */
  readonly isSure: boolean;
}

/** A package that is in Partner Center. */
export function placeOf(entry: StorePackage, known: readonly KnownPackage[] = []): PlacedPackage {
  const architectures = architecturesOf(entry, known);
  const families = entry.targetDeviceFamilies ?? [];
  const isSure = architectures.length === 1 || families.length < 2;
  return { version: entry.version ?? '', slots: slotsOf(architectures, families), isSure };
}

/** A package that comes. */
export function placeOfNew(item: CheckedPackage): PlacedPackage {
  const { version, architectures, targetDeviceFamilies, applications } = item;
  if (applications === undefined) {
    const isSure = architectures.length === 1 || targetDeviceFamilies.length < 2;
    return { version, slots: slotsOf(architectures, targetDeviceFamilies), isSure };
  }
  const slots = applications.flatMap((one) => slotsOf([one.architecture], one.targetDeviceFamilies));
  return { version, slots: [...new Set(slots)], isSure: true };
}

/** In lower case. Partner Center shows one for a bundle of several: what was published from here is known better. */
export function architecturesOf(entry: StorePackage, known: readonly KnownPackage[] = []): readonly string[] {
  const name = entry.fileName.toLowerCase();
  const record = known.find((item) => item.fileName.toLowerCase() === name && item.version === entry.version);
  return (record?.architecture ?? entry.architecture ?? '').toLowerCase().split('+').sort();
}

function slotsOf(architectures: readonly string[], families: readonly string[]): string[] {
  const systems = families.length === 0 ? [''] : families.map((family) => family.toLowerCase());
  return [...new Set(architectures.flatMap((one) => systems.map((system) => `${one.toLowerCase()}|${system}`)))];
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

/** How many versions above this one others have in a slot, for certain; 0 = none is newer. */
export function newerThan(place: PlacedPackage, slot: string, others: readonly PlacedPackage[]): number {
  const newer = others.filter(
    (other) => other.isSure && other.slots.includes(slot) && compareVersions(other.version, place.version) > 0,
  );
  return new Set(newer.map(({ version }) => version)).size;
}
