/** A package of a plan as it was found when it was opened. */
export interface CheckedOfferPackage {
  readonly fileName: string;
  /** The id of the plan. */
  readonly plan: string;
  readonly version: string;
  /** Lower-case hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}
