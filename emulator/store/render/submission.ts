import type { Submission } from '../../core/model';
import type { ApplicationContent, BaseListing, Image, Listing, Trailer } from '../document/application-content';
import type { RenderOptions } from '../products/product-kind';
import { renderDelivery, renderPackage } from './delivery';
import { renderStatusDetails } from './status-details';

/**
 * A submission of an application as on the wire: members in the *observed* order, obsolete ones empty. Which of them a
 * minimal answer leaves out is *assumed*.
 */
export function renderSubmission(
  submission: Submission,
  content: ApplicationContent,
  { switches, fileUploadUrl }: RenderOptions,
): Record<string, unknown> {
  return {
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
    fileUploadUrl,
    applicationPackages: content.applicationPackages.map(renderPackage),
    packageDeliveryOptions: renderDelivery(submission, content.packageDeliveryOptions, switches),
    enterpriseLicensing: content.enterpriseLicensing,
    allowMicrosoftDecideAppAvailabilityToFutureDeviceFamilies:
      content.allowMicrosoftDecideAppAvailabilityToFutureDeviceFamilies,
    allowTargetFutureDeviceFamilies: content.allowTargetFutureDeviceFamilies,
    friendlyName: submission.friendlyName,
    trailers: content.trailers.map(renderTrailer),
  };
}

function renderListing(listing: Listing): unknown {
  return {
    baseListing: renderBaseListing(listing.baseListing),
    platformOverrides: mapValues(listing.platformOverrides, renderOverride),
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
    images: listing.images.map(renderImage),
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

function renderOverride(override: Listing['platformOverrides'][keyof Listing['platformOverrides']]): unknown {
  return { ...override, ...(override?.images && { images: override.images.map(renderImage) }) };
}

function renderImage({ fileName, fileStatus, id, description, imageType }: Image): unknown {
  return { fileName, fileStatus, id, description: description === '' ? undefined : description, imageType };
}

function renderTrailer({ id, videoFileName, videoFileId, trailerAssets }: Trailer): unknown {
  return { id, videoFileName, videoFileId, trailerAssets: mapValues(trailerAssets, renderTrailerAsset) };
}

function renderTrailerAsset({ title, imageList }: Trailer['trailerAssets'][string]): unknown {
  return { title, imageList: imageList.map(({ fileName, id, description }) => ({ fileName, id, description })) };
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
