import type { OfferCall, SendOutput, WriteOutput } from '../../contracts/offer-activities';
import { failed, ok } from '../../domain/failure';
import type { Result } from '../../domain/failure';
import type { Activity, ActivityDeps } from '../deps';
import { holderOf } from '../fence';
import { draftTask } from './draft-task';
import type { DraftTask, OfferApi } from './offer-api';
import { offerFiles } from './offer-files';
import { callOfActivity, guardedOffer, openOffer } from './open-offer';

/**
 * Writes the resources of the draft that are not as the release wants them, and need no files: as many as a slice has
 * time for. Safe to repeat, killed anywhere or running twice: each resource is read first, what is as it is to be is left
 * alone, what somebody else has changed meanwhile ends it, and the ledger notes each write before it is sent.
 */
export function createWriteOfferDraft(deps: ActivityDeps): Activity<OfferCall, WriteOutput> {
  return (input) =>
    onDraft<WriteOutput>(deps, input, async (api, task) => {
      const result = await api.write(task);
      if (!result.ok) return result;
      const { done, written, total } = result.value;
      return ok(done ? { done, written, total } : { done, written, total });
    });
}

/** Sends the files of the draft, and writes what refers to them. As safe to repeat as the writing. */
export function createUploadOfferFiles(deps: ActivityDeps): Activity<OfferCall, SendOutput> {
  return (input) =>
    onDraft<SendOutput>(deps, input, async (api, task) => {
      const result = await api.upload(task);
      if (!result.ok) return result;
      const { done, sent, total } = result.value;
      return ok(done ? { done, total } : { done, sent, total });
    });
}

function onDraft<T>(
  deps: ActivityDeps,
  input: OfferCall,
  work: (api: OfferApi, task: DraftTask) => Promise<Result<T>>,
): Promise<Result<T>> {
  return guardedOffer<T>(input.product.kind, async () => {
    const mine = await holderOf(deps, input);
    if (!mine.ok) return mine;
    const plan = await offerFiles(deps.work, input.releaseId).plan();
    if (plan === undefined) {
      const message = 'What the draft is to become was never decided, or is gone.';
      return failed({ code: 'run-ended-unexpectedly', message, retryable: false });
    }
    const { api } = await openOffer(deps, input, callOfActivity(deps, input, 2));
    return work(api, draftTask(deps, input, plan));
  });
}
