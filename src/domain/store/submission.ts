/**
 * The parts of a Store app submission that our rules speak of. Everything else is carried along untouched, so every
 * shape is open. Names and shapes are the API's (submission API, "Manage app submissions").
 */
export interface StoreSubmission {
  readonly [member: string]: unknown;
  readonly listings?: Readonly<Record<string, StoreListing>> | null | undefined;
  readonly applicationPackages?: readonly StorePackage[] | null | undefined;
  readonly flightPackages?: readonly StorePackage[] | null | undefined;
  readonly notesForCertification?: string | null | undefined;
  readonly pricing?:
    { readonly [member: string]: unknown; readonly priceId?: string | null | undefined } | null | undefined;
  readonly targetPublishMode?: string | null | undefined;
  readonly packageDeliveryOptions?:
    | {
        readonly [member: string]: unknown;
        readonly packageRollout?:
          | {
              readonly [member: string]: unknown;
              readonly packageRolloutStatus?: string | null | undefined;
              /** What everyone outside the rollout runs; `"0"` where there is none. */
              readonly fallbackSubmissionId?: string | null | undefined;
            }
          | null
          | undefined;
      }
    | null
    | undefined;
}

export interface StoreListing {
  readonly [member: string]: unknown;
  readonly baseListing?: StoreBaseListing | null | undefined;
}

export interface StoreBaseListing {
  readonly [member: string]: unknown;
  readonly title?: string | null | undefined;
  readonly description?: string | null | undefined;
}

export interface StorePackage {
  readonly [member: string]: unknown;
  readonly fileName: string;
  readonly fileStatus: string;
  readonly id?: string | null | undefined;
  readonly version?: string | null | undefined;
  readonly architecture?: string | null | undefined;
  readonly languages?: readonly string[] | null | undefined;
  readonly targetDeviceFamilies?: readonly string[] | null | undefined;
}

/** The app that submissions belong to. */
export interface StoreApp {
  readonly id: string;
  readonly packageIdentityName: string;
  readonly publisherName: string;
  /** Whether it may have trailers and gaming options; absent = nobody knows. */
  readonly hasAdvancedListingPermission?: boolean | undefined;
}

/** A package of the release as it was found when it was opened. */
export interface CheckedPackage {
  readonly fileName: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly identityName: string;
  readonly publisher: string;
  /** Four numbers. */
  readonly version: string;
  /** `x86`, `x64`, `arm`, `arm64` or `neutral`; several for a bundle. */
  readonly architectures: readonly string[];
  readonly languages: readonly string[];
  /** As the API writes them: `Windows.Desktop min version 10.0.17763.0`. */
  readonly targetDeviceFamilies: readonly string[];
  /** What each application package of a bundle runs on; absent = it is no bundle, or was checked before this was noted. */
  readonly applications?:
    readonly { readonly architecture: string; readonly targetDeviceFamilies: readonly string[] }[] | undefined;
}

/** Package entries of a submission of an app or a flight; none where there are none. */
export function packagesOf(submission: StoreSubmission): readonly StorePackage[] {
  return submission.applicationPackages ?? submission.flightPackages ?? [];
}
