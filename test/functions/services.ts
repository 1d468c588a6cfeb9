import { AccountError } from '../../src/accounts/errors';
import { deleteProduct } from '../../src/activities/delete-product';
import { readPlan } from '../../src/activities/plan-file';
import { createQueries } from '../../src/queries';
import type { Storage } from '../../src/storage/connect';
import { audit } from '../../src/storage/audit';
import { writeAllPendingAudit, writePendingAudit } from '../../src/storage/audit-pending';
import { claims } from '../../src/storage/claims';
import { documents, hashOfDocument } from '../../src/storage/documents';
import { idempotency } from '../../src/storage/idempotency';
import { processClock } from '../../src/storage/budgets';
import { offers } from '../../src/storage/offers';
import { ownSubmissions } from '../../src/storage/own-submissions';
import { placed } from '../../src/storage/placed';
import { published } from '../../src/storage/published';
import { newPlanId, plans } from '../../src/storage/plans';
import { purge } from '../../src/storage/purge';
import { newReleaseId } from '../../src/storage/release-id';
import { releases } from '../../src/storage/releases';
import { timeline } from '../../src/storage/timeline';
import { work } from '../../src/storage/work';
import { createUpload, uploadId } from '../../src/packages';
import { redact } from '../../src/partner-center/http/redact';
import type { FunctionServices, HttpSettings } from '../../src/functions/services';

export const tenantId = '11111111-1111-1111-1111-111111111111';

export const settings: HttpSettings = {
  callers: 'function-keys',
  fourEyes: false,
  documents: {
    allowedHosts: ['packages.contoso.com', '*.blob.core.windows.net'],
    allowLoopbackSources: false,
    secretPrefix: 'release-',
  },
  maxQueuedPerTenant: 10_000,
  sweepSchedule: '0 */5 * * * *',
  retentionMs: 180 * 24 * 60 * 60 * 1000,
};

const seen = {
  state: 'usable' as const,
  products: { visible: 1, more: false, sample: [{ id: '9NBLGGH4R315' }] },
  faults: [],
};

/** The real storage on this account; accounts are a list, since what they sign in to is not ours. */
export function servicesOn(storage: Storage, changes: Partial<FunctionServices> = {}): FunctionServices {
  const records = releases(storage);
  const log = audit(storage);
  return {
    settings,
    releases: records,
    documents: documents(storage),
    idempotency: idempotency(storage),
    timeline: timeline(storage),
    audit: {
      writePending: (id) => writePendingAudit(records, log, id),
      writeAllPending: () => writeAllPendingAudit(records, log),
      append: (events) => log.append(events),
    },
    claims: claims(storage),
    purge: purge(storage),
    plans: plans(storage),
    accounts: {
      describeAccounts: () => [
        { account: 'contoso', tenantId, clientId: tenantId, credential: { kind: 'managed-identity' } },
      ],
      check: async (account) => ({
        account,
        credential: { state: 'good', kind: 'managed-identity' },
        products: { visible: 1, more: false, sample: [{ id: '9NBLGGH4R315' }] },
        faults: [],
        apis: { store: seen, marketplace: seen, 'cloud-partner': seen },
      }),
    },
    // What cannot be read now is found out by the release.
    rollouts: { read: async () => ({ kind: 'unknown' }) },
    uploads: {
      request: async (sha256, size) => ({
        id: uploadId(sha256),
        ...(await createUpload(await storage.container('uploads'), { sha256, size })),
      }),
    },
    ...withoutPartnerCenter(storage),
    hashOfDocument,
    newReleaseId,
    newPlanId,
    redact,
    now: () => new Date(),
    waitPollMs: 10,
    ...changes,
  };
}

/** Nobody there: what is asked of Partner Center fails, and the rest is as it is. */
function withoutPartnerCenter(storage: Storage): Pick<FunctionServices, 'queries' | 'deleteProduct' | 'readPlan'> {
  const nobody = async (): Promise<never> => {
    throw new AccountError('entra-unreachable', { account: 'contoso' });
  };
  const files = work(storage);
  return {
    queries: createQueries({
      openStore: nobody,
      openMarketplace: nobody,
      openCloudPartner: nobody,
      offers: offers(storage),
      packages: { open: nobody, drop: nobody },
      readSecret: nobody,
      published: published(storage),
      placed: placed(storage),
      ownSubmissions: ownSubmissions(storage),
      documents: documents(storage),
      releases: releases(storage),
      work: files,
      claims: claims(storage),
      stopping: new AbortController().signal,
      clock: processClock,
      settings: { planMs: 90_000 },
    }),
    deleteProduct: (account, product) =>
      deleteProduct({ openStore: nobody, stopping: new AbortController().signal }, account, product),
    readPlan: (releaseId) => readPlan(files, releaseId),
  };
}

let made = 0;

/** A document that no other test has sent, so that it is a release of its own without a key. */
export function aDocument(changes: object = {}): Record<string, unknown> {
  made += 1;
  return {
    account: 'contoso',
    target: { kind: 'store-app', applicationId: '9NBLGGH4R315' },
    changes: { listings: { 'en-us': { baseListing: { releaseNotes: `Better. (${made})` } } } },
    ...changes,
  };
}
