import type { ProductLook, RemoteCall } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Fault, RemoteView } from '../domain/release';
import type { OnForeignDraft, ReleaseDocument } from '../domain/release-document';
import { differences } from '../domain/store-app/compare-submissions';
import { fitPackages } from '../domain/store-app/fit-packages';
import { hiddenPrice, shipsHaltedPackages } from '../domain/store-app/blockers';
import { mergeSubmission } from '../domain/store-app/merge-submission';
import { judgePending } from '../domain/store-app/pending-verdict';
import type { CheckedPackage, StoreSubmission } from '../domain/store-app/submission';
import { writable } from '../partner-center/store';
import type { AppSubmission, Application } from '../partner-center/store';
import type { ReleaseRecord } from '../storage/release-record';
import { newPackages, readCheckedPackages } from './checked-packages';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { remoteView } from './remote-view';
import { openSession, pendingOf, publishedOf } from './store-call';
import type { StoreSession } from './store-call';
import { guarded } from './to-failure';
import { whoseSubmission } from './whose-submission';

/** The app as it is: what is live, what is pending, and what the last rollout fell back to. */
interface Product {
  readonly application: Application;
  readonly published: AppSubmission | null;
  readonly pending: AppSubmission | null;
  readonly fallback: AppSubmission | null;
}

/**
 * Reads the product and judges the release against it, before anything is written. A read; repeat at will.
 */
export function createLookAtStoreApp(deps: ActivityDeps): Activity<RemoteCall, ProductLook> {
  return (input) =>
    guarded<ProductLook>(async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const document = await deps.documents.read<ReleaseDocument>(input.releaseId);
      if (document === undefined) {
        return failed({ code: 'run-ended-unexpectedly', message: 'The release document is gone.', retryable: false });
      }
      const session = await openSession(deps, input, 3);
      const product = await readProduct(session);
      return ok(await judge(deps, { input, record: mine.value, document, product }));
    });
}

async function readProduct(session: StoreSession): Promise<Product> {
  const application = await session.getApplication();
  const publishedId = publishedOf(application);
  const pendingId = pendingOf(application);
  const published = publishedId === null ? null : await session.getSubmission(publishedId);
  const pending = pendingId === null ? null : await session.getSubmission(pendingId);
  const rollout = published?.packageDeliveryOptions?.packageRollout;
  const fallbackId =
    rollout?.packageRolloutStatus === 'PackageRolloutStopped' ? rollout.fallbackSubmissionId : undefined;
  const fallback = fallbackId === undefined || fallbackId === '0' ? null : await session.getSubmission(fallbackId);
  return { application, published, pending, fallback };
}

interface Case {
  readonly input: RemoteCall;
  readonly record: ReleaseRecord;
  readonly document: ReleaseDocument;
  readonly product: Product;
}

async function judge(deps: ActivityDeps, { input, record, document, product }: Case): Promise<ProductLook> {
  const { published, pending } = product;
  const packages = await readCheckedPackages(deps, input.releaseId, document);
  const shown = await pendingView(deps, record, pending);
  const base = baseOf(product, shown, document.options?.onForeignDraft ?? 'refuse');
  const added = await newPackages(deps, input.applicationId, base, packages);
  const merged = mergeSubmission(base, document, added);
  const live = await isLive(deps, { input, record, document, product }, packages);
  return {
    publishedId: published?.id ?? null,
    pending: shown,
    rolloutRunning:
      published?.packageDeliveryOptions?.packageRollout?.packageRolloutStatus === 'PackageRolloutInProgress',
    faults: live ? [] : faultsOf(product, packages, merged.faults),
    blocker: live ? null : blockerOf(product, merged.submission),
    nothingToDo: live,
    hasFiles: added.length > 0,
    remote: published === null ? null : liveView(input.applicationId, published),
  };
}

async function pendingView(
  deps: ActivityDeps,
  record: ReleaseRecord,
  pending: AppSubmission | null,
): Promise<ProductLook['pending']> {
  if (pending === null) return null;
  const origin = await whoseSubmission(deps, record, pending);
  return { submissionId: pending.id, status: pending.status, friendlyName: pending.friendlyName ?? '', origin };
}

/** What the release would be merged into: the draft it goes on with, else the clone that a create would make. */
function baseOf(
  { published, pending }: Product,
  shown: ProductLook['pending'],
  policy: OnForeignDraft,
): StoreSubmission {
  const goesOn = shown !== null && judgePending(shown, policy).kind === 'use';
  if (goesOn && pending !== null) return writable(pending);
  return published === null ? {} : writable(published);
}

function faultsOf({ application }: Product, packages: readonly CheckedPackage[], merged: readonly Fault[]): Fault[] {
  const { id, packageIdentityName = '', publisherName = '' } = application;
  const app = { id, packageIdentityName, publisherName };
  return [...fitPackages(app, packages), ...merged];
}

function blockerOf({ published, fallback }: Product, merged: StoreSubmission): ProductLook['blocker'] {
  if (published === null) return null;
  if (hiddenPrice(published)) return 'price-hidden';
  return shipsHaltedPackages(published, fallback, merged) ? 'halted-packages' : null;
}

/** Whether all that is asked for is live: the release's own submission is, or what is live needs no change. */
async function isLive(
  deps: ActivityDeps,
  { input, record, document, product: { published } }: Case,
  packages: readonly CheckedPackage[],
): Promise<boolean> {
  if (published === null) return false;
  if (record.submissionId === published.id) return true;
  const current = writable(published);
  const added = await newPackages(deps, input.applicationId, current, packages);
  const merged = mergeSubmission(current, document, added);
  return !merged.packagesChanged && merged.faults.length === 0 && differences(merged.submission, current).length === 0;
}

function liveView(applicationId: string, published: AppSubmission): RemoteView {
  return remoteView(applicationId, published.id, published);
}
