import type { FaultCode } from '../fault-catalogue';
import { jsonPointer } from '../json-pointer';
import { origin } from '../plain-document';
import type { Origins, Publication } from '../plain-document';
import type { Fault } from '../release';
import type { StoreDocument, StoreTarget, SubmissionDocument } from '../release-document';
import { readListing, readTrailers } from './submission-files';
import type { Reading } from './submission-files';
import { asList, asObject, asText, isObject, plainText } from '../json-value';
import type { Members } from '../json-value';
import { mappingOf } from './mapping';
import { asItWasSpelled, spelledAsTheApi } from './member-spelling';
import { storeForeignId } from './product';

/** A package that a submission document speaks of. */
export interface NamedPackage {
  /** With `/`. */
  readonly fileName: string;
  /** Of its entry in the release document. */
  readonly pointer: string;
}

/** What a submission document asks for, in the words of a release document. */
export interface ReadSubmission {
  /** To be checked as `changes` are: what is unknown is still there. */
  readonly changes: Members;
  /** Packages to be found in the archive. */
  readonly packages: readonly NamedPackage[];
  /** Packages to take out. */
  readonly remove: readonly NamedPackage[];
  /** Packages that are said to be there already. */
  readonly expected: readonly NamedPackage[];
  readonly publication: Publication | undefined;
  readonly origins: Origins;
  readonly faults: readonly Fault[];
}

/** What the API or a tool writes beside the content, and nobody can set. */
const besides = [
  'id',
  'flightId',
  'status',
  'statusDetails',
  'fileUploadUrl',
  'hasUploadUrl',
  'friendlyName',
  // StoreBroker notes here what the document was made for.
  'appId',
  'iapId',
];

/** What is said by other parts of what is read. */
const elsewhere = ['applicationPackages', 'flightPackages', 'targetPublishMode', 'targetPublishDate'];

/** What the API takes for "not set" in members that have no such choice. */
const unset = ['NotSet', 'Unknown'];

/**
 * Reads a submission as StoreBroker, the official CLI and the official samples write it: as the API answers it, with
 * what is new marked `PendingUpload`. What it lacks, or has as `null`, stays as the product has it. What is read-only or
 * ignored by the API is passed over, for these documents carry it along; what nobody knows stays in `changes` and is
 * refused there. Pictures are replaced type by type, as those tools do. Names of members are read without case, as the
 * API does: the official CLI writes them with a capital. All pointers have the spelling of the document.
 */
export function readSubmissionDocument(
  document: Pick<StoreDocument, 'target' | 'options'>,
  sent: SubmissionDocument,
): ReadSubmission {
  const { submission, twice } = spelledAsTheApi(sent);
  const read = readSpelled(document, submission);
  const there = <T extends { readonly pointer: string }>(one: T): T => ({
    ...one,
    pointer: asItWasSpelled(one.pointer, sent),
  });
  const doubles = twice.map((pointer): Fault => {
    return { pointer, code: 'duplicate', message: 'This member is there twice: the API reads names without case.' };
  });
  return {
    ...read,
    packages: read.packages.map(there),
    remove: read.remove.map(there),
    expected: read.expected.map(there),
    origins: Object.fromEntries(
      Object.entries(read.origins).map(([here, place]) => [here, asItWasSpelled(place, sent)]),
    ),
    faults: [...doubles, ...read.faults.map(there)],
  };
}

function readSpelled(
  { target, options }: Pick<StoreDocument, 'target' | 'options'>,
  submission: SubmissionDocument,
): ReadSubmission {
  const reading: Reading = { origins: new Map([origin(['changes'], ['submission'])]), faults: [] };
  const { pricing, listings, trailers, gamingOptions, packageDeliveryOptions, ...rest } = without(submission, [
    ...besides,
    ...elsewhere,
  ]);
  const changes = present({
    ...texts(rest),
    pricing: isObject(pricing) ? present(texts(without(pricing, ['isAdvancedPricingModel', 'sales']))) : pricing,
    packageDeliveryOptions: deliveryOf(packageDeliveryOptions, options?.rollout !== undefined, reading),
    gamingOptions: gamingOf(gamingOptions, reading),
    listings: isObject(listings) ? listingsOf(listings, reading) : listings,
    trailers: Array.isArray(trailers) ? readTrailers(trailers, reading) : trailers,
  });
  refuseOthers(target, submission, reading);
  const entries = packageEntries(target, submission, reading);
  return {
    changes,
    packages: entries.filter(({ status }) => status === 'PendingUpload'),
    remove: entries.filter(({ status }) => status === 'PendingDelete'),
    expected: entries.filter(({ status }) => status !== 'PendingUpload' && status !== 'PendingDelete'),
    publication: publicationOf(submission, reading),
    origins: Object.fromEntries(reading.origins),
    faults: reading.faults,
  };
}

function without(members: Members, names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}

/** Without what says nothing: the API writes `null` where it has nothing. */
function present(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined));
}

