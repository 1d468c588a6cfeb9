import { jsonPointer } from '../json-pointer';
import { isObject } from '../json-value';
import type { Members } from '../json-value';

/** Members whose own members are data, such as languages and markets. */
const maps: ReadonlySet<string> = new Set([
  'listings',
  'platformOverrides',
  'marketSpecificPricings',
  'trailerAssets',
  'allowTargetFutureDeviceFamilies',
]);

/** Members of submissions as the API spells them ("Manage app submissions" and its siblings), and of tools beside them. */
const names = `
id flightId appId iapId status statusDetails fileUploadUrl hasUploadUrl friendlyName applicationCategory pricing
visibility targetPublishMode targetPublishDate listings hardwarePreferences automaticBackupEnabled
canInstallOnRemovableMedia isGameDvrEnabled gamingOptions hasExternalInAppProducts meetAccessibilityGuidelines
notesForCertification applicationPackages flightPackages packageDeliveryOptions enterpriseLicensing
allowMicrosoftDecideAppAvailabilityToFutureDeviceFamilies allowTargetFutureDeviceFamilies trailers contentType keywords
lifetime tag trialPeriod marketSpecificPricings sales priceId isAdvancedPricingModel baseListing platformOverrides
copyrightAndTrademarkInfo licenseTerms privacyPolicy supportContact websiteUrl description features releaseNotes images
recommendedHardware minimumHardware title shortDescription shortTitle sortTitle voiceTitle devStudio icon fileName
fileStatus imageType version architecture targetPlatform languages capabilities minimumDirectXVersion minimumSystemRam
targetDeviceFamilies packageRollout isPackageRollout packageRolloutPercentage packageRolloutStatus fallbackSubmissionId
isSeekEnabled isMandatoryUpdate mandatoryUpdateEffectiveDate genres isLocalMultiplayer isLocalCooperative
isOnlineMultiplayer isOnlineCooperative localMultiplayerMinPlayers localMultiplayerMaxPlayers
localCooperativeMinPlayers localCooperativeMaxPlayers isBroadcastingPrivilegeGranted isCrossPlayEnabled
kinectDataForExternal videoFileName videoFileId trailerAssets imageList
`
  .trim()
  .split(/\s+/);

const spellings: ReadonlyMap<string, string> = new Map(names.map((name) => [name.toLowerCase(), name]));

/** A submission document with the spelling of the API, and pointers to members that are there twice in another case. */
export interface SpelledSubmission {
  readonly submission: Members;
  readonly twice: readonly string[];
}

/**
 * A submission document with its members spelled as the API spells them: it reads them without case, and the official
 * CLI writes them with a capital. Languages, markets and what nobody knows stay as they are.
 */
export function spelledAsTheApi(submission: Members): SpelledSubmission {
  const twice: string[] = [];
  // An object is read as an object.
  return { submission: spelled(submission, { path: ['submission'], isMap: false, twice }) as Members, twice };
}

interface Place {
  readonly path: readonly PropertyKey[];
  /** Whether members are data. */
  readonly isMap: boolean;
  readonly twice: string[];
}

function spelled(value: unknown, at: Place): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => spelled(item, { ...at, path: [...at.path, index], isMap: false }));
  }
  if (!isObject(value)) return value;
  const seen = new Set<string>();
  const members = Object.entries(value).map(([key, one]) => {
    const name = at.isMap ? key : (spellings.get(key.toLowerCase()) ?? key);
    const path = [...at.path, key];
    if (seen.has(name)) at.twice.push(jsonPointer(path));
    seen.add(name);
    return [name, spelled(one, { ...at, path, isMap: !at.isMap && maps.has(name) })] as const;
  });
  return Object.fromEntries(members);
}

/** The same place with the spelling of the document that was sent; what is not there stays as it is. */
export function asItWasSpelled(pointer: string, submission: Members): string {
  const [root = '', first, ...parts] = pointer.split('/');
  if (first !== 'submission') return pointer;
  let here: unknown = submission;
  const found = parts.map((part) => {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const key = keyIn(here, name);
    here = Array.isArray(here) || isObject(here) ? (here as Members)[key] : undefined;
    return key;
  });
  return `${root}${jsonPointer([first, ...found])}`;
}

function keyIn(value: unknown, name: string): string {
  if (!isObject(value) || Object.hasOwn(value, name)) return name;
  return Object.keys(value).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name;
}
