import type {
  addOnContentTypes,
  addOnLifetimes,
  deviceFamilies,
  hardware,
  imageTypes,
  kinectData,
  licensing,
  platforms,
  refusedContentTypes,
  trialPeriods,
  visibilities,
} from '../words';

/** `changes` of each target: a merge patch (RFC 7396) on its export. What is absent stays, and `null` clears. */

type Word<Words extends readonly string[]> = Words[number];
type ByKey<Value> = Readonly<Record<string, Value>>;

/** A picture: a file of the document, or by its id one that is there. */
export interface ImageItem {
  readonly file?: string | undefined;
  readonly id?: string | undefined;
  readonly description?: string | null | undefined;
}

/** Texts and pictures of one language. */
export interface ListingChanges {
  readonly title?: string | null | undefined;
  readonly shortTitle?: string | null | undefined;
  readonly sortTitle?: string | null | undefined;
  readonly voiceTitle?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly shortDescription?: string | null | undefined;
  readonly releaseNotes?: string | null | undefined;
  readonly copyrightAndTrademarkInfo?: string | null | undefined;
  readonly licenseTerms?: string | null | undefined;
  readonly devStudio?: string | null | undefined;
  readonly keywords?: readonly string[] | null | undefined;
  readonly features?: readonly string[] | null | undefined;
  readonly recommendedHardware?: readonly string[] | null | undefined;
  readonly minimumHardware?: readonly string[] | null | undefined;
  readonly images?:
    { readonly [Type in Word<typeof imageTypes>]?: readonly ImageItem[] | null | undefined } | null | undefined;
}

export interface AppListingChanges {
  readonly baseListing?: ListingChanges | undefined;
  readonly platformOverrides?:
    { readonly [Platform in Word<typeof platforms>]?: ListingChanges | null | undefined } | null | undefined;
}

export interface AddOnPricingChanges {
  readonly priceId?: string | undefined;
  readonly marketSpecificPricings?: ByKey<string | null> | null | undefined;
}

export interface AppPricingChanges extends AddOnPricingChanges {
  readonly trialPeriod?: Word<typeof trialPeriods> | undefined;
}

export interface GamingOptionsChanges {
  readonly genres?: readonly string[] | null | undefined;
  readonly isLocalMultiplayer?: boolean | undefined;
  readonly isLocalCooperative?: boolean | undefined;
  readonly isOnlineMultiplayer?: boolean | undefined;
  readonly isOnlineCooperative?: boolean | undefined;
  readonly localMultiplayerMinPlayers?: number | null | undefined;
  readonly localMultiplayerMaxPlayers?: number | null | undefined;
  readonly localCooperativeMinPlayers?: number | null | undefined;
  readonly localCooperativeMaxPlayers?: number | null | undefined;
  readonly isBroadcastingPrivilegeGranted?: boolean | undefined;
  readonly isCrossPlayEnabled?: boolean | undefined;
  readonly kinectDataForExternal?: Word<typeof kinectData> | undefined;
}

export interface DeliveryChanges {
  readonly isMandatoryUpdate?: boolean | undefined;
  readonly mandatoryUpdateEffectiveDate?: string | null | undefined;
}

/** A trailer: a file of the document with its titles and thumbnails, or by its id one that is there. */
export interface TrailerItem {
  readonly file?: string | undefined;
  readonly id?: string | undefined;
  readonly trailerAssets?: ByKey<{ readonly title: string; readonly imageList: readonly ImageItem[] }> | undefined;
}

export interface StoreAppChanges {
  readonly applicationCategory?: string | undefined;
  readonly pricing?: AppPricingChanges | undefined;
  readonly visibility?: Word<typeof visibilities> | undefined;
  readonly listings?: ByKey<AppListingChanges | null> | undefined;
  readonly hardwarePreferences?: readonly Word<typeof hardware>[] | null | undefined;
  readonly automaticBackupEnabled?: boolean | undefined;
  readonly canInstallOnRemovableMedia?: boolean | undefined;
  readonly isGameDvrEnabled?: boolean | undefined;
  readonly gamingOptions?: GamingOptionsChanges | null | undefined;
  readonly hasExternalInAppProducts?: boolean | undefined;
  readonly meetAccessibilityGuidelines?: boolean | undefined;
  readonly notesForCertification?: string | null | undefined;
  readonly packageDeliveryOptions?: DeliveryChanges | undefined;
  readonly enterpriseLicensing?: Word<typeof licensing> | undefined;
  readonly allowMicrosoftDecideAppAvailabilityToFutureDeviceFamilies?: boolean | undefined;
  readonly allowTargetFutureDeviceFamilies?:
    { readonly [Family in Word<typeof deviceFamilies>]?: boolean | undefined } | undefined;
  readonly trailers?: readonly TrailerItem[] | null | undefined;
}

export interface StoreFlightChanges {
  readonly notesForCertification?: string | null | undefined;
  readonly packageDeliveryOptions?: DeliveryChanges | undefined;
}

export interface StoreAddOnChanges {
  readonly contentType?: Word<typeof addOnContentTypes> | Word<typeof refusedContentTypes> | undefined;
  readonly keywords?: readonly string[] | null | undefined;
  readonly lifetime?: Word<typeof addOnLifetimes> | undefined;
  readonly listings?:
    | ByKey<{
        readonly title?: string | undefined;
        readonly description?: string | null | undefined;
        readonly icon?: { readonly file?: string | undefined; readonly id?: string | undefined } | null | undefined;
      } | null>
    | undefined;
  readonly pricing?: AddOnPricingChanges | undefined;
  readonly tag?: string | null | undefined;
  readonly visibility?: Word<typeof visibilities> | undefined;
}
