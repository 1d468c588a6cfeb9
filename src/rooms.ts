import { createAccounts, createHostIdentity, createVault } from './accounts';
import type { AccountProbe, Accounts } from './accounts';
import type { ActivityDeps } from './activities/deps';
import type { PackageAccess } from './activities/package-access';
import type { Settings } from './config/settings';
import type { TargetApi } from './contracts/activities';
import { createUrlSources, dropUpload, openUploadSource, parseUploadId, PackageError } from './packages';
import { cloudPartnerTransport, createCloudPartnerClient } from './partner-center/cloud-partner-portal';
import { createBudgetQueue, createTransport } from './partner-center/http';
import type { RequestBudget, Transport, TransportOptions } from './partner-center/http';
import { createIngestionClient, ingestionTransport } from './partner-center/ingestion';
import { createStoreClient } from './partner-center/store';
import { accountProbe } from './queries/account-probe';
import { audit } from './storage/audit';
import type { BudgetClock } from './storage/budget-row';
import { budgets, processClock } from './storage/budgets';
import type { Budgets } from './storage/budgets';
import { claims } from './storage/claims';
import { connectStorage } from './storage/connect';
import type { RequestObserver, Storage } from './storage/connect';
import { documents } from './storage/documents';
import { idempotency } from './storage/idempotency';
import { offers } from './storage/offers';
import { ownSubmissions } from './storage/own-submissions';
import { placed } from './storage/placed';
import { published } from './storage/published';
import { plans } from './storage/plans';
import { purge } from './storage/purge';
import { releases } from './storage/releases';
import { timeline } from './storage/timeline';
import { work } from './storage/work';

export { createActivities } from './activities';
export { queryRollout } from './activities/query-rollout';
export { deleteProduct } from './activities/delete-product';
export { readPlan } from './activities/plan-file';
export { createUpload, uploadId } from './packages';
export { createQueries } from './queries';
export { writeAllPendingAudit, writePendingAudit } from './storage/audit-pending';
export { hashOfDocument } from './storage/documents';
export { newPlanId } from './storage/plans';
export { newReleaseId } from './storage/release-id';

/** What the app takes from its surroundings, so that tests can bring their own: time, and a view on storage requests. */
export interface Surroundings {
  /** By which intents settle and records are dated. */
  readonly now: () => Date;
  /** By which requests are budgeted; the storage service's own unless told otherwise. */
  readonly budgetClock?: BudgetClock;
  readonly storageObserver?: RequestObserver;
}

/** Every room of the house, opened for one set of settings. Makes no request until it is used. */
export interface Rooms extends Omit<ActivityDeps, 'settings' | 'stopping' | 'now'> {
  readonly storage: Storage;
  readonly idempotency: ReturnType<typeof idempotency>;
  readonly purge: ReturnType<typeof purge>;
  readonly audit: ReturnType<typeof audit>;
  readonly accounts: Accounts;
  /** What `GET /accounts/{account}/check` asks Partner Center. */
  readonly probe: AccountProbe;
}

export function openRooms(settings: Settings, surroundings: Omit<Surroundings, 'now'> = {}): Rooms {
  const { budgetClock, storageObserver: observer } = surroundings;
  const identity = createHostIdentity({ authorityHost: settings.authorityHost });
  const storage = connectStorage({
    ...('connectionString' in settings.storage ? settings.storage : { ...settings.storage, credential: identity }),
    ...(observer === undefined ? {} : { observer }),
  });
  const vault = createVault({ url: settings.keyVaultUrl ?? '', credential: identity });
  const accounts = createAccounts({
    accounts: settings.accounts,
    vault,
    authorityHost: settings.authorityHost,
    scope: settings.storeApiScope,
  });
  const shared = budgets(storage, {
    limit: settings.requestsPerMinute,
    // Whose rollout it is, and its halt; the last slot is for everyone.
    haltRoom: Math.min(2, settings.requestsPerMinute - 1),
    ...(budgetClock === undefined ? {} : { clock: budgetClock }),
  });
  const marketplace = budgets(storage, {
    limit: settings.marketplaceRequestsPerMinute,
    // An export of an offer takes dozens of reads.
    readLimit: Math.ceil(settings.marketplaceRequestsPerMinute / 2),
    haltRoom: 0,
    ...(budgetClock === undefined ? {} : { clock: budgetClock }),
  });
  const { openStore, openMarketplace, openCloudPartner } = openers(settings, { store: shared, marketplace }, accounts);
  return {
    storage,
    accounts,
    releases: releases(storage),
    timeline: timeline(storage),
    documents: documents(storage),
    work: work(storage),
    claims: claims(storage),
    published: published(storage),
    placed: placed(storage),
    ownSubmissions: ownSubmissions(storage),
    offers: offers(storage),
    plans: plans(storage),
    // By which requests are budgeted.
    clock: budgetClock ?? processClock,
    idempotency: idempotency(storage),
    purge: purge(storage),
    audit: audit(storage),
    packages: packageAccess(settings, storage, identity),
    openStore,
    openMarketplace,
    openCloudPartner,
    checkToken: (account, api = 'store') => accounts.checkToken(account, { scope: scopes(settings)[api] }),
    readSecret: (name) => {
      // One that was rotated a minute ago is the one to send, whichever process has read the old one.
      vault.drop(name);
      return vault.read(name);
    },
    probe: accountProbe({ openStore, openMarketplace, openCloudPartner }, scopes(settings)),
  };
}

