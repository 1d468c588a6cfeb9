import type { SubmissionCall } from '../contracts/activities';
import { boundFaults } from '../domain/bound-faults';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import { differences, differsInRolloutAlone } from '../domain/store/compare-submissions';
import { livePackages } from '../domain/store/live-packages';
import type { LivePackages } from '../domain/store/live-packages';
import { packagesToSend } from '../domain/store/packages-to-send';
import type { KnownPackage } from '../domain/store/packages-to-send';
import { planRelease } from '../domain/store/plan-release';
import type { PlannedRelease } from '../domain/store/plan-release';
import { productKey } from '../domain/product';
import type { StoreSubmission } from '../domain/store/submission';
import { packagesOf } from '../domain/store/submission';
import { readAssets } from './assets';
import { readCheckedPackages } from './checked-packages';
import type { Activity, ActivityDeps } from './deps';
import { holderOf } from './fence';
import { readLive } from './read-product';
import { readContent } from './release-content';
import type { ReleaseContent } from './release-content';
import { notADraft } from './submission-failures';
import { openSession } from './store-call';
import type { StoreSession } from './store-call';
import { submissionFiles } from './submission-files';
import type { SubmissionFiles } from './submission-files';
import { guarded } from './to-failure';

type Output = { sent: boolean };

/**
 * Puts the packages and texts of the release into the draft. Safe to repeat: the document to send is made once and
 * kept, a PUT replaces, and a draft that has it already is left alone. A draft that is neither what we found nor what
 * we send was changed by somebody else, and is not overwritten.
 */
export function createUpdateStoreSubmission(deps: ActivityDeps): Activity<SubmissionCall, Output> {
  return (input) =>
    guarded<Output>(async () => {
      const mine = await holderOf(deps, input);
      if (!mine.ok) return mine;
      const session = await openSession(deps, input, 2);
      const submission = await session.getSubmission(input.submissionId);
      if (submission.status !== 'PendingCommit') return notADraft(submission);
      const current = submission.document;
      const plan = await planOf({ deps, input, session }, current);
      if (!plan.ok) return plan;
      if (isStored(plan.value, current)) return ok({ sent: false });
      await session.updateSubmission(input.submissionId, plan.value);
      return ok({ sent: true });
    });
}

interface Update {
  readonly deps: ActivityDeps;
  readonly input: SubmissionCall;
  readonly session: StoreSession;
}

async function planOf(update: Update, current: StoreSubmission): Promise<Result<StoreSubmission>> {
  const { deps, input } = update;
  const files = submissionFiles(deps.work, input.releaseId, input.submissionId);
  const base = (await files.base()) ?? (await files.keepBase(current));
  const planned = await files.plan();
  if (planned !== undefined) {
    const isKnown = !isTouched(current, [base, planned]) || (await lacksRollout(files, planned, current));
    return isKnown ? ok(planned) : touched(planned, current);
  }
  if (isTouched(current, [base])) return touched(base, current);
  const content = await readContent(deps, input.releaseId);
  if (content === undefined) {
    return failed({ code: 'run-ended-unexpectedly', message: 'The release document is gone.', retryable: false });
  }
  const merged = await merge(update, base, content);
  if (merged.faults.length === 0) {
    if (merged.files.length > 0) await files.keepAssets(merged.files);
    return ok(await files.keepPlan(merged.submission));
  }
  const errors = boundFaults(merged.faults);
  const message = errors.map((fault) => fault.message).join(' ');
  return failed({ code: 'document-unfit', message: message.slice(0, 2000), retryable: false, errors });
}

async function merge(
  { deps, input, session }: Update,
  base: StoreSubmission,
  content: ReleaseContent,
): Promise<PlannedRelease> {
  const { document } = content;
  const packages = await readCheckedPackages(deps, input.releaseId, content);
  const known = await deps.published.read(productKey(input.product));
  const added = packagesToSend(base, packages, known);
  const assets = await readAssets(deps, input.releaseId, content, input.product);
  const live = document.oldPackages === undefined ? undefined : await readLivePackages(session, document, known);
  // The price of what is live was judged when the product was looked at.
  return planRelease(input.product.kind, base, document, { added, assets, published: null, live, known });
}

/** A clone does not say that it is one of a halted submission: which of its packages everyone runs, what is live does. */
async function readLivePackages(
  session: StoreSession,
  { options }: ReleaseContent['document'],
  known: readonly KnownPackage[],
): Promise<LivePackages> {
  const { published, fallback } = await readLive(session);
  const submissions = { published: published?.document ?? null, fallback: fallback?.document ?? null };
  return livePackages(submissions, options?.onRunningRollout, known);
}

/** What our own update left that was stored without its rollout: an earlier run has read it so and stopped. */
async function lacksRollout(
  files: SubmissionFiles,
  planned: StoreSubmission,
  current: StoreSubmission,
): Promise<boolean> {
  return differsInRolloutAlone(planned, current) && files.storesNothing();
}

function isTouched(current: StoreSubmission, known: readonly StoreSubmission[]): boolean {
  return known.every((document) => differences(document, current).length > 0);
}

function touched(expected: StoreSubmission, current: StoreSubmission): Result<never> {
  const where = differences(expected, current).slice(0, 10).join(', ');
  const message = `The draft is neither what was found nor what was sent: somebody changed it (${where}).`;
  return failed({ code: 'submission-changed', message, retryable: false });
}

/** The same content, and the same packages to upload and to remove. */
function isStored(plan: StoreSubmission, current: StoreSubmission): boolean {
  const marks = (document: StoreSubmission): string =>
    packagesOf(document)
      .map((entry) => `${entry.fileName.toLowerCase()}:${entry.fileStatus === 'None' ? 'Uploaded' : entry.fileStatus}`)
      .sort()
      .join('|');
  return marks(plan) === marks(current) && differences(plan, current).length === 0;
}
