/** Who did what, with which bytes. Kept for good, so it holds no secrets. */
export interface AuditEvent {
  /** The same at every attempt to write it; readers drop doubles by it. */
  readonly eventId: string;
  /** RFC 3339 UTC with milliseconds and `Z`: it names the day's blob and is compared as text. */
  readonly at: string;
  /** What was done, as `release-requested`, `gate-approved`, `cancel-requested`. */
  readonly action: string;
  readonly by: string | null;
  readonly account: string;
  /** The foreign id. */
  readonly product: string;
  readonly releaseId: string | null;
  /** SHA-256 of the release document. */
  readonly docHash: string | null;
  /** Further facts; small. */
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
}
