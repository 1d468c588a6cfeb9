import type { Account, AccountCheck, Upload } from '../contracts/answers';
import type { DocumentRules } from '../contracts/check-release-document';
import type { AccountCheck as CheckedAccount, Accounts as ConfiguredAccounts } from '../accounts';
import type { Result } from '../domain/failure';
import type { StoreProduct } from '../domain/store/product';
import type { ReleasePlan } from '../domain/store/release-plan';
import type { Queries } from '../queries';
import type { AuditEvent } from '../storage/audit';
import type { RolloutAnswer } from '../activities/query-rollout';
import type { Claims as StoredClaims } from '../storage/claims';
import type { Documents as StoredDocuments } from '../storage/documents';
import type { Idempotency as StoredIdempotency } from '../storage/idempotency';
import type { Plans as StoredPlans } from '../storage/plans';
import type { Purge as StoredPurge } from '../storage/purge';
import type { Releases as StoredReleases } from '../storage/releases';
import type { Timeline as StoredTimeline } from '../storage/timeline';

/** What the triggers need besides what they are called with: parts of `src/storage` and `src/accounts`, as they are. */

export type Releases = Pick<
  StoredReleases,
  | 'insert'
  | 'read'
  | 'list'
  | 'active'
  | 'countActive'
  | 'decideGate'
  | 'requestCancel'
  | 'requestRollout'
  | 'retryRun'
  | 'update'
>;
export type Documents = Pick<StoredDocuments, 'insert' | 'read' | 'reseal' | 'deleteSealed'>;
export type Idempotency = Pick<StoredIdempotency, 'reserve' | 'reserveDocument'>;
export type Timeline = Pick<StoredTimeline, 'list' | 'insert'>;
export type Claims = Pick<StoredClaims, 'held' | 'removeOrphan' | 'acquire' | 'leaveQueue' | 'release'>;
/** Plans that take longer than a request. */
export type Plans = StoredPlans;
export type Purge = Pick<StoredPurge, 'sweep'>;

/** The configured accounts. */
export interface Accounts extends Pick<ConfiguredAccounts, 'describeAccounts'> {
  /** For an account that is configured: what is wrong is in the answer. */
  check(account: string, wish: { readonly publisher?: string | undefined }): Promise<CheckedAccount>;
}

/** How a rollout stands in Partner Center. */
export type LiveRollout = RolloutAnswer;

export interface Rollouts {
  /** Of a submission; `null` = of the one that is live. */
  read(account: string, product: StoreProduct, submissionId: string | null): Promise<LiveRollout>;
}

/** Places for bytes. */
export interface Uploads {
  /** The same place for the same bytes; a repetition says whether they are there by now. */
  request(sha256: string, size: number): Promise<Upload>;
}

/** Lines for the audit log wait in the records of releases until they are written. */
export interface AuditLog {
  /** Writes what waits in one record. */
  writePending(releaseId: string): Promise<void>;
  /** Writes what waits in any record; answers in how many. */
  writeAllPending(): Promise<number>;
  /** Writes lines of what no release does. */
  append(events: readonly AuditEvent[]): Promise<void>;
}

/** What the settings say about the HTTP surface. */
export interface HttpSettings {
  readonly callers: 'function-keys' | 'entra-id';
  /** Whether another person than the requester must approve. */
  readonly fourEyes: boolean;
  readonly documents: DocumentRules;
  /** More releases that have not ended are refused, per tenant. */
  readonly maxQueuedPerTenant: number;
  /** NCRONTAB of the sweep. */
  readonly sweepSchedule: string;
  /** How long releases are kept after their end. */
  readonly retentionMs: number;
}

/** Everything that {@link registerFunctions} wants. */
export interface FunctionServices {
  readonly settings: HttpSettings;
  readonly releases: Releases;
  readonly documents: Documents;
  readonly idempotency: Idempotency;
  readonly timeline: Timeline;
  readonly audit: AuditLog;
  readonly claims: Claims;
  readonly purge: Purge;
  readonly plans: Plans;
  readonly accounts: Accounts;
  readonly uploads: Uploads;
  readonly rollouts: Rollouts;
  /** What people ask Partner Center. */
  readonly queries: Queries;
  /** Deletes a flight or an add-on in Partner Center; `product-busy` where it does not let go of it. */
  readonly deleteProduct: (
    account: string,
    product: Exclude<StoreProduct, { kind: 'store-app' }>,
  ) => Promise<Result<object>>;
  /** The plan that a release works by, or that was made in the background under this id; `undefined` until there is one. */
  readonly readPlan: (id: string) => Promise<ReleasePlan | undefined>;
  /** SHA-256 by which documents are compared. */
  readonly hashOfDocument: (document: unknown) => string;
  readonly newReleaseId: () => string;
  readonly newPlanId: () => string;
  /** Takes secrets out of a text that is to be logged. */
  readonly redact: (text: string) => string;
  readonly now: () => Date;
  /** How often `?wait=` looks; 1,000 if absent. */
  readonly waitPollMs?: number;
}

/** What accounts say is what the wire says: checked by the compiler. */
type _AccountsOnTheWire = [ReturnType<Accounts['describeAccounts']>[number], CheckedAccount] extends [
  DeepReadonly<Account>,
  DeepReadonly<AccountCheck>,
]
  ? true
  : never;
const _accountsOnTheWire: _AccountsOnTheWire = true;

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
