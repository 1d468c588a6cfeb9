import { iconDifferences, imageDifferences, trailerDifferences } from './compare-files';
import { packageDifferences } from './compare-packages';
import { isObject } from '../json-value';
import { isEmpty, isSame } from './compare-values';
import type { StoreListing, StoreSubmission } from './submission';

/**
 * Members that a submission may differ in without being another one: read-only, computed by the service, or ignored
 * by it (submission API, "Manage app submissions").
 */
const ignored = new Set([
  'id',
  'flightId',
  'status',
  'statusDetails',
  'fileUploadUrl',
  'hasUploadUrl',
  'friendlyName',
  'applicationPackages',
  'flightPackages',
  'listings',
  'sales',
  'isAdvancedPricingModel',
  'packageRolloutStatus',
  'fallbackSubmissionId',
  'privacyPolicy',
  'supportContact',
  'websiteUrl',
]);

/** Objects whose members are entries, not a shape: one that nobody meant is a difference. */
const keyed = new Set(['marketSpecificPricings', 'platformOverrides']);

/** Members with pictures or videos: they are told apart by what was sent. */
const files: Readonly<Record<string, (meant: unknown, stored: unknown, at: string) => string[]>> = {
  images: imageDifferences,
  icon: iconDifferences,
  trailers: trailerDifferences,
};

/**
 * Where the stored submission is not the one that was meant: JSON pointers, none when they agree. Missing, `null` and
 * empty are the same, so are dates and line breaks written differently, white space at the end of a text, and files
 * that only moved on. Members that the service adds to a shape are no difference; entries, listings, packages and
 * pictures that came are.
 */
export function differences(meant: StoreSubmission, stored: StoreSubmission): string[] {
  return [
    ...members(meant, stored, ''),
    ...listingDifferences(meant.listings ?? {}, stored.listings ?? {}),
    ...packagesIn('applicationPackages', meant, stored),
    ...packagesIn('flightPackages', meant, stored),
    ...playerDifferences(meant['gamingOptions'], stored['gamingOptions']),
  ];
}

function packagesIn(
  member: 'applicationPackages' | 'flightPackages',
  meant: StoreSubmission,
  stored: StoreSubmission,
): string[] {
  return packageDifferences(meant[member] ?? [], stored[member] ?? [], `/${member}`);
}

const rolloutPointer = '/packageDeliveryOptions/packageRollout';

/** Whether a difference is one of the rollout. */
export function isOfRollout(pointer: string): boolean {
  return pointer === rolloutPointer || pointer.startsWith(`${rolloutPointer}/`);
}

/** Whether the stored submission is the one that was meant in everything but its rollout. */
export function differsInRolloutAlone(meant: StoreSubmission, stored: StoreSubmission): boolean {
  const unlike = differences(meant, stored);
  return unlike.length > 0 && unlike.every(isOfRollout);
}

/** As `differences`, for content alone: what a fresh clone must share with what it was cloned from. */
export function isCloneOf(clone: StoreSubmission, original: StoreSubmission): boolean {
  const { packageDeliveryOptions: _rollout, ...a } = clone;
  const { packageDeliveryOptions: _fallback, ...b } = original;
  return differences(b, a).length === 0;
}

function listingDifferences(
  meant: Readonly<Record<string, StoreListing>>,
  stored: Readonly<Record<string, StoreListing>>,
): string[] {
  const byLanguage = new Map(Object.entries(stored).map(([name, listing]) => [name.toLowerCase(), listing]));
  const missing = Object.entries(meant).flatMap(([name, listing]) => {
    const found = byLanguage.get(name.toLowerCase());
    byLanguage.delete(name.toLowerCase());
    return found === undefined ? [`/listings/${name}`] : members(listing, found, `/listings/${name}`);
  });
  return [...missing, ...[...byLanguage.keys()].map((name) => `/listings/${name}`)];
}

/** A number of players that nobody meant to be there: the API leaves it out where there is none. */
function playerDifferences(meant: unknown, stored: unknown): string[] {
  const [wanted, there] = [meant, stored].map((list) => (Array.isArray(list) && isObject(list[0]) ? list[0] : null));
  if (wanted === null || wanted === undefined) return [];
  return Object.entries(there ?? {})
    .filter(([name, value]) => /^local.*Players$/.test(name) && Boolean(value) && isEmpty(wanted[name]))
    .map(([name]) => `/gamingOptions/0/${name}`);
}

function members(meant: object, stored: object, at: string): string[] {
  const wanted = new Map<string, unknown>(Object.entries(meant));
  const there = new Map<string, unknown>(Object.entries(stored));
  const isKeyed = keyed.has(at.slice(at.lastIndexOf('/') + 1));
  const compared = isKeyed ? new Set([...wanted.keys(), ...there.keys()]) : wanted.keys();
  return [...compared]
    .filter((name) => !ignored.has(name))
    .flatMap((name) => {
      const compare = Object.hasOwn(files, name) ? files[name] : undefined;
      return (compare ?? valueDifferences)(wanted.get(name), there.get(name), `${at}/${name}`);
    });
}

function valueDifferences(meant: unknown, stored: unknown, at: string): string[] {
  if (isEmpty(meant) && isEmpty(stored)) return [];
  if (Array.isArray(meant) && Array.isArray(stored)) {
    if (meant.length !== stored.length) return [at];
    return meant.flatMap((item, index) => valueDifferences(item, stored[index], `${at}/${index}`));
  }
  if (isObject(meant) && isObject(stored)) return members(meant, stored, at);
  return isSame(meant, stored) ? [] : [at];
}
