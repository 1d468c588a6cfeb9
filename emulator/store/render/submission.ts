import type { Submission } from '../../core/model';
import type { Switches } from '../../core/settings';
import type { BaseListing, Listing, Package } from '../document/content';
import { renderStatusDetails } from './status-details';

const MINIMAL_LEAVES_OUT = ['listings', 'applicationPackages', 'trailers', 'gamingOptions'] as const;

/**
 * A submission as on the wire: members in the *observed* order, absent ones left out, obsolete ones empty.
 *
 * @param fileUploadUrl absent for submissions of the portal
 * @param minimal leaves out the large members (`isMinimalResponse`, *observed* to be sparse; which members, *assumed*)
 */
export function renderSubmission(
  submission: Submission,
  options: { switches: Switches; fileUploadUrl?: string | undefined; minimal?: boolean },
): Record<string, unknown> {
  const { content } = submission;
  const { switches } = options;
  const rendered: Record<string, unknown> = {
    id: submission.id,
    applicationCategory: content.applicationCategory,
    pricing: {
      trialPeriod: content.pricing.trialPeriod,
      marketSpecificPricings: content.pricing.marketSpecificPricings,
      sales: [],
      priceId: content.pricing.priceId,
      isAdvancedPricingModel: submission.advancedPricing,
    },
    visibility: content.visibility,
    targetPublishMode: content.targetPublishMode,
    targetPublishDate: content.targetPublishDate,
    listings: mapValues(content.listings, renderListing),
    hardwarePreferences: content.hardwarePreferences,
    automaticBackupEnabled: content.automaticBackupEnabled,
    canInstallOnRemovableMedia: content.canInstallOnRemovableMedia,
    isGameDvrEnabled: content.isGameDvrEnabled,
    gamingOptions: content.gamingOptions,
    hasExternalInAppProducts: content.hasExternalInAppProducts,
    meetAccessibilityGuidelines: content.meetAccessibilityGuidelines,
    notesForCertification: content.notesForCertification,
    status: submission.status,
    statusDetails: renderStatusDetails(submission),
    fileUploadUrl: options.fileUploadUrl,
    applicationPackages: content.applicationPackages.map(renderPackage),
    packageDeliveryOptions: {
      packageRollout: renderRollout(submission, switches),
      ...(switches.seekEnabledPlace === 'packageDeliveryOptions' && seekEnabled(submission)),
      isMandatoryUpdate: content.packageDeliveryOptions.isMandatoryUpdate,
      mandatoryUpdateEffectiveDate: content.packageDeliveryOptions.mandatoryUpdateEffectiveDate,
    },
    enterpriseLicensing: content.enterpriseLicensing,
    allowMicrosoftDecideAppAvailabilityToFutureDeviceFamilies:
      content.allowMicrosoftDecideAppAvailabilityToFutureDeviceFamilies,
    allowTargetFutureDeviceFamilies: content.allowTargetFutureDeviceFamilies,
    friendlyName: submission.friendlyName,
    trailers: content.trailers,
  };
  if (options.minimal) for (const name of MINIMAL_LEAVES_OUT) delete rendered[name];
  return withAbsentMembers(rendered, switches);
}

/** Members without a value: left out, as *observed* today, or null, as older clients saw them (switch `absentMembers`). */
export function withAbsentMembers(rendered: Record<string, unknown>, switches: Switches): Record<string, unknown> {
  return switches.absentMembers === 'omit' ? rendered : mapValues(rendered, (value) => value ?? null);
}

/** The rollout resource. `isSeekEnabled` appears once it was set, in a place that is unknown (switch `seekEnabledPlace`). */
export function renderRollout(submission: Submission, switches: Switches): Record<string, unknown> {
  const { isPackageRollout, packageRolloutPercentage } = submission.content.packageDeliveryOptions.packageRollout;
  return {
    isPackageRollout,
    packageRolloutPercentage,
    packageRolloutStatus: submission.rolloutStatus,
    fallbackSubmissionId: submission.fallbackSubmissionId,
    ...(switches.seekEnabledPlace === 'packageRollout' && seekEnabled(submission)),
  };
}

function seekEnabled(submission: Submission): { isSeekEnabled?: boolean } {
  const { isSeekEnabled } = submission.content.packageDeliveryOptions.packageRollout;
  return isSeekEnabled === undefined ? {} : { isSeekEnabled };
}

function renderListing(listing: Listing): unknown {
  return {
    baseListing: renderBaseListing(listing.baseListing),
    platformOverrides: listing.platformOverrides,
  };
}

/** *Observed*: the obsolete contact members are empty, `sortTitle` is left out when empty. */
function renderBaseListing(listing: BaseListing): unknown {
  return {
    copyrightAndTrademarkInfo: listing.copyrightAndTrademarkInfo,
    keywords: listing.keywords,
    licenseTerms: listing.licenseTerms,
    privacyPolicy: '',
    supportContact: '',
    websiteUrl: '',
    description: listing.description,
    features: listing.features,
    releaseNotes: listing.releaseNotes,
    images: listing.images.map((image) => ({
      ...image,
      description: image.description === '' ? undefined : image.description,
    })),
    recommendedHardware: listing.recommendedHardware,
    minimumHardware: listing.minimumHardware,
    title: listing.title,
    shortDescription: listing.shortDescription,
    shortTitle: listing.shortTitle,
    ...(listing.sortTitle !== '' && { sortTitle: listing.sortTitle }),
    voiceTitle: listing.voiceTitle,
    devStudio: listing.devStudio,
  };
}

function renderPackage(entry: Package): unknown {
  return {
    fileName: entry.fileName,
    fileStatus: entry.fileStatus,
    id: entry.id,
    version: entry.version,
    architecture: entry.architecture,
    targetPlatform: entry.targetPlatform,
    languages: entry.languages,
    capabilities: entry.capabilities,
    minimumDirectXVersion: entry.minimumDirectXVersion,
    minimumSystemRam: entry.minimumSystemRam,
    targetDeviceFamilies: entry.targetDeviceFamilies,
  };
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
