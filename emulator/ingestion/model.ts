import { randomInt } from 'node:crypto';

/** Members of a resource, as on the wire and without `resourceType`, `id` and `@odata.etag`. */
export type Members = Record<string, unknown>;

/** A list of these is how the API says "name and value". */
export interface TypeValuePair {
  type: string;
  value: string;
}

/** One entry of `validations` and of `validationItems`. */
export interface ValidationItem {
  errorCode: string;
  severity: string;
  message: string;
  resource: string;
}

/** One row of `reports`. */
export interface CertificationReport {
  reportTimeInUtc: string;
  status: string;
  fileUri: string;
}

/** The place of a file in the upload storage. Times are epoch milliseconds by the emulator's clock. */
export interface Upload {
  readonly blob: string;
  /** When the URL for writing was given out. */
  readonly issued: number;
  /** When the client said that the file is there. */
  uploaded?: number;
  /** From there to the end of processing; of packages only. */
  processing?: number;
  /** What processing is going to find, where that was decided over the control endpoint. */
  findings?: ValidationItem[];
  /** What is wrong with the file itself, such as the size of an image. */
  problem?: string;
}

/** The files that hang below a listing. */
export const LISTING_FILES = ['images', 'assets', 'videos'] as const;
export type ListingFiles = (typeof LISTING_FILES)[number];

/** A resource with an id of its own. */
export interface Row {
  readonly id: string;
  readonly type: string;
  members: Members;
  etag?: string;
  upload?: Upload;
  /** The place of the picture of a video. */
  thumbnail?: Upload;
  images?: Row[];
  assets?: Row[];
  videos?: Row[];
}

export const MODULES = [
  'Listing',
  'Property',
  'Package',
  'Availability',
  'SupplementalContent',
  'Cosell',
  'ResellerConfiguration',
] as const;
export type Module = (typeof MODULES)[number];

/** The content of one module, of the product or of one plan: a draft, or what a submission froze. */
export interface Instance {
  readonly id: string;
  readonly module: Module;
  readonly variant?: string;
  /** Epoch milliseconds. */
  readonly created: number;
  rows: Row[];
  /** Of a frozen `Package`: the packages that its configuration refers to. */
  packages?: Row[];
}

/** A plan, or the test drive. */
export interface Variant extends Row {
  /** Epoch milliseconds. */
  readonly created: number;
}

export const SUBSTATES = [
  'Submitted',
  'Failed',
  'FailedInCertification',
  'ReadyToPublish',
  'Publishing',
  'Published',
  'InStore',
] as const;
export type Substate = (typeof SUBSTATES)[number];

/** How a coming submission ends, and what is said about it. */
export interface SubmissionOutcome {
  readonly id: string;
  /** Of this product only; of any when absent. */
  product?: string;
  result: 'ValidationFailed' | 'FailedInCertification' | 'Stuck' | 'Published';
  /** For `Stuck`: the substate that is never left. */
  stuckIn: 'Submitted' | 'Publishing';
  /** How many times longer than usual it takes. */
  slower: number;
  validations: ValidationItem[];
  reports: CertificationReport[];
}

/** How the processing of a coming package ends. */
export interface PackageOutcome {
  readonly id: string;
  product?: string;
  fileName?: string;
  validationItems: ValidationItem[];
}

/** A submission: what it froze, and how far it has come. Times are epoch milliseconds by the emulator's clock. */
export interface ProductSubmission {
  readonly id: string;
  readonly releaseNumber: number;
  readonly created: number;
  /** What was given, frozen. */
  readonly frozen: Instance[];
  /** Ids of the frozen instances that are live once this is: its own, and those that it left as they were. */
  readonly effective: string[];
  /** The plans as they were. */
  readonly variants: Variant[];
  readonly publishOption?: Members;
  readonly extendedProperties?: TypeValuePair[];
  substate: Substate;
  /** When the substate was entered. */
  since: number;
  /** From creation to the preview, and from the promotion to the store, in milliseconds. */
  readonly duration: { readonly preview: number; readonly live: number };
  /** What the validation found. */
  readonly validations: ValidationItem[];
  reports: CertificationReport[];
  readonly outcome?: SubmissionOutcome;
  previewed?: number;
  promoted?: number;
  published?: number;
}

/** A product: an offer in the terms of the marketplace. */
export interface IngestionProduct {
  readonly id: string;
  readonly account: string;
  readonly type: string;
  /** Epoch milliseconds. */
  readonly created: number;
  name: string;
  externalIDs: TypeValuePair[];
  isModularPublishing?: boolean;
  setup: Members;
  reseller: Members;
  lead?: { type: string; members: Members };
  variants: Variant[];
  drafts: Instance[];
  packages: Row[];
  /** Oldest first. */
  submissions: ProductSubmission[];
  /** Id of the submission that is live. */
  live?: string;
}

/** What the emulator remembers of this API besides its products. */
export interface IngestionState {
  /** Every id, etag and blob is made of one number. */
  numbers: number;
  /** In names of blobs: what was uploaded before a reset is not what was uploaded after it. */
  readonly era: number;
  submissionNumbers: number;
  outcomes: SubmissionOutcome[];
  packageOutcomes: PackageOutcome[];
}

/** What an emulator remembers that knows no product yet. */
export function noIngestion(): IngestionState {
  return { numbers: 0, era: randomInt(1e9), submissionNumbers: 0, outcomes: [], packageOutcomes: [] };
}
