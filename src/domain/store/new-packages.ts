import type { FaultCode } from '../fault-catalogue';
import type { Fault } from '../release';
import { architecturesOf, compareVersions, placeOf, placeOfNew } from './package-slots';
import type { KnownPackage } from './packages-to-send';
import type { CheckedPackage, StorePackage } from './submission';

/** What new packages come to. */
export interface Surroundings {
  /** What is there and stays. */
  readonly staying: readonly StorePackage[];
  /** What is there, but for what somebody takes out by its name. */
  readonly unnamed: readonly StorePackage[];
  /** What this service has published of the product. */
  readonly known?: readonly KnownPackage[] | undefined;
  /** The packages of the document, of which only the new ones are judged; absent = they are all new. */
  readonly asked?: readonly { readonly fileName: string }[] | undefined;
}

/**
 * What is wrong with new packages beside those that are there, and beside each other, all of it at once: a name that is
 * taken, the same version for the same architecture, and a version that nobody would get. Pointers lead into the
 * packages of the document.
 */
export function unfitPackages(added: readonly CheckedPackage[], around: Surroundings): Fault[] {
  return added.flatMap((item, index) => {
    const pointer = `/packages/${placeIn(around.asked, item) ?? index}`;
    const twin = twinOf(item, added.slice(0, index), around);
    const own = twin === undefined ? notRising(pointer, item, around) : [duplicate(pointer, item, twin)];
    return [...nameTaken(pointer, item, around), ...own];
  });
}

function placeIn(asked: Surroundings['asked'], { fileName }: CheckedPackage): number | undefined {
  const index = asked?.findIndex((item) => sameName(item.fileName, fileName)) ?? -1;
  return index < 0 ? undefined : index;
}

function nameTaken(pointer: string, { fileName }: CheckedPackage, { staying }: Surroundings): Fault[] {
  if (!staying.some((entry) => sameName(entry.fileName, fileName))) return [];
  const message = `The product already has a package "${fileName}": name the new one differently, or remove the old one with oldPackages.remove.`;
  return [fault(`${pointer}/fileName`, 'package-name-taken', message)];
}

/** The Store tells packages apart by version and architecture, whatever devices they are for. */
function twinOf(
  item: CheckedPackage,
  before: readonly CheckedPackage[],
  { staying, known }: Surroundings,
): { readonly fileName: string } | undefined {
  const mine = architecturesIn(item);
  const isTwin = (entry: StorePackage): boolean => {
    const theirs = architecturesOf(entry, known);
    // Of a bundle that was not published from here, nobody knows what is in it.
    const isAlike = mine.join() === theirs.join() || (mine.length > 1 && theirs.join() === 'neutral');
    return entry.version === item.version && isAlike;
  };
  return (
    staying.find(isTwin) ??
    before.find((other) => other.version === item.version && architecturesIn(other).join() === mine.join())
  );
}

function architecturesIn({ architectures }: CheckedPackage): string[] {
  return architectures.map((name) => name.toLowerCase()).sort();
}

function duplicate(pointer: string, item: CheckedPackage, twin: { readonly fileName: string }): Fault {
  const { fileName, version, architectures } = item;
  const message = `"${fileName}" has the same version (${version}) and architecture (${architectures.join(', ')}) as "${twin.fileName}": raise the version, or remove the other one.`;
  return fault(pointer, 'package-duplicate', message);
}

/**
 * The Store takes packages in any order of versions, and gives a device the highest that it can run: one that is higher
 * nowhere than what is there already reaches nobody. Where the higher one is taken out by its name, that is meant.
 */
function notRising(pointer: string, item: CheckedPackage, { unnamed, known }: Surroundings): Fault[] {
  const { slots } = placeOfNew(item);
  const above = unnamed
    .map((entry) => ({ entry, place: placeOf(entry, known) }))
    .filter(({ place }) => place.isSure && compareVersions(place.version, item.version) >= 0);
  const first = above.find(({ place }) => place.slots.some((slot) => slots.includes(slot)));
  const isAbove = (slot: string): boolean => above.some(({ place }) => place.slots.includes(slot));
  if (first === undefined || !slots.every(isAbove)) return [];
  const { fileName, version } = first.entry;
  const message = `"${item.fileName}" has the version ${item.version}, which does not rise above ${version ?? ''} of "${fileName}" for the same architecture, device family and minimum OS: nobody would get it. Raise the version, or take the other one out with oldPackages.remove.`;
  return [fault(pointer, 'package-not-rising', message)];
}

function fault(pointer: string, code: FaultCode, message: string): Fault {
  return { pointer, code, message };
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