/** Words for "not set" say nothing; line breaks as people write them. */
function texts(members: Members): Members {
  const kept = Object.entries(members).filter(([, value]) => typeof value !== 'string' || !unset.includes(value));
  return Object.fromEntries(kept.map(([name, value]) => [name, plain(value)]));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === 'string' ? plainText(value) : value;
}

function listingsOf(listings: Members, reading: Reading): Members {
  const read = Object.entries(listings).map(([language, listing]): [string, unknown] => {
    return [language, isObject(listing) ? readListing(listing, language, reading) : listing];
  });
  return present(Object.fromEntries(read));
}

/** A list of none or one in the API. */
function gamingOf(options: unknown, { origins }: Reading): unknown {
  if (!Array.isArray(options)) return options;
  origins.set(...origin(['changes', 'gamingOptions'], ['submission', 'gamingOptions', 0]));
  const [first] = asList(options);
  return isObject(first) ? present(first) : undefined;
}

const noDate = /^1601-/;

/** @param hasRollout whether the release itself says how its packages roll out */
function deliveryOf(delivery: unknown, hasRollout: boolean, reading: Reading): unknown {
  if (!isObject(delivery)) return delivery;
  const { packageRollout, mandatoryUpdateEffectiveDate: date, ...rest } = delivery;
  if (asObject(packageRollout)['isPackageRollout'] === true && !hasRollout) {
    const path = ['submission', 'packageDeliveryOptions', 'packageRollout', 'isPackageRollout'];
    refuse(reading, path, 'owned-elsewhere', 'Say "options.rollout" for a gradual rollout, and false here.');
  }
  const isSet = typeof date !== 'string' || !noDate.test(date);
  return present({ ...rest, ...(isSet ? { mandatoryUpdateEffectiveDate: date } : {}) });
}

function refuse({ faults }: Reading, path: readonly PropertyKey[], code: FaultCode, message: string): void {
  faults.push({ pointer: jsonPointer(path), code, message });
}

/** A document that was made for another product. */
function refuseOthers(target: StoreTarget, { appId, iapId, flightId }: SubmissionDocument, reading: Reading): void {
  const app = target.kind === 'store-add-on' ? undefined : target.applicationId;
  const wanted = [
    ['appId', appId, app],
    ['iapId', iapId, target.kind === 'store-add-on' ? storeForeignId(target) : undefined],
    ['flightId', flightId, target.kind === 'store-flight' ? target.flightId : undefined],
  ] as const;
  for (const [name, said, id] of wanted) {
    if (typeof said !== 'string' || said === '' || id === undefined || said.toLowerCase() === id.toLowerCase())
      continue;
    refuse(
      reading,
      ['submission', name],
      'invalid-value',
      `The document was made for ${said.slice(0, 50)}, not for ${id}.`,
    );
  }
}

type Entry = NamedPackage & { readonly status: string };

/** The entries of new and removed packages; `/packages` of the plain document names the new ones in this order. */
function packageEntries(target: StoreTarget, submission: SubmissionDocument, reading: Reading): Entry[] {
  const member = mappingOf(target.kind).packages;
  for (const name of ['applicationPackages', 'flightPackages']) {
    if (name === member || asList(submission[name]).length === 0) continue;
    refuse(reading, ['submission', name], 'unknown-member', 'A submission of this target has no such packages.');
  }
  if (member === null) return [];
  const entries = asList(submission[member]).flatMap((entry, index): Entry[] => {
    const path = ['submission', member, index];
    const { fileName, fileStatus } = asObject(entry);
    if (asText(fileName) === '') {
      refuse(reading, [...path, 'fileName'], 'missing-member', 'Add "fileName".');
      return [];
    }
    return [
      {
        fileName: asText(fileName).replaceAll('\\', '/'),
        pointer: jsonPointer(path),
        status: asText(fileStatus),
      },
    ];
  });
  noteOrigins(entries, 'PendingUpload', '/packages', reading);
  noteOrigins(entries, 'PendingDelete', '/oldPackages/remove', reading);
  return entries;
}

function noteOrigins(entries: readonly Entry[], status: string, part: string, { origins }: Reading): void {
  const mine = entries.filter((entry) => entry.status === status);
  mine.forEach(({ pointer }, index) => origins.set(`${part}/${index}`, pointer));
}

const modes = ['Immediate', 'Manual', 'SpecificDate'];

function publicationOf(submission: SubmissionDocument, reading: Reading): Publication | undefined {
  const { targetPublishMode: mode, targetPublishDate: date } = submission;
  if (typeof mode !== 'string' || unset.includes(mode)) return undefined;
  if (!modes.includes(mode)) {
    refuse(reading, ['submission', 'targetPublishMode'], 'invalid-value', `Send ${modes.join(', ')}, or leave it out.`);
    return undefined;
  }
  const isDated = mode === 'SpecificDate';
  if (isDated && Number.isNaN(Date.parse(asText(date)))) {
    refuse(reading, ['submission', 'targetPublishDate'], 'invalid-format', 'Write a time as 2026-12-01T08:00:00Z.');
    return undefined;
  }
  const time = isDated ? new Date(asText(date)).toISOString() : '1601-01-01T00:00:00.0000000Z';
  return { targetPublishMode: mode, targetPublishDate: time };
}
