import { z } from 'zod';
import {
  CATEGORIES,
  FILE_STATUSES,
  HARDWARE,
  IMAGE_TYPES,
  KINECT,
  LICENSING,
  PLATFORMS,
  PUBLISH_MODES,
  TRIALS,
  VISIBILITIES,
} from './enums';
import { DeliveryOptions, storePackage } from './delivery';
import { date, flag, prices, Rules } from './rules';

function pricing(rules: Rules) {
  return z.object({ trialPeriod: rules.oneOf(TRIALS).default('NoFreeTrial'), ...prices(rules) });
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

function applicationContent(rules: Rules) {
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
    applicationPackages: z.array(storePackage(rules)).default([]),
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
export const ApplicationContent = applicationContent(new Rules(true));
export type ApplicationContent = z.infer<typeof ApplicationContent>;
/** The same without limits, lists of values and price tiers (switch `validation`). */
export const LenientApplicationContent = applicationContent(new Rules(false));

export type Listing = ApplicationContent['listings'][string];
export type BaseListing = z.infer<ReturnType<typeof listingMembers>>;
export type Image = BaseListing['images'][number];
export type Trailer = ApplicationContent['trailers'][number];
