import { z } from 'zod';
import {
  CATEGORIES,
  DIRECTX,
  FILE_STATUSES,
  HARDWARE,
  IMAGE_TYPES,
  KINECT,
  LICENSING,
  PLATFORMS,
  PUBLISH_MODES,
  RAM,
  TRIALS,
  VISIBILITIES,
} from './enums';
import { NO_DATE, wireDate } from './wire-date';

/**
 * The document of an application submission, as the API reads it from a PUT and as the emulator keeps it. Unknown
 * members are dropped, absent ones get the defaults (*assumed*: R19). The order of members is that of the wire
 * (*observed*).
 */

const text = (max: number) => z.string().max(max).default('');
const flag = (value: boolean) => z.boolean().default(value);
/** Kept as the API writes dates, whatever form they were sent in. Empty means not set (*observed*). */
const date = z
  .string()
  .refine((value) => value === '' || !Number.isNaN(Date.parse(value)), 'date')
  .transform((value) => (value === '' ? NO_DATE : wireDate(Date.parse(value))))
  .default(NO_DATE);

/** `Base` = inherited, or a price that the API cannot express. *Documented*. */
const Tier = z.string().regex(/^(Base|NotAvailable|Free|Tier\d+)$/, 'tier');

const Pricing = z.object({
  trialPeriod: z.enum(TRIALS).default('NoFreeTrial'),
  marketSpecificPricings: z.record(z.string(), Tier).default({}),
  priceId: Tier.default('Base'),
});

/** An image of a listing. `id` only for images that the store already has. */
export const Image = z.object({
  fileName: z.string().default(''),
  fileStatus: z.enum(FILE_STATUSES).default('None'),
  id: z.string().optional(),
  description: z.string().max(200).optional(),
  imageType: z.enum(IMAGE_TYPES).default('Unknown'),
});
export type Image = z.infer<typeof Image>;

const limited = (max: number) => z.string().max(max);
const list = (items: number, length: number) => z.array(limited(length)).max(items);

/** Texts and images of a listing; an override of a platform carries only those that differ. */
const ListingMembers = z.object({
  copyrightAndTrademarkInfo: limited(200),
  keywords: list(7, 30),
  licenseTerms: limited(10_000),
  description: limited(10_000),
  features: list(20, 200),
  releaseNotes: limited(1500),
  images: z.array(Image),
  recommendedHardware: list(11, 200),
  minimumHardware: list(11, 200),
  title: z.string(),
  shortDescription: limited(500),
  shortTitle: limited(50),
  sortTitle: limited(255),
  voiceTitle: limited(255),
  devStudio: limited(255),
});
export type BaseListing = z.infer<typeof ListingMembers>;

const EMPTY_LISTING: BaseListing = {
  copyrightAndTrademarkInfo: '',
  keywords: [],
  licenseTerms: '',
  description: '',
  features: [],
  releaseNotes: '',
  images: [],
  recommendedHardware: [],
  minimumHardware: [],
  title: '',
  shortDescription: '',
  shortTitle: '',
  sortTitle: '',
  voiceTitle: '',
  devStudio: '',
};

/** What a listing leaves out is empty. */
const complete = (value: unknown): unknown =>
  typeof value === 'object' || value === undefined ? { ...EMPTY_LISTING, ...value } : value;

export const Listing = z.object({
  baseListing: z.preprocess(complete, ListingMembers),
  platformOverrides: z.partialRecord(z.enum(PLATFORMS), ListingMembers.partial()).default({}),
});
export type Listing = z.infer<typeof Listing>;

/** A package. Everything below `minimumSystemRam` is read from the package after commit, never from a PUT. */
export const Package = z.object({
  fileName: z.string().default(''),
  fileStatus: z.enum(FILE_STATUSES).default('None'),
  id: z.string().optional(),
  minimumDirectXVersion: z.enum(DIRECTX).default('None'),
  minimumSystemRam: z.enum(RAM).default('None'),
  version: z.string().optional(),
  architecture: z.string().optional(),
  targetPlatform: z.string().optional(),
  languages: z.array(z.string()).optional(),
  capabilities: z.array(z.string()).optional(),
  targetDeviceFamilies: z.array(z.string()).optional(),
});
export type Package = z.infer<typeof Package>;

const players = z.int().nonnegative().optional();

const GamingOptions = z.object({
  genres: z.array(z.string()).default([]),
  isLocalMultiplayer: flag(false),
  isLocalCooperative: flag(false),
  isOnlineMultiplayer: flag(false),
  isOnlineCooperative: flag(false),
  localMultiplayerMinPlayers: players,
  localMultiplayerMaxPlayers: players,
  localCooperativeMinPlayers: players,
  localCooperativeMaxPlayers: players,
  isBroadcastingPrivilegeGranted: flag(false),
  isCrossPlayEnabled: flag(false),
  kinectDataForExternal: z.enum(KINECT).default('NotSet'),
});

const TrailerImage = z.object({
  fileName: z.string().default(''),
  id: z.string().optional(),
  description: z.string().optional(),
});

/** A trailer has no file status: new ones carry no ids, existing ones echo theirs. *Documented*. */
export const Trailer = z.object({
  id: z.string().optional(),
  videoFileName: z.string().default(''),
  videoFileId: z.string().optional(),
  trailerAssets: z
    .record(z.string(), z.object({ title: text(255), imageList: z.array(TrailerImage).length(1) }))
    .default({}),
});
export type Trailer = z.infer<typeof Trailer>;

const Rollout = z.object({
  isPackageRollout: flag(false),
  packageRolloutPercentage: z.number().min(0).max(100).default(0),
  isSeekEnabled: z.boolean().optional(),
});

const DeliveryOptions = z.object({
  packageRollout: Rollout.prefault({}),
  isMandatoryUpdate: flag(false),
  mandatoryUpdateEffectiveDate: date,
});

export const SubmissionContent = z.object({
  applicationCategory: z.enum(CATEGORIES).default('NotSet'),
  pricing: Pricing.prefault({}),
  visibility: z.enum(VISIBILITIES).default('Public'),
  targetPublishMode: z.enum(PUBLISH_MODES).default('Immediate'),
  targetPublishDate: date,
  listings: z.record(z.string(), Listing).default({}),
  hardwarePreferences: z.array(z.enum(HARDWARE)).default([]),
  automaticBackupEnabled: flag(false),
  canInstallOnRemovableMedia: flag(true),
  isGameDvrEnabled: flag(false),
  gamingOptions: z.array(GamingOptions).max(1).default([]),
  hasExternalInAppProducts: flag(false),
  meetAccessibilityGuidelines: flag(false),
  notesForCertification: text(2000),
  applicationPackages: z.array(Package).default([]),
  packageDeliveryOptions: DeliveryOptions.prefault({}),
  enterpriseLicensing: z.enum(LICENSING).default('Online'),
  allowMicrosoftDecideAppAvailabilityToFutureDeviceFamilies: flag(true),
  allowTargetFutureDeviceFamilies: z.record(z.string(), z.boolean()).optional(),
  trailers: z.array(Trailer).max(15).default([]),
});
export type SubmissionContent = z.infer<typeof SubmissionContent>;
