import type { ProductLook, RemoteCall } from '../contracts/activities';
import { boundFaults } from '../domain/bound-faults';
import { failed, ok } from '../domain/failure';
import type { Fault } from '../domain/release';
import type { OnForeignDraft, ReleaseDocument } from '../domain/release-document';
import { differences } from '../domain/store/compare-submissions';
import { fitPackages } from '../domain/store/fit-packages';
import type { StoreProduct } from '../domain/store/product';
import { shipsHaltedPackages } from '../domain/store/blockers';
import { planRelease } from '../domain/store/plan-release';
import type { PlannedRelease } from '../domain/store/plan-release';
import { judgePending } from '../domain/store/pending-verdict';
import { isInFlight } from '../domain/store/submission-status';
import type { CheckedPackage, StoreApp, StoreSubmission } from '../domain/store/submission';
import type { ReleaseRecord } from '../storage/release-record';
import type { Application, ProductState, StoreKind } from '../partner-center/store';
import { noAssets } from './assets';
import { newPackages, readCheckedPackages } from './checked-packages';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { remoteView } from './remote-view';
import { findSubmission, openSession } from './store-call';
import type { FoundSubmission, StoreSession } from './store-call';
import { guarded } from './to-failure';
import { whoseSubmission } from './whose-submission';

/** The app as it is: what is live, what is pending, and what the last rollout fell back to. */
interface Product {
  /** What packages must fit; `null` for an add-on, which has none. */
  readonly app: StoreApp | null;
  readonly published: FoundSubmission | null;
  readonly pending: FoundSubmission | null;
  readonly fallback: FoundSubmission | null;
  /** The submission of this release, where it is neither live nor pending. */
  readonly own: FoundSubmission | null;
}

/**
 * Reads the product and judges the release against it, before anything is written. A read; repeat at will.
 */
export function createLookAtStoreProduct(deps: ActivityDeps): Activity<RemoteCall, ProductLook> {
  return (input) =>
    guarded<ProductLook>(async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const document = await deps.documents.read<ReleaseDocument>(input.releaseId);
      if (document === undefined) {
        return failed({ code: 'run-ended-unexpectedly', message: 'The release document is gone.', retryable: false });
      }
      const session = await openSession(deps, input, 2);
      const product = await readProduct(session, input.product, mine.value.submissionId);
      return ok(await judge(deps, { input, record: mine.value, document, product }));
    });
}

async function readProduct(session: StoreSession, product: StoreProduct, ownId: string | null): Promise<Product> {
  const { publishedId, pendingId, raw } = await session.getProduct();
  const read = async (id: string | null): Promise<FoundSubmission | null> =>
    id === null ? null : session.getSubmission(id);
  const find = async (id: string | null): Promise<FoundSubmission | null> =>
    id === null ? null : ((await findSubmission(session, id)) ?? null);
  const published = await read(publishedId);
  const pending = await read(pendingId);
  const fallback = await find(fallbackOf(published));
  const own = await find([publishedId, pendingId].includes(ownId) ? null : ownId);
  return { app: await appOf(session, product, raw), published, pending, fallback, own };
}

async function appOf(
  { client, call }: StoreSession,
  product: StoreProduct,
  raw: ProductState<StoreKind>['raw'],
): Promise<StoreApp | null> {
  if (product.kind === 'store-add-on') return null;
  const isApp = product.kind === 'store-app';
  // What is read of an app is its application; a flight's app must be asked for.
  const application = isApp ? (raw as Application) : (await client.getApplication(product.applicationId, call)).value;
  const { id, packageIdentityName = '', publisherName = '' } = application;
  return { id, packageIdentityName, publisherName };
}

