import type { TargetApi } from '../contracts/activities';
import type { Result } from '../domain/failure';
import type { RequestBudget } from '../partner-center/http';
import type { CloudPartnerClient } from '../partner-center/cloud-partner-portal';
import type { IngestionClient } from '../partner-center/ingestion';
import type { StoreClient } from '../partner-center/store';
import type { Audit } from '../storage/audit';
import type { Claims } from '../storage/claims';
import type { Documents } from '../storage/documents';
import type { Offers } from '../storage/offers';
import type { Plans } from '../storage/plans';
import type { OwnSubmissions } from '../storage/own-submissions';
import type { Placed } from '../storage/placed';
import type { Published } from '../storage/published';
import type { Releases } from '../storage/releases';
import type { Timeline } from '../storage/timeline';
import type { Work } from '../storage/work';
import type { WaitClock } from './last-in-line';
import type { PackageAccess } from './package-access';
import type { Bell } from '../storage/release-record';

/** One Partner Center account, opened for one API. */
interface Access<Client> {
  readonly client: Client;
  /** Of the account's tenant, shared by every process. */
  readonly budget: RequestBudget;
  readonly tenant: string;
}

export type StoreAccess = Access<StoreClient>;
export type MarketplaceAccess = Access<IngestionClient>;
export type CloudPartnerAccess = Access<CloudPartnerClient>;

/** A secret as it was read. Keep the value in memory only. */
export interface NamedSecret {
  readonly value: string;
  /** That Key Vault gave it; no secret. */
  readonly version?: string | undefined;
}

/** How releases run, from the settings. */
export interface RunSettings {
  readonly pollFloorMs: number;
  readonly requestsPerMinute: number;
  /** Of each API of the marketplace. */
  readonly marketplaceRequestsPerMinute: number;
  /** How long after a change whose answer was lost the remote state is believed to show it. */
  readonly settleMs: number;
  /** How long one slice of hashing or uploading may work. */
  readonly sliceMs: number;
}

/** What the activities work with. */
export interface ActivityDeps {
  readonly releases: Releases;
  readonly timeline: Timeline;
  readonly documents: Documents;
  readonly work: Work;
  readonly claims: Claims;
  readonly audit: Pick<Audit, 'append'>;
  readonly published: Published;
  readonly placed: Placed;
  readonly ownSubmissions: OwnSubmissions;
  readonly offers: Offers;
  readonly plans: Plans;
  readonly packages: PackageAccess;
  readonly settings: RunSettings;
  /** By which budgeted requests are waited for. */
  readonly clock: WaitClock;
  /** Throws an `AccountError` when the account is not configured. */
  openStore(account: string): Promise<StoreAccess>;
  /** The same, for the Partner Center submission API. */
  openMarketplace(account: string): Promise<MarketplaceAccess>;
  /** The same, for the Cloud Partner Portal API. */
  openCloudPartner(account: string): Promise<CloudPartnerAccess>;
  /** A secret that a release document names, as it is now. Throws an `AccountError` where it cannot be read. */
  readSecret(name: string): Promise<NamedSecret>;
  checkToken(account: string, api?: TargetApi): Promise<{ readonly expiresAt: string }>;
  /** Aborted when the host stops: a slice ends, and the next one goes on. */
  readonly stopping: AbortSignal;
  now(): Date;
}

/** Tells operators: a static message, the facts as data. */
export type ActivityLog = (
  level: 'info' | 'warn' | 'error',
  message: string,
  facts: Readonly<Record<string, unknown>>,
) => void;

/** What an activity has of the one invocation that it runs in. */
export interface Invocation {
  /** Wakes whoever waits at a bell; a bell that nobody hears is no error. */
  readonly ring: (bell: Bell) => Promise<void>;
  readonly log: ActivityLog;
}

/** An activity: one outside effect, expected failures as data. */
export type Activity<I, O> = (input: I) => Promise<Result<O>>;
