import { z } from 'zod';
import { withoutNulls } from '../http';
import type { FileStatus, Open, RolloutStatus, SubmissionStatus, TargetPublishMode } from './enums';

/**
 * Answers of the Store submission API (v1.0), as they come over the wire: camelCase, members that are not set are
 * missing or null (both read as missing), enums open, ids always strings (their digits exceed 2^53), dates ISO strings
 * with seven fractional digits, "not set" being the year 1601 (see `readDate`). Members that are not listed here are
 * kept, so that what is read can be written back whole.
 * Source: "Manage apps", "Manage app submissions" (Microsoft Learn, uwp/monetize).
 */
const open = <T extends string>() => z.string() as unknown as z.ZodType<Open<T>, Open<T>>; // a string for zod, narrower words for people

/** Reads a missing member and a null alike. */
const tolerant = <S extends z.ZodType>(schema: S) => z.preprocess(withoutNulls, schema);

const id = z.string().min(1);
const texts = z.array(z.string());

const SubmissionRef = z.looseObject({ id, resourceLocation: z.string().optional() });

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

const Detail = z.looseObject({ code: z.string().optional(), details: z.string().optional() });
const Report = z.looseObject({ date: z.string().optional(), reportUrl: z.string().optional() });
/** Errors, warnings and reports of a submission; elements may be empty. `code` is an open string. */
export const StatusDetails = z.looseObject({
  errors: z.array(Detail).default([]),
  warnings: z.array(Detail).default([]),
  certificationReports: z.array(Report).default([]),
});
export type StatusDetails = z.output<typeof StatusDetails>;
const noDetails = (): StatusDetails => ({ errors: [], warnings: [], certificationReports: [] });

/** Answer of `…/status`. */
export const SubmissionState = tolerant(
  z.looseObject({ status: open<SubmissionStatus>(), statusDetails: StatusDetails.default(noDetails) }),
);
export type SubmissionState = z.output<typeof SubmissionState>;

/** Answer of `…/commit`. */
export const CommitAnswer = tolerant(z.looseObject({ status: open<SubmissionStatus>().optional() }).default({}));
export type CommitAnswer = z.output<typeof CommitAnswer>;

const Rollout = z.looseObject({
  isPackageRollout: z.boolean().default(false),
  /** 0–100, a float. */
  packageRolloutPercentage: z.number().default(0),
  packageRolloutStatus: open<RolloutStatus>().optional(),
  /** Served to those outside the percentage; `"0"` when there is none. */
  fallbackSubmissionId: z.string().optional(),
});
/** Answer of the rollout calls; also found in a submission's `packageDeliveryOptions`. */
export const PackageRollout = tolerant(Rollout);
export type PackageRollout = z.output<typeof PackageRollout>;

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

const AppPackage = z.looseObject({
  fileName: z.string(),
  fileStatus: open<FileStatus>(),
  /** Missing or empty for one that is not uploaded yet. */
  id: z.string().optional(),
  version: z.string().optional(),
  architecture: z.string().optional(),
  targetPlatform: z.string().optional(),
  languages: texts.optional(),
  capabilities: texts.optional(),
  minimumDirectXVersion: z.string().optional(),
  minimumSystemRam: z.string().optional(),
  targetDeviceFamilies: texts.optional(),
});

const AppPricing = z.looseObject({
  trialPeriod: z.string().optional(),
  /** Market (ISO 3166 alpha-2) to tier. */
  marketSpecificPricings: z.record(z.string(), z.string()).optional(),
  sales: z.array(z.unknown()).optional(),
  /** `Free`, `TierN`, `NotAvailable`, or `Base`: not set, or a price that this API cannot express. */
  priceId: z.string().optional(),
  isAdvancedPricingModel: z.boolean().optional(),
});

const PackageDeliveryOptions = z.looseObject({
  packageRollout: Rollout.optional(),
  isMandatoryUpdate: z.boolean().optional(),
  mandatoryUpdateEffectiveDate: z.string().optional(),
});

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
export const writableMembers = {
  applicationCategory: z.string().optional(),
  pricing: AppPricing.optional(),
  visibility: z.string().optional(),
  targetPublishMode: open<TargetPublishMode>().optional(),
  targetPublishDate: z.string().optional(),
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
  applicationPackages: z.array(AppPackage).default([]),
  packageDeliveryOptions: PackageDeliveryOptions.optional(),
  enterpriseLicensing: z.string().optional(),
  allowMicrosoftDecideAppAvailabilityToFutureDeviceFamilies: flag,
  allowTargetFutureDeviceFamilies: z.record(z.string(), z.boolean()).optional(),
  trailers: z.array(Trailer).optional(),
} as const;

const readOnlyMembers = {
  id,
  status: open<SubmissionStatus>(),
  statusDetails: StatusDetails.default(noDetails),
  friendlyName: z.string().optional(),
  fileUploadUrl: z.string().optional(),
};

/**
 * The upload address gives write access to whoever has it: it is taken out here, at the edge. A draft without one was
 * made or touched in Partner Center, and cannot be changed by the API.
 */
function withoutUploadUrl<T extends { fileUploadUrl?: string | undefined }>(submission: T): Shown<T> {
  const { fileUploadUrl, ...rest } = submission;
  // A rest of an open object forgets its named members; the mapped type says them.
  return { ...rest, hasUploadUrl: fileUploadUrl !== undefined && fileUploadUrl !== '' } as unknown as Shown<T>;
}

type Shown<T> = { [K in keyof T as K extends 'fileUploadUrl' ? never : K]: T[K] } & { hasUploadUrl: boolean };

/** A whole submission, without its upload address. */
export const AppSubmission = tolerant(z.looseObject({ ...readOnlyMembers, ...writableMembers })).transform(
  withoutUploadUrl,
);
export type AppSubmission = z.output<typeof AppSubmission>;

/** The answer of a create with `isMinimalResponse`: without listings and packages. Read the submission afterwards. */
export const CreatedSubmission = tolerant(
  z.looseObject({ ...readOnlyMembers, status: open<SubmissionStatus>().optional() }),
).transform(withoutUploadUrl);
export type CreatedSubmission = z.output<typeof CreatedSubmission>;

/** Only the upload address of a submission, for `getUploadUrl`. */
export const UploadUrlHolder = tolerant(z.looseObject({ fileUploadUrl: z.string().optional() })).transform(
  ({ fileUploadUrl }) => ({ fileUploadUrl }),
);

const AddOnRow = z.looseObject({ inAppProductId: id });
export type AddOnRow = z.output<typeof AddOnRow>;
const FlightRow = z.looseObject({
  flightId: id,
  friendlyName: z.string().optional(),
  groupIds: texts.optional(),
  rankHigherThan: z.string().optional(),
  lastPublishedFlightSubmission: SubmissionRef.optional(),
  pendingFlightSubmission: SubmissionRef.optional(),
});
export type FlightRow = z.output<typeof FlightRow>;

/** A page of a list: `@nextLink` is there if and only if more rows are; counts say nothing. */
const pageOf = <S extends z.ZodType>(row: S) =>
  tolerant(
    z.looseObject({
      '@nextLink': z.string().optional(),
      value: z.array(row).default([]),
      totalCount: z.number().optional(),
    }),
  );

export const ApplicationPage = pageOf(Application);
export const AddOnPage = pageOf(AddOnRow);
export const FlightPage = pageOf(FlightRow);

/** A date of the service, or undefined when it is not set (1601, empty) or not a date. */
export function readDate(value: string | undefined): Date | undefined {
  if (value === undefined || value === '' || value.startsWith('1601-')) return undefined;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
