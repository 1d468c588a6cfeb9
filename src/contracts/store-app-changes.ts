import { z } from 'zod';
import {
  categories,
  deviceFamilies,
  genres,
  hardware,
  kinectData,
  licensing,
  platforms,
  visibilities,
} from '../domain/store/words';
import type { StoreAppChanges as DomainChanges } from '../domain/store/changes/document';
import type { Agree } from './agree';
import { TrailerItem } from './asset-files';
import { Time } from './forms';
import { languageFaults } from './key-faults';
import { ListingChanges } from './listing-texts';
import { AppPricingChanges } from './store-pricing';
import { Text } from './texts';

const players = z.int().min(0).max(1000).nullable().optional();
const flag = z.boolean().optional();

const GamingOptions = z
  .strictObject({
    genres: z.array(z.enum(genres)).max(50).nullable().optional(),
    isLocalMultiplayer: flag,
    isLocalCooperative: flag,
    isOnlineMultiplayer: flag,
    isOnlineCooperative: flag,
    localMultiplayerMinPlayers: players,
    localMultiplayerMaxPlayers: players,
    localCooperativeMinPlayers: players,
    localCooperativeMaxPlayers: players,
    isBroadcastingPrivilegeGranted: flag,
    isCrossPlayEnabled: flag,
    kinectDataForExternal: z.enum(kinectData).optional(),
  })
  .meta({ id: 'GamingOptions', description: 'Of a game, for apps with advanced listings; `null` = none.' })
  .nullable();

/** What of the delivery is no option of the release. */
export const DeliveryChanges = z
  .strictObject({
    isMandatoryUpdate: flag,
    mandatoryUpdateEffectiveDate: Time.meta({ description: 'From when on; `null` = not set.' }).nullable().optional(),
  })
  .meta({ id: 'DeliveryChanges', description: 'Whether the packages are a mandatory update.' });

export const NotesForCertification = Text(2000, 'For the testers at Microsoft.');

type Overrides = { [Platform in (typeof platforms)[number]]: z.ZodOptional<z.ZodNullable<typeof ListingChanges>> };

const overrides = platforms.map((platform) => [platform, ListingChanges.nullable().optional()]);

const AppListingChanges = z
  .strictObject({
    baseListing: ListingChanges.optional(),
    platformOverrides: z
      // The names are those of the list, each with the same form.
      .strictObject(Object.fromEntries(overrides) as Overrides)
      .meta({ description: 'Texts that differ on a platform of the past.' })
      .nullable()
      .optional(),
  })
  .meta({ id: 'AppListingChanges', description: 'The listing in one language.' });

type Families = { [Family in (typeof deviceFamilies)[number]]: z.ZodOptional<z.ZodBoolean> };

/** A merge patch on the export of an app. */
export const StoreAppChanges = z
  .strictObject({
    applicationCategory: z.enum(categories).meta({ description: 'Category, or category and subcategory.' }).optional(),
    pricing: AppPricingChanges.optional(),
    visibility: z.enum(visibilities).optional(),
    listings: z
      .record(z.string(), AppListingChanges.nullable())
      .superRefine(languageFaults)
      .meta({ description: 'By language, as "en-us"; case does not matter. `null` takes a language out.' })
      .optional(),
    hardwarePreferences: z.array(z.enum(hardware)).max(hardware.length).nullable().optional(),
    automaticBackupEnabled: flag,
    canInstallOnRemovableMedia: flag,
    isGameDvrEnabled: flag,
    gamingOptions: GamingOptions.optional(),
    hasExternalInAppProducts: flag,
    meetAccessibilityGuidelines: flag,
    notesForCertification: NotesForCertification.optional(),
    packageDeliveryOptions: DeliveryChanges.optional(),
    enterpriseLicensing: z.enum(licensing).optional(),
    allowMicrosoftDecideAppAvailabilityToFutureDeviceFamilies: flag,
    allowTargetFutureDeviceFamilies: z
      // The names are those of the list, each a flag.
      .strictObject(Object.fromEntries(deviceFamilies.map((family) => [family, flag])) as Families)
      .optional(),
    trailers: z
      .array(TrailerItem)
      .max(15)
      .meta({ description: 'All of them, in order: one that is left out is gone.' })
      .nullable()
      .optional(),
  })
  .meta({
    id: 'StoreAppChanges',
    description: 'A merge patch (RFC 7396) on the export: absent = keep, null = clear.',
  });

/** The members of an app's changes. */
export const storeAppMembers: readonly string[] = Object.keys(StoreAppChanges.shape);

type _Agreement = Agree<z.infer<typeof StoreAppChanges>, DomainChanges>;
const _agreement: _Agreement = true;
