import type { Content } from '../store/document/content';

/** An Entra tenant. */
export interface Tenant {
  readonly id: string;
  /** A domain name that may stand for the id in paths. */
  readonly domain?: string;
}

/**
 * What a client may do in Partner Center. `Manager`: everything. `Reader`: GET only, other verbs answer 403 with an empty
 * body. `None`: no user of the account. `NotOnboarded`: 503 for ever.
 */
export type Role = 'Manager' | 'Reader' | 'None' | 'NotOnboarded';

/** An application registration in Entra. */
export interface Client {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  secrets: { value: string; expires?: string }[];
  /** PEM certificates whose keys may sign client assertions. */
  certificates: string[];
  role: Role;
  /** The Partner Center account; absent: none. */
  account?: string;
  readsVault: boolean;
  /** Its sign-in was switched off in Entra. */
  disabled?: boolean;
}

/** One version of a secret. */
export interface SecretVersion {
  readonly version: string;
  value: string;
  enabled: boolean;
  contentType?: string;
  /** Epoch milliseconds. */
  readonly created: number;
  notBefore?: number;
  expires?: number;
  /** Whether Key Vault made it for a certificate. */
  ofCertificate?: boolean;
}

/** A secret of the vault; the last version is the current one. */
export interface Secret {
  readonly name: string;
  versions: SecretVersion[];
}

/** What has submissions: at most one that is pending and one that is the last published. */
export interface Product {
  readonly id: string;
  /** Ids of submissions. */
  published?: string;
  pending?: string;
  /** Number in the friendly name of the newest submission. */
  lastNumber: number;
}

/** The kinds of products. */
export type Kind = 'application' | 'flight' | 'addOn';

/** A package flight of an application: packages for groups of testers. */
export interface Flight extends Product {
  readonly application: string;
  readonly friendlyName: string;
  /** Groups of testers. Only the portal knows more of them. */
  readonly groupIds: string[];
}

/** An add-on: what is sold within an application. */
export interface AddOn extends Product {
  readonly application: string;
  /** The developer's own name for it, unique within the application. */
  readonly productId: string;
  readonly productType: string;
  unsupportedFeatures: boolean;
}

/** An application in Partner Center. */
export interface Application extends Product {
  readonly account: string;
  primaryName: string;
  packageFamilyName: string;
  packageIdentityName: string;
  publisherName: string;
  hasAdvancedListingPermission: boolean;
  ageRatingDone: boolean;
  unsupportedFeatures: boolean;
  /** Epoch milliseconds; absent: never published. */
  firstPublished?: number;
  /** Ids of its flights, highest rank first; absent: none. */
  flights?: string[];
}

export const SUBMISSION_STATUSES = [
  'None',
  'PendingCommit',
  'CommitStarted',
  'CommitFailed',
  'PreProcessing',
  'PreProcessingFailed',
  'Certification',
  'CertificationFailed',
  'Release',
  'ReleaseFailed',
  'PendingPublication',
  'Publishing',
  'PublishFailed',
  'Published',
  'Canceled',
] as const;
export type SubmissionStatus = (typeof SUBMISSION_STATUSES)[number];

/** One entry of `statusDetails`. */
export interface StatusDetail {
  code: string;
  details: string;
}

/** A link to a certification report. */
export interface CertificationReport {
  date: string;
  reportUrl: string;
}

export type RolloutStatus =
  'PackageRolloutNotStarted' | 'PackageRolloutInProgress' | 'PackageRolloutStopped' | 'PackageRolloutComplete';

/** How the next commit ends, and what the store says about it. */
export interface Outcome {
  readonly id: string;
  /** Applies to commits of this product only; to any when all are absent. */
  application?: string;
  flight?: string;
  addOn?: string;
  result:
    | 'CommitFailed'
    | 'PreProcessingFailed'
    | 'CertificationFailed'
    | 'ReleaseFailed'
    | 'PublishFailed'
    /** Stays in `stuckIn` for ever. */
    | 'Stuck'
    /** CommitStarted falls back to PendingCommit. */
    | 'PendingCommit'
    /** Ends well. */
    | 'Published';
  stuckIn: SubmissionStatus;
  errors: StatusDetail[];
  /** Shown from the commit on, besides those that the emulator finds itself. */
  warnings?: StatusDetail[];
  reports: CertificationReport[];
  /** What is lost at the publication: the old packages stay, or everybody gets the new ones at once. */
  loses?: ('packages' | 'rollout')[];
}

/** A submission of an application, a flight or an add-on. */
export interface Submission {
  readonly id: string;
  readonly kind: Kind;
  /** Id of what it belongs to, and of the application that this belongs to or is. */
  readonly product: string;
  readonly application: string;
  readonly friendlyName: string;
  /** Whether a person made it in the portal, or changed it there: the API may then only read it. */
  portal: boolean;
  status: SubmissionStatus;
  /** When the status was entered, by the emulator's clock, epoch milliseconds. */
  since: number;
  errors: StatusDetail[];
  /** What an outcome adds to the warnings that follow from the content. */
  warnings?: StatusDetail[];
  reports: CertificationReport[];
  /** In the form of its kind. */
  content: Content;
  /** Read-only `isAdvancedPricingModel`. */
  readonly advancedPricing: boolean;
  rolloutStatus: RolloutStatus;
  fallbackSubmissionId: string;
  /** Listing languages of the submission that this one was cloned from. */
  baseLanguages: string[];
  /** What buyers pay, where the API shows only `Base`. Never on the wire. */
  hiddenPrice?: string;
  upload?: {
    readonly blob: string;
    /** Decides whether the URL carries a bare `+`. */
    readonly ordinal: number;
    /** Epoch milliseconds, emulator's clock. */
    readonly issued: number;
  };
  commit?: {
    readonly at: number;
    /** Certification duration of this commit, milliseconds. */
    readonly duration: number;
    readonly outcome?: Outcome;
  };
  /** Left by a create that failed: updates are answered and not stored. */
  zombie?: boolean;
  /** When a person pressed "publish now", epoch milliseconds. */
  pressed?: number;
}
