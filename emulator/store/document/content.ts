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
import { NO_DATE, readDate, wireDate } from './wire-date';

/** What a document is held to, besides its shape; `checked` false takes values and lengths as they are. */
class Rules {
  constructor(private readonly checked: boolean) {}

  text(max: number) {
    return z.string().max(this.limit(max));
  }

  texts(items: number, length: number) {
    return this.list(this.text(length), items);
  }

  list<T extends z.ZodType>(item: T, max: number, min = 0) {
    return z
      .array(item)
      .min(this.checked ? min : 0)
      .max(this.limit(max));
  }

  /** *Observed*: values match exactly. */
  oneOf(values: readonly string[]): z.ZodType<string, string> {
    return this.checked ? z.enum(values) : z.string();
  }

  /** `Base` = inherited, or a price that the API cannot express. *Documented*. */
  tier() {
    return this.checked ? z.string().regex(/^(Base|NotAvailable|Free|Tier\d+)$/, 'tier') : z.string();
  }

  private limit(max: number): number {
    return this.checked ? max : Infinity;
  }
}

const flag = (value: boolean) => z.boolean().default(value);
/** Kept as the API writes dates, in whatever form of ISO 8601 they were sent. Empty means not set (*observed*). */
const date = z
  .string()
  .refine((value) => value === '' || readDate(value) !== undefined, 'date')
  .transform((value) => (value === '' ? NO_DATE : wireDate(readDate(value))))
  .default(NO_DATE);

function pricing(rules: Rules) {
  return z.object({
    trialPeriod: rules.oneOf(TRIALS).default('NoFreeTrial'),
    marketSpecificPricings: z.record(z.string(), rules.tier()).default({}),
    priceId: rules.tier().default('Base'),
  });
}

/** An image of a listing. `id` only for images that the store already has. */
function image(rules: Rules) {
  return z.object({
    fileName: z.string().default(''),
    fileStatus: z.enum(FILE_STATUSES).default('None'),
    id: z.string().optional(),
    description: rules.text(200).optional(),
    imageType: rules.oneOf(IMAGE_TYPES).default('Unknown'),
  });
}

/** Texts and images of a listing; an override of a platform carries only those that differ. */
function listingMembers(rules: Rules) {
  return z.object({
    copyrightAndTrademarkInfo: rules.text(200),
    keywords: rules.texts(7, 30),
    licenseTerms: rules.text(10_000),
    description: rules.text(10_000),
    features: rules.texts(20, 200),
    releaseNotes: rules.text(1500),
    images: z.array(image(rules)),
    recommendedHardware: rules.texts(11, 200),
    minimumHardware: rules.texts(11, 200),
    title: z.string(),
    shortDescription: rules.text(500),
    shortTitle: rules.text(50),
    sortTitle: rules.text(255),
    voiceTitle: rules.text(255),
    devStudio: rules.text(255),
  });
}

const EMPTY_LISTING = {
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
} satisfies BaseListing;

/** What a listing leaves out is empty. */
const complete = (value: unknown): unknown =>
  typeof value === 'object' || value === undefined ? { ...EMPTY_LISTING, ...value } : value;

function listing(rules: Rules) {
  const members = listingMembers(rules);
  return z.object({
    baseListing: z.preprocess(complete, members),
    platformOverrides: z.partialRecord(z.enum(PLATFORMS), members.partial()).default({}),
  });
}

/** A package. Everything below `minimumSystemRam` is read from the package after commit, never from a PUT. */
function applicationPackage(rules: Rules) {
  return z.object({
    fileName: z.string().default(''),
    fileStatus: z.enum(FILE_STATUSES).default('None'),
    id: z.string().optional(),
    minimumDirectXVersion: rules.oneOf(DIRECTX).default('None'),
    minimumSystemRam: rules.oneOf(RAM).default('None'),
    version: z.string().optional(),
    architecture: z.string().optional(),
    targetPlatform: z.string().optional(),
    languages: z.array(z.string()).optional(),
    capabilities: z.array(z.string()).optional(),
    targetDeviceFamilies: z.array(z.string()).optional(),
  });
}

const players = z.int().nonnegative().optional();

function gamingOptions(rules: Rules) {
  return z.object({
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
    kinectDataForExternal: rules.oneOf(KINECT).default('NotSet'),
  });
}

/** A trailer has no file status: new ones carry no ids, existing ones echo theirs. *Documented*. */
function trailer(rules: Rules) {
  const thumbnail = z.object({
    fileName: z.string().default(''),
    id: z.string().optional(),
    description: z.string().optional(),
  });
  const asset = z.object({ title: rules.text(255).default(''), imageList: rules.list(thumbnail, 1, 1) });
  return z.object({
    id: z.string().optional(),
    videoFileName: z.string().default(''),
    videoFileId: z.string().optional(),
    trailerAssets: z.record(z.string(), asset).default({}),
  });
}

const Rollout = z.object({
  isPackageRollout: flag(false),
  packageRolloutPercentage: z.number().min(0).max(100).default(0),
  isSeekEnabled: z.boolean().optional(),
});

const DeliveryOptions = z.object({
  packageRollout: Rollout.prefault({}),
  /** Read from here by switch only; kept with the rollout. */
  isSeekEnabled: z.boolean().optional(),
  isMandatoryUpdate: flag(false),
  mandatoryUpdateEffectiveDate: date,
});

function submissionContent(rules: Rules) {
  return z.object({
    applicationCategory: rules.oneOf(CATEGORIES).default('NotSet'),
    pricing: pricing(rules).prefault({}),
    visibility: rules.oneOf(VISIBILITIES).default('Public'),
    targetPublishMode: rules.oneOf(PUBLISH_MODES).default('Immediate'),
    targetPublishDate: date,
    listings: z.record(z.string(), listing(rules)).default({}),
    hardwarePreferences: z.array(rules.oneOf(HARDWARE)).default([]),
    automaticBackupEnabled: flag(false),
    canInstallOnRemovableMedia: flag(true),
    isGameDvrEnabled: flag(false),
    gamingOptions: rules.list(gamingOptions(rules), 1).default([]),
    hasExternalInAppProducts: flag(false),
    meetAccessibilityGuidelines: flag(false),
    notesForCertification: rules.text(2000).default(''),
    applicationPackages: z.array(applicationPackage(rules)).default([]),
    packageDeliveryOptions: DeliveryOptions.prefault({}),
    enterpriseLicensing: rules.oneOf(LICENSING).default('Online'),
    allowMicrosoftDecideAppAvailabilityToFutureDeviceFamilies: flag(true),
    allowTargetFutureDeviceFamilies: z.record(z.string(), z.boolean()).optional(),
    trailers: rules.list(trailer(rules), 15).default([]),
  });
}

/**
 * The document of an application submission, as the API reads it from a PUT and as the emulator keeps it. Unknown
 * members are dropped, absent ones get the defaults (*assumed*: R19). The order of members is that of the wire
 * (*observed*).
 */
export const SubmissionContent = submissionContent(new Rules(true));
export type SubmissionContent = z.infer<typeof SubmissionContent>;
/** The same without limits, lists of values and price tiers (switch `validation`). */
export const LenientContent = submissionContent(new Rules(false));

export type Listing = SubmissionContent['listings'][string];
export type BaseListing = z.infer<ReturnType<typeof listingMembers>>;
export type Image = BaseListing['images'][number];
export type Package = SubmissionContent['applicationPackages'][number];
export type Trailer = SubmissionContent['trailers'][number];
