import { z } from 'zod';
import { withoutNulls } from '../http';
import type { FileStatus } from './enums';
import {
  id,
  open,
  PackageDeliveryOptions,
  pageOf,
  pricingMembers,
  publishingMembers,
  readOnlyMembers,
  SubmissionPackage,
  SubmissionRef,
  texts,
  tolerant,
  withoutUploadUrl,
} from './submission-schema';

const ApplicationMembers = z.looseObject({
  id,
  primaryName: z.string().optional(),
  packageFamilyName: z.string().optional(),
  packageIdentityName: z.string().optional(),
  publisherName: z.string().optional(),
  firstPublishedDate: z.string().optional(),
  lastPublishedApplicationSubmission: SubmissionRef.optional(),
  pendingApplicationSubmission: SubmissionRef.optional(),
  hasAdvancedListingPermission: z.boolean().optional(),
});
/** The documentation says `packageFamilyName`, the service sends `PackageFamilyName`: read as the former. */
export const Application = z.preprocess((raw) => renamed(withoutNulls(raw)), ApplicationMembers);
export type Application = z.output<typeof Application>;

function renamed(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || !('PackageFamilyName' in raw)) return raw;
  const { PackageFamilyName, ...rest } = raw;
  return { packageFamilyName: PackageFamilyName, ...rest };
}

const Image = z.looseObject({
  fileName: z.string().optional(),
  fileStatus: open<FileStatus>().optional(),
  id: z.string().optional(),
  description: z.string().optional(),
  imageType: z.string().optional(),
});

const BaseListing = z.looseObject({
  title: z.string().optional(),
  shortTitle: z.string().optional(),
  sortTitle: z.string().optional(),
  voiceTitle: z.string().optional(),
  description: z.string().optional(),
  shortDescription: z.string().optional(),
  releaseNotes: z.string().optional(),
  copyrightAndTrademarkInfo: z.string().optional(),
  licenseTerms: z.string().optional(),
  devStudio: z.string().optional(),
  privacyPolicy: z.string().optional(),
  supportContact: z.string().optional(),
  websiteUrl: z.string().optional(),
  keywords: texts.optional(),
  features: texts.optional(),
  recommendedHardware: texts.optional(),
  minimumHardware: texts.optional(),
  images: z.array(Image).optional(),
});

const Listing = z.looseObject({
  baseListing: BaseListing.optional(),
  platformOverrides: z.record(z.string(), BaseListing).optional(),
});

const AppPricing = z.looseObject({ trialPeriod: z.string().optional(), ...pricingMembers });

const TrailerAsset = z.looseObject({
  title: z.string().optional(),
  imageList: z
    .array(
      z.looseObject({ fileName: z.string().optional(), id: z.string().optional(), description: z.string().optional() }),
    )
    .optional(),
});
const Trailer = z.looseObject({
  id: z.string().optional(),
  videoFileName: z.string().optional(),
  videoFileId: z.string().optional(),
  trailerAssets: z.record(z.string(), TrailerAsset).optional(),
});

const flag = z.boolean().optional();
/** Everything of an app submission that a PUT can write (section "Update an app submission"). */
export const appMembers = {
  applicationCategory: z.string().optional(),
  pricing: AppPricing.optional(),
  visibility: z.string().optional(),
  ...publishingMembers,
  /** By language, in lower case. */
  listings: z.record(z.string(), Listing).default({}),
  hardwarePreferences: texts.optional(),
  automaticBackupEnabled: flag,
  canInstallOnRemovableMedia: flag,
  isGameDvrEnabled: flag,
  gamingOptions: z.array(z.looseObject({ genres: texts.optional() })).optional(),
  hasExternalInAppProducts: flag,
  meetAccessibilityGuidelines: flag,
  notesForCertification: z.string().optional(),
  applicationPackages: z.array(SubmissionPackage).default([]),
  packageDeliveryOptions: PackageDeliveryOptions.optional(),
  enterpriseLicensing: z.string().optional(),
  allowMicrosoftDecideAppAvailabilityToFutureDeviceFamilies: flag,
  allowTargetFutureDeviceFamilies: z.record(z.string(), z.boolean()).optional(),
  trailers: z.array(Trailer).optional(),
} as const;

/** A whole submission, without its upload address. */
export const AppSubmission = tolerant(z.looseObject({ ...readOnlyMembers, ...appMembers })).transform(withoutUploadUrl);
export type AppSubmission = z.output<typeof AppSubmission>;

export const ApplicationPage = pageOf(Application);

const AddOnRow = z.looseObject({ inAppProductId: id });
export type AddOnRow = z.output<typeof AddOnRow>;
/** The rows of an app's own list of add-ons: ids alone. */
export const ApplicationAddOnPage = pageOf(AddOnRow);