function scopes(settings: Settings): Readonly<Record<TargetApi, string>> {
  return {
    store: settings.storeApiScope,
    marketplace: settings.marketplaceApiScope,
    'cloud-partner': settings.cloudPartnerApiScope,
  };
}

/** Where an API is, and what its tokens are for. */
interface Api extends Partial<TransportOptions> {
  readonly baseUrl: string;
  readonly scope: string;
}

interface ApiBudgets {
  readonly store: Budgets;
  readonly marketplace: Budgets;
}

/** Opens accounts for each API; those of one tenant share the request budget that it has for the API. */
function openers(settings: Settings, shared: ApiBudgets, accounts: Accounts) {
  const queues = new Map<string, RequestBudget>();

  function budgetOf(api: TargetApi, tenant: string): RequestBudget {
    // The Store's is the tenant's own row, as it was before there were others.
    const row = api === 'store' ? tenant : `${tenant}/${api}`;
    const known = queues.get(row) ?? createBudgetQueue(shared[api === 'store' ? api : 'marketplace'].budgetFor(row));
    queues.set(row, known);
    return known;
  }

  function opener<Client>(name: TargetApi, api: Api, createClient: (transport: Transport) => Client) {
    return once((account: string) => {
      const tenant = accounts.get(account).tenantId;
      const budget = budgetOf(name, tenant);
      const credential = accounts.credential(account);
      const transport = createTransport({ ...api, credential, budget, userAgent: 'partner-center-publisher' });
      return { client: createClient(transport), budget, tenant };
    });
  }

  const store = { baseUrl: `${settings.storeApiUrl}/v1.0/my/`, scope: settings.storeApiScope };
  const marketplace = {
    ...ingestionTransport,
    baseUrl: `${settings.marketplaceApiUrl}/v1.0/ingestion/`,
    scope: settings.marketplaceApiScope,
  };
  const cloudPartner = {
    ...cloudPartnerTransport,
    baseUrl: `${settings.cloudPartnerApiUrl}/api/`,
    scope: settings.cloudPartnerApiScope,
  };
  return {
    openStore: opener('store', store, createStoreClient),
    openMarketplace: opener('marketplace', marketplace, (transport) =>
      createIngestionClient(transport, { headers: settings.marketplaceApiHeaders }),
    ),
    openCloudPartner: opener('cloud-partner', cloudPartner, createCloudPartnerClient),
  };
}

/** Opens each account once. */
function once<T>(open: (account: string) => T): (account: string) => Promise<T> {
  const opened = new Map<string, T>();
  return async (account) => {
    const known = opened.get(account) ?? open(account);
    opened.set(account, known);
    return known;
  };
}

function packageAccess(
  settings: Settings,
  storage: Storage,
  credential: ReturnType<typeof createHostIdentity>,
): PackageAccess {
  const urls = createUrlSources({
    allowedHosts: settings.allowedHosts,
    allowLoopback: settings.allowLoopbackSources,
    ...('accountName' in settings.storage ? { credential } : {}),
  });
  return {
    open: async (source, pin, signal, maxSize) => {
      if ('url' in source) return urls.open(source.url, { pin, signal, maxSize });
      return openUploadSource(await storage.container('uploads'), hashOf(source.upload), { pin, signal });
    },
    drop: async (upload, pin) => {
      if (pin.etag !== undefined) await dropUpload(await storage.container('uploads'), hashOf(upload), pin.etag);
    },
  };
}

function hashOf(upload: string): string {
  const sha256 = parseUploadId(upload);
  if (sha256 === undefined) throw new PackageError('source-not-found', `"${upload}" is no upload.`);
  return sha256;
}
