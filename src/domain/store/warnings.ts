import { jsonPointer } from '../json-pointer';
import { asList, asObject, asText, isObject } from '../json-value';
import { keyOf } from './changes/by-key';
import { screenshotTypes } from './words';
import type { imageTypes } from './words';
import type { StoreSubmission } from './submission';
import type { Warning, WarningCode } from './warning-catalogue';

/** A release as it is planned. */
export interface PlannedRelease {
  readonly base: StoreSubmission;
  readonly planned: StoreSubmission;
  readonly changes: object | undefined;
  readonly hasNewPackages: boolean;
  /** Whether the release says how its packages roll out. */
  readonly hasRollout: boolean;
  /** Whether the product was never published. */
  readonly isFirst: boolean;
}

/** What is inherited and easily overlooked, and what the Store will not show. */
export function warningsOf(release: PlannedRelease): Warning[] {
  return [
    ...firstSubmission(release),
    ...releaseNotes(release),
    ...mandatoryUpdate(release),
    ...rollout(release),
    ...removedListings(release),
    ...screenshots(release),
    ...hiddenTrailers(release),
  ];
}

function warning(code: WarningCode, message: string, path?: readonly PropertyKey[]): Warning {
  return path === undefined ? { code, message } : { code, message, pointer: jsonPointer(path) };
}

function firstSubmission({ isFirst }: PlannedRelease): Warning[] {
  if (!isFirst) return [];
  return [warning('first-submission', 'It is the first submission of this product: everything in it is new.')];
}

type BaseListing = Readonly<Record<string, unknown>>;

function listingsOf({ listings }: StoreSubmission): [string, BaseListing][] {
  return Object.entries(asObject(listings)).flatMap(([language, listing]) => {
    const { baseListing } = asObject(listing);
    return isObject(baseListing) ? [[language, baseListing] as [string, BaseListing]] : [];
  });
}

function releaseNotes({ planned, changes, hasNewPackages, isFirst }: PlannedRelease): Warning[] {
  if (!hasNewPackages || isFirst) return [];
  const patch = asObject(asObject(changes)['listings']);
  const isNew = (language: string): boolean => {
    const name = keyOf(patch, language);
    const { baseListing } = asObject(name === undefined ? undefined : patch[name]);
    return asObject(baseListing)['releaseNotes'] !== undefined;
  };
  const all = listingsOf(planned);
  const left = all.filter(([language, listing]) => !isNew(language) && asText(listing['releaseNotes']) !== '');
  if (left.length === 0) return [];
  const names = left.map(([language]) => language).join(', ');
  const some = all.some(([language]) => isNew(language));
  return [
    some
      ? warning('release-notes-partial', `The release notes stay as they are in: ${names}.`, ['changes', 'listings'])
      : warning('release-notes-old', `The release notes of the last release stay: ${names}.`, ['changes', 'listings']),
  ];
}

function mandatoryUpdate({ base, planned, changes, hasNewPackages }: PlannedRelease): Warning[] {
  const said = asObject(asObject(changes)['packageDeliveryOptions'])['isMandatoryUpdate'] !== undefined;
  const [was, is] = [base, planned].map((one) => asObject(one.packageDeliveryOptions)['isMandatoryUpdate'] === true);
  if (!hasNewPackages || said || was !== true || is !== true) return [];
  const since = asText(asObject(planned.packageDeliveryOptions)['mandatoryUpdateEffectiveDate']);
  const when = since === '' || since.startsWith('1601') ? '' : `, in force from ${since}`;
  const path = ['changes', 'packageDeliveryOptions', 'isMandatoryUpdate'];
  return [warning('mandatory-update-inherited', `The new packages become a mandatory update${when}.`, path)];
}

function rollout({ base, hasNewPackages, hasRollout }: PlannedRelease): Warning[] {
  const before = asObject(base.packageDeliveryOptions?.packageRollout);
  if (!hasNewPackages || hasRollout || before['isPackageRollout'] !== true) return [];
  const how = `${Number(before['packageRolloutPercentage'] ?? 0)} %, ${asText(before['packageRolloutStatus'])}`;
  return [
    warning('rollout-inherited', `The last submission was rolled out in stages (${how}).`, ['options', 'rollout']),
  ];
}

function removedListings({ base, planned }: PlannedRelease): Warning[] {
  const after = asObject(planned.listings);
  return Object.keys(asObject(base.listings))
    .filter((language) => keyOf(after, language) === undefined)
    .map((language) =>
      warning('listing-removed', `The listing in "${language}" is taken out.`, ['changes', 'listings', language]),
    );
}

function imagesOf(listing: BaseListing, types: readonly string[]): readonly unknown[] {
  return asList(listing['images'])
    .map(asObject)
    .filter(({ fileStatus, imageType }) => fileStatus !== 'PendingDelete' && types.includes(asText(imageType)));
}

/** Of listings that the release changed: what was so before is known to the Store. */
function screenshots({ base, planned }: PlannedRelease): Warning[] {
  const before = asObject(base.listings);
  return listingsOf(planned)
    .filter(([language, listing]) => {
      const had = asObject(asObject(before[language])['baseListing']);
      const isNew = before[language] === undefined;
      return imagesOf(listing, screenshotTypes).length === 0 && (isNew || imagesOf(had, screenshotTypes).length > 0);
    })
    .map(([language]) =>
      warning('screenshots-missing', `The listing in "${language}" has no screenshot.`, [
        ...['changes', 'listings', language, 'baseListing', 'images'],
      ]),
    );
}

const hero: readonly (typeof imageTypes)[number][] = ['PromotionalArt16x9'];

function hiddenTrailers({ planned, changes }: PlannedRelease): Warning[] {
  const touched = asObject(changes);
  if (touched['trailers'] === undefined && touched['listings'] === undefined) return [];
  if (asList(planned['trailers']).length === 0) return [];
  const bare = listingsOf(planned).filter(([, listing]) => imagesOf(listing, hero).length === 0);
  if (bare.length === 0) return [];
  const names = bare.map(([language]) => language).join(', ');
  return [
    warning('trailers-hidden', `There are trailers, and no PromotionalArt16x9 in: ${names}.`, ['changes', 'trailers']),
  ];
}
