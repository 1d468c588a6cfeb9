import type { OfferChanges } from './offer/offer-changes';
import type { RolloutChange } from './store/rollout-change';
import type { StoreAddOnChanges, StoreAppChanges, StoreFlightChanges } from './store/changes/document';

/** What a pipeline asks for, after it was checked: the release document of the HTTP contract, as far as it is built. */
export interface ReleaseDocument {
  readonly $schema?: string | undefined;
  readonly account: string;
  readonly target: ReleaseTarget;
  readonly packages?: readonly (PackageItem | EarlierPackages)[] | undefined;
  readonly oldPackages?: OldPackages | undefined;
  readonly assets?: readonly AssetItem[] | undefined;
  /** In the form of the target's kind. */
  readonly changes?: StoreChanges | OfferChanges | undefined;
  /** A submission as other tools write it, instead of packages, assets and changes. */
  readonly submission?: SubmissionDocument | undefined;
  /** The ZIP that belongs to it. */
  readonly archive?: ArchiveItem | undefined;
  readonly options?: ReleaseOptions | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** One for the Store. */
export type StoreDocument = ReleaseDocument & { readonly target: StoreTarget };

/** One for the commercial marketplace. */
export type OfferDocument = ReleaseDocument & { readonly target: OfferTarget };

/** The document of a release that changes a running rollout and does nothing else. */
export interface RolloutDocument {
  readonly account: string;
  readonly target: StoreAppTarget | StoreFlightTarget;
  readonly rollout: RolloutOrder;
}

export type RolloutOrder = RolloutChange & {
  /** The submission whose rollout it is; absent = that of the one that is live. */
  readonly submissionId?: string | undefined;
};

/** What is published. */
export type ReleaseTarget = StoreTarget | OfferTarget;

/** What is published to the Microsoft Store. */
export type StoreTarget = StoreAppTarget | StoreFlightTarget | StoreAddOnTarget;

/** What is published to the commercial marketplace. */
export type OfferTarget = MarketplaceProductTarget | CloudPartnerOfferTarget;

/** A packaged app that exists in Partner Center. */
export interface StoreAppTarget {
  readonly kind: 'store-app';
  /** The 12-character Store ID. */
  readonly applicationId: string;
}

/** A package flight of an app, by its id or by the name that Partner Center shows. */
export interface StoreFlightTarget {
  readonly kind: 'store-flight';
  readonly applicationId: string;
  /** A GUID; where the document names the flight alone, the release adds the id that it found or made. */
  readonly flightId?: string | undefined;
  readonly name?: string | undefined;
  /** Makes the flight where none has the name. */
  readonly create?: NewFlight | undefined;
}

export interface NewFlight {
  /** Ids of flight groups, as Partner Center's addresses show them. */
  readonly groupIds: readonly string[];
  /** The name of the flight that the new one stands above; absent = above all. */
  readonly rankHigherThan?: string | undefined;
}

/** An add-on, by its Store ID, or by its app and the product id that the app's code uses. */
export interface StoreAddOnTarget {
  readonly kind: 'store-add-on';
  readonly addOnId?: string | undefined;
  readonly applicationId?: string | undefined;
  readonly productId?: string | undefined;
  /** Makes the add-on where the app has none with this product id. */
  readonly create?: NewAddOn | undefined;
}

export interface NewAddOn {
  readonly productType: 'Durable' | 'Consumable';
}

/** An offer of the Partner Center submission API, by the id of its product or by the offer id that people chose. */
export interface MarketplaceProductTarget {
  readonly kind: 'marketplace-product';
  /** A GUID; where the document names the offer alone, the release adds the id that it found or made. */
  readonly productId?: string | undefined;
  readonly offerId?: string | undefined;
  /** Makes the product where the account has none with this offer id. */
  readonly create?: NewMarketplaceProduct | undefined;
}

export interface NewMarketplaceProduct {
  readonly resourceType: 'AzureApplication' | 'SoftwareAsAService';
  /** The alias that Partner Center shows; buyers do not see it. */
  readonly name: string;
}

/** An offer of the Cloud Partner Portal API. */
export interface CloudPartnerOfferTarget {
  readonly kind: 'cloud-partner-offer';
  readonly publisherId: string;
  readonly offerId: string;
  /** Makes the offer where the publisher has none with this id. */
  readonly create?: NewCloudPartnerOffer | undefined;
}

export interface NewCloudPartnerOffer {
  /** As `microsoft-azure-virtualmachines`. */
  readonly offerTypeId: string;
}

/** A package to publish, under the file name that Partner Center will show. */
export interface PackageItem {
  /** Of a marketplace product: the plan that it belongs to, and the version that buyers are told. */
  readonly plan?: string | undefined;
  readonly version?: string | undefined;
  readonly fileName: string;
  readonly source: SourceReference;
  /** The SHA-256 the bytes must have, in hexadecimal. */
  readonly sha256?: string | undefined;
}

/** All packages of an earlier release, under their names. */
export interface EarlierPackages {
  readonly source: EarlierSource;
}

/** A file that `changes` name, or a ZIP of such files. */
export interface AssetItem {
  /** Relative, with `/`; with `/` at its end, the entries of the ZIP become assets below it. */
  readonly path: string;
  readonly source: SourceReference;
  /** The SHA-256 that the bytes of the file, or of the ZIP, must have, in hexadecimal. */
  readonly sha256?: string | undefined;
}

/** The ZIP with the files that a submission document announces. */
export interface ArchiveItem {
  readonly source: SourceReference;
  readonly sha256?: string | undefined;
}

/** Open: as the API and the tools around it write it. */
export type SubmissionDocument = Readonly<Record<string, unknown>>;

/** Where bytes lie: a place of their own, or that of an earlier release. */
export type SourceReference = DirectSource | EarlierSource;

/** An upload of ours, or an `https` address of an allowed host. */
export type DirectSource = { readonly upload: string } | { readonly url: string };

/** The release of this service that has used the bytes. */
export interface EarlierSource {
  readonly release: string;
}

/** What becomes of the packages that are already there. */
export interface OldPackages {
  /** How many older versions stay per architecture, device family and minimum OS where a new one comes. */
  readonly keep?: number | undefined;
  /** File names to take out besides. */
  readonly remove?: readonly string[] | undefined;
}

/** A merge patch (RFC 7396) on the export of the target: what is absent stays as it is. */
export type StoreChanges = StoreAppChanges | StoreFlightChanges | StoreAddOnChanges;

/** How the release goes about it. */
export interface ReleaseOptions {
  readonly until?: Until | undefined;
  readonly onBusy?: OnBusy | undefined;
  readonly onForeignDraft?: OnForeignDraft | undefined;
  readonly onRunningRollout?: OnRunningRollout | undefined;
  readonly price?: OnPrice | undefined;
  /** RFC 3339; nothing is begun before. */
  readonly startAt?: string | undefined;
  /** The earliest go-live: RFC 3339, or `manual` = a person presses publish. Absent = as the product has it. */
  readonly publishAt?: string | undefined;
  /** Absent = everyone at once, whatever the last submission had. */
  readonly rollout?: RolloutOptions | undefined;
  readonly approvals?: readonly Gate[] | undefined;
  /** ISO 8601 duration; a gate that nobody decides in this time fails the release. */
  readonly approvalTimeout?: string | undefined;
  /** Of a `cloud-partner-offer`: who is told by mail of the publication. */
  readonly notificationEmails?: readonly string[] | undefined;
}

/** Where the release ends as succeeded. */
export type Until = StoreUntil | OfferUntil;
export type StoreUntil = 'committed' | 'certified' | 'published';
export type OfferUntil = 'draft' | 'preview' | 'published';

/** What to do where another release, or a publication that has not ended, has the product. */
export type OnBusy = 'queue' | 'refuse' | 'supersede';

/** What to do where the rollout of what is live runs: the Store takes no new submission while it does. */
export type OnRunningRollout = 'refuse' | 'wait' | 'finalize' | 'halt';

/** Whether a price may change, and what to do where the API cannot show it. */
export type OnPrice = 'keep' | 'keep-unseen' | 'change';

/** A gradual rollout: the percentages in their order. */
export interface RolloutOptions {
  readonly stages: readonly RolloutStage[];
  /** Everyone gets the packages after the last stage; absent = the rollout stays at the last percentage. */
  readonly finalize?: boolean | undefined;
}

export interface RolloutStage {
  /** Above 0, at most 100. */
  readonly percentage: number;
  /** ISO 8601 duration; absent = until a person says so. */
  readonly for?: string | undefined;
}

/** What to do with an unpublished submission that is not ours. */
export type OnForeignDraft = 'refuse' | 'replace' | 'adopt';

/** A point at which a person decides. */
export type Gate = 'commit' | 'go-live';
