import type { FaultCode } from '../fault-catalogue';
import type { Fault } from '../release';
import type { OldPackages } from '../release-document';
import { identityOf } from './blockers';
import type { LivePackages } from './live-packages';
import { newerThan, placeOf, placeOfNew } from './package-slots';
import type { PlacedPackage } from './package-slots';
import type { KnownPackage } from './packages-to-send';
import type { CheckedPackage, StorePackage } from './submission';

/** What the packages that are there are to the release. */
export interface Retention extends OldPackages {
  /** Names in lower case of packages that are there and asked for: they are no old ones, and never taken out. */
  readonly stay?: ReadonlySet<string> | undefined;
  /** What everyone runs, and what was halted; absent = nothing is live. */
  readonly live?: LivePackages | undefined;
  /** Whether the new packages come to a part of the users first. */
  readonly hasRollout?: boolean | undefined;
  /** What this service has published of the product. */
  readonly known?: readonly KnownPackage[] | undefined;
}

/**
 * Which of the packages already there are taken out: those that `remove` names, and those that `keep` leaves no place
 * to. A package is in a slot for each architecture, device family and minimum OS; it goes where in each of its slots a
 * new one comes, and `keep` older versions above it are there already. A halted one never takes a place, and has none.
 * With a rollout, what everyone else runs always stays.
 *
 * @returns the entries to remove, for several versions may have one name, and a fault for each name that is not there or
 * may not go
 */
export function packagesToRemove(
  existing: readonly StorePackage[],
  added: readonly CheckedPackage[],
  retention: Retention = {},
): { readonly remove: ReadonlySet<StorePackage>; readonly faults: readonly Fault[] } {
  const named = (retention.remove ?? []).map((name) => name.toLowerCase());
  const isNamed = (entry: StorePackage): boolean => named.includes(entry.fileName.toLowerCase());
  const rest = existing.filter((entry) => entry.fileStatus !== 'PendingDelete' && !isNamed(entry));
  const taken = [...existing.filter(isNamed), ...outdatedOf(rest, added, retention)];
  return {
    remove: new Set(taken.filter(({ fileName }) => retention.stay?.has(fileName.toLowerCase()) !== true)),
    faults: [...absent(existing, named), ...missed(existing, named, retention)],
  };
}

function absent(existing: readonly StorePackage[], named: readonly string[]): Fault[] {
  const present = new Set(existing.map((entry) => entry.fileName.toLowerCase()));
  return named.flatMap((name, index): Fault[] =>
    present.has(name) ? [] : [notFound(`/oldPackages/remove/${index}`, name)],
  );
}

function notFound(pointer: string, name: string): Fault {
  return { pointer, code: 'package-not-found', message: `The product has no package "${name}".` };
}

/** What everyone outside of the rollout would be left without. */
function missed(existing: readonly StorePackage[], named: readonly string[], retention: Retention): Fault[] {
  if (retention.live?.isOpen === true) return [];
  return existing.flatMap((entry): Fault[] => {
    const name = entry.fileName.toLowerCase();
    if (!isServed(entry, retention) || retention.stay?.has(name) === true) return [];
    const index = named.indexOf(name);
    if (index >= 0) return [servedFault(`/oldPackages/remove/${index}`, `Everyone outside of the rollout runs`, entry)];
    if (entry.fileStatus !== 'PendingDelete') return [];
    return [
      servedFault('/options/onForeignDraft', 'The draft takes out what everyone outside of the rollout runs:', entry),
    ];
  });
}

function servedFault(pointer: string, what: string, { fileName, version }: StorePackage): Fault {
  const code: FaultCode = 'package-served';
  return { pointer, code, message: `${what} "${fileName}" (${version ?? 'of unknown version'}): it must stay.` };
}

function isServed(entry: StorePackage, { live, hasRollout }: Retention): boolean {
  return hasRollout === true && live?.served.has(identityOf(entry)) === true;
}

function outdatedOf(
  rest: readonly StorePackage[],
  added: readonly CheckedPackage[],
  retention: Retention,
): StorePackage[] {
  const { keep, stay, live, known } = retention;
  if (keep === undefined) return [];
  const renewed = new Set(added.flatMap((item) => placeOfNew(item).slots));
  const isHalted = (entry: StorePackage): boolean => live?.halted.has(identityOf(entry)) === true;
  const old = rest.filter((entry) => stay?.has(entry.fileName.toLowerCase()) !== true);
  const counted = old.filter((entry) => !isHalted(entry)).map((entry) => placeOf(entry, known));
  const hasPlace = (place: PlacedPackage, slot: string): boolean => newerThan(place, slot, counted) < keep;
  return old.filter((entry) => {
    const place = placeOf(entry, known);
    const isKept = (slot: string): boolean => !renewed.has(slot) || (!isHalted(entry) && hasPlace(place, slot));
    return !isServed(entry, retention) && !place.slots.some(isKept);
  });
}
