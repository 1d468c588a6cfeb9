/** Members whose keys are data (languages, markets, families), not property names. */
const MAPS = new Set([
  'listings',
  'platformOverrides',
  'marketSpecificPricings',
  'trailerAssets',
  'allowTargetFutureDeviceFamilies',
]);

const NAMES = [
  'id applicationCategory pricing visibility targetPublishMode targetPublishDate listings hardwarePreferences',
  'automaticBackupEnabled canInstallOnRemovableMedia isGameDvrEnabled gamingOptions hasExternalInAppProducts',
  'meetAccessibilityGuidelines notesForCertification status statusDetails fileUploadUrl applicationPackages',
  'packageDeliveryOptions enterpriseLicensing allowMicrosoftDecideAppAvailabilityToFutureDeviceFamilies',
  'allowTargetFutureDeviceFamilies friendlyName trailers trialPeriod marketSpecificPricings sales priceId',
  'isAdvancedPricingModel baseListing platformOverrides copyrightAndTrademarkInfo keywords licenseTerms privacyPolicy',
  'supportContact websiteUrl description features releaseNotes images recommendedHardware minimumHardware title',
  'shortDescription shortTitle sortTitle voiceTitle devStudio fileName fileStatus imageType version architecture',
  'targetPlatform languages capabilities minimumDirectXVersion minimumSystemRam targetDeviceFamilies packageRollout',
  'isPackageRollout packageRolloutPercentage packageRolloutStatus fallbackSubmissionId isSeekEnabled',
  'isMandatoryUpdate mandatoryUpdateEffectiveDate genres isLocalMultiplayer isLocalCooperative isOnlineMultiplayer',
  'isOnlineCooperative localMultiplayerMinPlayers localMultiplayerMaxPlayers localCooperativeMinPlayers',
  'localCooperativeMaxPlayers isBroadcastingPrivilegeGranted isCrossPlayEnabled kinectDataForExternal videoFileName',
  'videoFileId trailerAssets imageList flightId flightPackages contentType lifetime tag icon groupIds rankHigherThan',
  'applicationIds productId productType',
]
  .join(' ')
  .split(' ');

const BY_LOWER_CASE = new Map(NAMES.map((name) => [name.toLowerCase(), name]));

/**
 * The same JSON with property names in the spelling of the documentation and without nulls. *Observed*: names are
 * matched without regard to case; null and absent mean the same.
 */
export function canonicalNames(value: unknown, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((item) => canonicalNames(item));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(
    members.map(([key, member]) => {
      const name = isMap ? key : (BY_LOWER_CASE.get(key.toLowerCase()) ?? key);
      return [name, canonicalNames(member, !isMap && MAPS.has(name))];
    }),
  );
}
