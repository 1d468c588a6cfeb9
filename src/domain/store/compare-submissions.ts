import { packagesOf } from './submission';
import type { StoreListing, StorePackage, StoreSubmission } from './submission';

/**
 * Members that a submission may differ in without being another one: read-only, computed by the service, or ignored
 * by it (submission API, "Manage app submissions").
 */
const ignored = new Set([
  'id',
  'status',
  'statusDetails',
  'fileUploadUrl',
  'hasUploadUrl',
  'friendlyName',
  'applicationPackages',
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

/**
 * Where the stored submission is not the one that was meant: JSON pointers, none when they agree. Missing, `null` and
 * empty are the same, so are dates and line breaks written differently, white space at the end of a text, and file
 * statuses that only moved on. Members that the service adds to a shape are no difference; entries, listings and
 * packages that came are.
 */
export function differences(meant: StoreSubmission, stored: StoreSubmission): string[] {
  return [
    ...members(meant, stored, ''),
    ...listingDifferences(meant.listings ?? {}, stored.listings ?? {}),
    ...packageDifferences(packagesOf(meant), packagesOf(stored)),
  ];
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

/** After processing, removed packages are gone and new ones have an id: what counts is which ones there are. */
function packageDifferences(meant: readonly StorePackage[], stored: readonly StorePackage[]): string[] {
  const wanted = names(meant.filter((entry) => entry.fileStatus !== 'PendingDelete'));
  const there = names(stored.filter((entry) => entry.fileStatus !== 'PendingDelete'));
  const missing = [...wanted].filter((name) => !there.has(name));
  const extra = [...there].filter((name) => !wanted.has(name));
  return [...missing, ...extra].map((name) => `/applicationPackages/${name}`);
}

function names(packages: readonly StorePackage[]): Set<string> {
  return new Set(packages.map((entry) => entry.fileName.toLowerCase()));
}

function members(meant: object, stored: object, at: string): string[] {
  const wanted = new Map<string, unknown>(Object.entries(meant));
  const there = new Map<string, unknown>(Object.entries(stored));
  const isKeyed = keyed.has(at.slice(at.lastIndexOf('/') + 1));
  const compared = isKeyed ? new Set([...wanted.keys(), ...there.keys()]) : wanted.keys();
  return [...compared]
    .filter((name) => !ignored.has(name))
    .flatMap((name) => valueDifferences(member(wanted, name), member(there, name), `${at}/${name}`));
}

/** A file that was to be sent is there once the submission was processed. */
function member(from: ReadonlyMap<string, unknown>, name: string): unknown {
  const value = from.get(name);
  return name === 'fileStatus' && value === 'PendingUpload' ? 'Uploaded' : value;
}

function valueDifferences(meant: unknown, stored: unknown, at: string): string[] {
  if (isEmpty(meant) && isEmpty(stored)) return [];
  if (Array.isArray(meant) && Array.isArray(stored)) {
    if (meant.length !== stored.length) return [at];
    return meant.flatMap((item, index) => valueDifferences(item, stored[index], `${at}/${index}`));
  }
  if (isObject(meant) && isObject(stored)) return members(meant, stored, at);
  return normal(meant) === normal(stored) ? [] : [at];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

function normal(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? Date.parse(value) : NaN;
  if (!Number.isNaN(time)) return time;
  return value.replace(/\r\n|\r/g, '\n').trimEnd();
}
