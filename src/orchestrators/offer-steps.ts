import type { Flow } from '../contracts/durable';
import { offerActivities } from '../contracts/offer-activities';
import type { OfferCall, OfferLook } from '../contracts/offer-activities';
import { act, attempt, checkpoint, enter, skip } from './run';
import type { OfferRun } from './run';
import { stopFailed } from './stopped';

/** How often resources that were accepted and not stored are written again. */
const mostUpdates = 3;

/** Writes the resources of the draft that differ, sends their files, and reads all of it back. */
export function* updateDraft(run: OfferRun, offer: OfferCall, look: OfferLook): Flow<void> {
  if (look.writes === 0) {
    yield* skip(run, 'updateDraft', 'the draft is as it is to be');
    return yield* skip(run, 'uploadPackages', 'there is nothing to upload');
  }
  run.hasDraft = true;
  for (let update = 1; ; update++) {
    yield* writeResources(run, offer);
    yield* uploadFiles(run, offer, look.fileWrites > 0);
    const read = yield* attempt(run, offerActivities.verifyOffer, { ...offer, place: 'draft', publicationId: null });
    if (read.ok) return;
    if (read.failure.code !== 'not-stored' || update === mostUpdates) stopFailed(read.failure);
  }
}

/** Resource by resource, with what each activity gets done in its time. */
function* writeResources(run: OfferRun, offer: OfferCall): Flow<void> {
  yield* enter(run, 'updateDraft');
  for (;;) {
    const { done } = yield* act(run, offerActivities.writeOfferDraft, offer);
    if (done) return;
    yield* checkpoint(run, []);
  }
}

/** Pictures and packages, slice by slice, and what refers to them. */
function* uploadFiles(run: OfferRun, offer: OfferCall, hasFiles: boolean): Flow<void> {
  if (!hasFiles) return yield* skip(run, 'uploadPackages', 'there is nothing to upload');
  yield* enter(run, 'uploadPackages');
  for (;;) {
    const slice = yield* act(run, offerActivities.uploadOfferFiles, offer);
    const done = slice.done ? slice.total : slice.sent;
    yield* checkpoint(run, [{ type: 'progress', step: 'uploadPackages', done, total: slice.total }]);
    if (slice.done) return;
  }
}

/**
 * Publishes the draft to preview, or finds the publication that an attempt with a lost answer has begun.
 *
 * @param look what an earlier run has left
 */
export function* publishPreview(run: OfferRun, offer: OfferCall, look: OfferLook): Flow<string> {
  yield* enter(run, 'publishPreview');
  const { ended = null, named: before } = look;
  const call = { ...offer, ended, before };
  const { publicationId, status } = yield* act(run, offerActivities.publishOffer, call);
  run.publication = { id: publicationId, phase: 'previewing' };
  yield* checkpoint(run, [{ type: 'submission-made', submissionId: publicationId, how: 'created', status }]);
  return publicationId;
}

/**
 * Lets the preview go live, unless a cancel came first: one compare-and-swap decides between the two. What goes live is
 * what was wanted: that is read before.
 *
 * @returns the publication to watch
 */
export function* goLive(run: OfferRun, offer: OfferCall, previewId: string): Flow<string> {
  yield* enter(run, 'goLive');
  const result = yield* attempt(run, offerActivities.promoteOffer, { ...offer, publicationId: previewId });
  if (!result.ok) {
    // Partner Center may have it, although no answer said so.
    if (result.failure.unclear === true) run.publication = { id: previewId, phase: 'going-live' };
    stopFailed(result.failure);
  }
  if (!result.value.promoted) {
    yield* checkpoint(run, []);
    stopFailed({ code: 'activity-interrupted', message: 'The go-live met a cancel that is gone.', retryable: true });
  }
  run.publication = { id: result.value.publicationId, phase: 'going-live' };
  return result.value.publicationId;
}

/** What is live is what was asked for, and the draft is nobody's work any more. */
export function* confirmLive(run: OfferRun, offer: OfferCall, publicationId: string): Flow<void> {
  yield* act(run, offerActivities.verifyOffer, { ...offer, place: 'live', publicationId });
  yield* act(run, offerActivities.settleOffer, { ...offer, end: 'live' });
}

/** People look at what was asked for: what is in the preview is read back before anybody is asked. */
export function* verifyPreview(run: OfferRun, offer: OfferCall, publicationId: string): Flow<void> {
  if (run.publication?.phase !== 'preview-ready') return;
  yield* act(run, offerActivities.verifyOffer, { ...offer, place: 'preview', publicationId });
}

/** The release ends with the preview, which the next one builds on. */
export function* keepPreview(run: OfferRun, offer: OfferCall): Flow<null> {
  yield* act(run, offerActivities.settleOffer, { ...offer, end: 'preview' });
  return null;
}

/**
 * The release ends with the draft.
 *
 * @param isWork whether there is something in it that was not published
 */
export function* keepDraft(run: OfferRun, offer: OfferCall, isWork: boolean): Flow<null> {
  yield* act(run, offerActivities.settleOffer, { ...offer, end: isWork ? 'draft' : 'unchanged' });
  run.hasDraft = isWork;
  return null;
}