/** What everyone runs since the rollout of what is live was halted. */
function fallbackOf(published: FoundSubmission | null): string | null {
  const rollout = published?.document.packageDeliveryOptions?.packageRollout;
  const id = rollout?.packageRolloutStatus === 'PackageRolloutStopped' ? rollout.fallbackSubmissionId : null;
  return id === '0' ? null : (id ?? null);
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
  const shown = await pendingView(deps, { input, record }, pending);
  const base = baseOf(product, shown, document.options?.onForeignDraft ?? 'refuse');
  const added = await newPackages(deps, input.product, base, packages);
  const plan = planRelease(input.product.kind, base, document, {
    added,
    assets: noAssets,
    published: published?.document ?? null,
  });
  const live = await isLive(deps, { input, record, document, product }, packages);
  return {
    publishedId: published?.id ?? null,
    pending: shown,
    rolloutRunning: rolloutOf(published) === 'PackageRolloutInProgress',
    committed: committedOf(product, record),
    ...fitness(product, packages, plan, live),
    hasFiles: added.length > 0,
    remote: published === null ? null : remoteView(input.product, published.id, published),
  };
}

async function pendingView(
  deps: ActivityDeps,
  { input, record }: Pick<Case, 'input' | 'record'>,
  pending: FoundSubmission | null,
): Promise<ProductLook['pending']> {
  if (pending === null) return null;
  const origin = await whoseSubmission(deps, input.product, record, pending);
  return { submissionId: pending.id, status: pending.status, friendlyName: pending.friendlyName, origin };
}

/** What the release would be merged into: the draft it goes on with, else the clone that a create would make. */
function baseOf(
  { published, pending }: Product,
  shown: ProductLook['pending'],
  policy: OnForeignDraft,
): StoreSubmission {
  const goesOn = shown !== null && judgePending(shown, policy).kind === 'use';
  if (goesOn && pending !== null) return pending.document;
  return published === null ? {} : published.document;
}

function faultsOf({ app }: Product, packages: readonly CheckedPackage[], merged: readonly Fault[]): Fault[] {
  return [...(app === null ? [] : fitPackages(app, packages)), ...merged];
}

function blockerOf({ published, fallback }: Product, plan: PlannedRelease): ProductLook['blocker'] {
  if (published === null || plan.blocker !== null) return plan.blocker;
  return shipsHaltedPackages(published.document, fallback?.document ?? null, plan.submission)
    ? 'halted-packages'
    : null;
}

/** What is on its way changes what the release is merged into: whether the release fits that shows afterwards. */
function fitness(
  product: Product,
  packages: readonly CheckedPackage[],
  plan: PlannedRelease,
  live: boolean,
): Pick<ProductLook, 'faults' | 'blocker' | 'nothingToDo'> {
  const underWay = isUnderWay(product.pending);
  if (live) return { faults: [], blocker: null, nothingToDo: !underWay };
  const ofContent = underWay ? [] : plan.faults;
  const faults = faultsOf(product, packages, ofContent);
  const blocker = underWay ? null : blockerOf(product, plan);
  return { faults: boundFaults(faults), blocker, nothingToDo: false };
}

function rolloutOf(published: FoundSubmission | null): string | undefined {
  return published?.document.packageDeliveryOptions?.packageRollout?.packageRolloutStatus ?? undefined;
}

function isUnderWay(pending: FoundSubmission | null): boolean {
  return pending !== null && (isInFlight(pending.status) || pending.status === 'Published');
}

/** The release's own submission, where Partner Center has taken it: another one would publish the release twice. */
function committedOf({ published, own }: Product, { submissionId }: ReleaseRecord): string | null {
  if (published !== null && published.id === submissionId) return submissionId;
  return own !== null && isUnderWay(own) ? own.id : null;
}

/** Whether what is live needs no change to be all that is asked for, and everyone gets it. */
async function isLive(
  deps: ActivityDeps,
  { input, document, product: { published } }: Case,
  packages: readonly CheckedPackage[],
): Promise<boolean> {
  if (published === null) return false;
  const rollout = rolloutOf(published) ?? '';
  if (packages.length > 0 && ['PackageRolloutInProgress', 'PackageRolloutStopped'].includes(rollout)) return false;
  const current = published.document;
  const added = await newPackages(deps, input.product, current, packages);
  const merged = planRelease(input.product.kind, current, document, { added, assets: noAssets, published: current });
  return !merged.packagesChanged && merged.faults.length === 0 && differences(merged.submission, current).length === 0;
}
