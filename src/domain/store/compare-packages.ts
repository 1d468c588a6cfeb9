import { asText } from '../json-value';
import type { StorePackage } from './submission';

/**
 * Packages, compared by which ones there are: after processing, removed ones are gone and new ones have a version. A
 * name alone says nothing, for a new package may have that of the one it replaces: what was to go and is still there is
 * not the new one.
 *
 * @returns a pointer for each that is missing or came
 */
export function packageDifferences(
  meant: readonly StorePackage[],
  stored: readonly StorePackage[],
  at: string,
): string[] {
  const left = stored.filter(isStaying);
  const missing = meant.filter(isStaying).filter((wanted) => {
    const found = left.findIndex((there) => (isNew(wanted) ? isNewHere(there, wanted, meant) : isKept(there, wanted)));
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
  return [...new Set([...missing, ...left].map((entry) => `${at}/${nameOf(entry)}`))];
}

/** A package that was there: the same one, unless the service says that it is another version. */
function isKept(there: StorePackage, wanted: StorePackage): boolean {
  return !isNew(there) && isSameName(there, wanted) && (isUnknown(there) || isUnknown(wanted) || isSame(there, wanted));
}

/** A package that comes: announced, or processed, and none that was to make place for it. */
function isNewHere(there: StorePackage, wanted: StorePackage, meant: readonly StorePackage[]): boolean {
  if (!isSameName(there, wanted)) return false;
  return isNew(there) || !meant.some((entry) => !isNew(entry) && isSame(there, entry));
}

function isSame(a: StorePackage, b: StorePackage): boolean {
  return isSameName(a, b) && asText(a.version) === asText(b.version);
}

function isSameName(a: StorePackage, b: StorePackage): boolean {
  return nameOf(a) === nameOf(b);
}

function isUnknown({ version }: StorePackage): boolean {
  return asText(version) === '';
}

function isNew({ fileStatus }: StorePackage): boolean {
  return fileStatus === 'PendingUpload';
}

function isStaying({ fileStatus }: StorePackage): boolean {
  return fileStatus !== 'PendingDelete';
}

function nameOf({ fileName }: StorePackage): string {
  return fileName.toLowerCase();
}
