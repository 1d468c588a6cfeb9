import { differences, differsInRolloutAlone } from '../domain/store/compare-submissions';
import { productKey } from '../domain/product';
import type { StoreProduct } from '../domain/store/product';
import type { SubmissionOrigin } from '../domain/store/submission-origin';
import { isInFlight } from '../domain/store/submission-status';
import type { OwnSubmission } from '../storage/own-submissions';
import type { ReleaseRecord } from '../storage/release-record';
import type { ActivityDeps } from './deps';
import type { FoundSubmission } from './store-call';
import { submissionFiles } from './submission-files';

/** Where it is known what is ours. */
type OwnWork = Pick<ActivityDeps, 'ownSubmissions' | 'work'>;

/**
 * Whose a pending submission is. Ours is what this service's table names and nobody changed since: it equals what we
 * found when we made it, or what we last sent. A draft without an upload address is out of the API's reach. Somebody
 * else's work that the release went on with is its own until it fails: then only its maker may let it go. A draft that
 * takes no update is no use to anyone: what a failed create leaves behind may be such, and going on with it would fail
 * for ever.
 */
export async function whoseSubmission(
  deps: OwnWork,
  product: StoreProduct,
  record: Pick<ReleaseRecord, 'submissionId'>,
  submission: FoundSubmission,
): Promise<SubmissionOrigin> {
  if (submission.status === 'PendingCommit' && !submission.hasUploadUrl) return 'portal';
  const own = await deps.ownSubmissions.get(productKey(product), submission.id);
  if (record.submissionId === submission.id) return ofThisRelease(deps, own, submission);
  const untouched = own?.how === 'made' && (await isUntouched(deps, own.releaseId, submission));
  return untouched ? 'leftover' : 'foreign';
}

async function ofThisRelease(
  deps: OwnWork,
  own: OwnSubmission | undefined,
  submission: FoundSubmission,
): Promise<SubmissionOrigin> {
  const isDraft = submission.status === 'PendingCommit';
  if (own?.how === 'adopted') return isDraft || isInFlight(submission.status) ? 'own' : 'foreign';
  return isDraft && own !== undefined && (await storesNothing(deps, own.releaseId, submission)) ? 'leftover' : 'own';
}

async function storesNothing(deps: OwnWork, releaseId: string, submission: FoundSubmission): Promise<boolean> {
  const files = submissionFiles(deps.work, releaseId, submission.id);
  return (await files.storesNothing()) && isUntouched(deps, releaseId, submission);
}

async function isUntouched(deps: OwnWork, releaseId: string, submission: FoundSubmission): Promise<boolean> {
  const files = submissionFiles(deps.work, releaseId, submission.id);
  const [plan, base] = [await files.plan(), await files.base()];
  const known = [plan, base].filter((document) => document !== undefined);
  if (known.some((document) => differences(document, submission.document).length === 0)) return true;
  // Our update, as far as it was stored.
  return plan !== undefined && differsInRolloutAlone(plan, submission.document) && files.storesNothing();
}
