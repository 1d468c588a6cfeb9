import { z } from 'zod';
import { open, tolerant } from '../http';
import type { FileStatus, RolloutStatus, SubmissionStatus, TargetPublishMode } from './enums';

/**
 * What the answers of the Store submission API (v1.0) have in common, as they come over the wire: camelCase, members that are not set are
 * missing or null (both read as missing), enums open, ids always strings (their digits exceed 2^53), dates ISO strings
 * with seven fractional digits, "not set" being the year 1601 (see `readDate`). Members that are not listed here are
 * kept, so that what is read can be written back whole.
 * Source: "Manage app submissions", "Manage package flight submissions", "Manage add-on submissions" (Microsoft Learn,
 * uwp/monetize).
 */
export { open, tolerant };

export const id = z.string().min(1);
export const texts = z.array(z.string());

/** Names a submission: by its id. `resourceLocation` is kept as it came; a flight's lacks the app in front. */
export const SubmissionRef = z.looseObject({ id, resourceLocation: z.string().optional() });

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

/** A package of an app or flight submission. */
export const SubmissionPackage = z.looseObject({
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

export const PackageDeliveryOptions = z.looseObject({
  packageRollout: Rollout.optional(),
  isMandatoryUpdate: z.boolean().optional(),
  mandatoryUpdateEffectiveDate: z.string().optional(),
});

/** What an app's and an add-on's price have in common. */
export const pricingMembers = {
  /** Market (ISO 3166 alpha-2) to tier. */
  marketSpecificPricings: z.record(z.string(), z.string()).optional(),
  sales: z.array(z.unknown()).optional(),
  /** `Free`, `TierN`, `NotAvailable`, or `Base`: not set, or a price that this API cannot express. */
  priceId: z.string().optional(),
  isAdvancedPricingModel: z.boolean().optional(),
};

/** When a submission goes live; the date may be empty or in 1601 where it is not set. */
export const publishingMembers = {
  targetPublishMode: open<TargetPublishMode>().optional(),
  targetPublishDate: z.string().optional(),
};

/** Of every submission; the service's own. */
export const readOnlyMembers = {
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
export function withoutUploadUrl<T extends { fileUploadUrl?: string | undefined }>(submission: T): Shown<T> {
  const { fileUploadUrl, ...rest } = submission;
  // A rest of an open object forgets its named members; the mapped type says them.
  return { ...rest, hasUploadUrl: fileUploadUrl !== undefined && fileUploadUrl !== '' } as unknown as Shown<T>;
}

export type Shown<T> = { [K in keyof T as K extends 'fileUploadUrl' ? never : K]: T[K] } & { hasUploadUrl: boolean };

/** The answer of a create with `isMinimalResponse`: without listings and packages. Read the submission afterwards. */
export const CreatedSubmission = tolerant(
  z.looseObject({ ...readOnlyMembers, status: open<SubmissionStatus>().optional() }),
).transform(withoutUploadUrl);
export type CreatedSubmission = z.output<typeof CreatedSubmission>;

/** Only the upload address of a submission, for `getUploadUrl`. */
export const UploadUrlHolder = tolerant(z.looseObject({ fileUploadUrl: z.string().optional() })).transform(
  ({ fileUploadUrl }) => ({ fileUploadUrl }),
);

/** A page of a list: `@nextLink` is there if and only if more rows are; counts say nothing. */
export const pageOf = <S extends z.ZodType>(row: S) =>
  tolerant(
    z.looseObject({
      '@nextLink': z.string().optional(),
      value: z.array(row).default([]),
      totalCount: z.number().optional(),
    }),
  );

/** A date of the service, or undefined when it is not set (1601, empty) or not a date. */
export function readDate(value: string | undefined): Date | undefined {
  if (value === undefined || value === '' || value.startsWith('1601-')) return undefined;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
