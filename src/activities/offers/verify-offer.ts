import type { OfferCall, OfferPlace } from '../../contracts/offer-activities';
import { failed, ok } from '../../domain/failure';
import type { Result } from '../../domain/failure';
import { differentMembers } from '../../domain/offer/compare-offers';
import { unwantedKeys } from '../../domain/offer/draft-ledger';
import type { OfferContent } from '../../domain/offer/offer-content';
import { productKey } from '../../domain/product';
import type { Activity, ActivityDeps } from '../deps';
import { recordOf } from '../fence';
import type { OfferApi } from './offer-api';
import { offerFiles } from './offer-files';
import { callOfActivity, guardedOffer, openOffer } from './open-offer';

type Input = OfferCall & { readonly place: OfferPlace; readonly publicationId: string | null };

/**
 * Reads the draft, the preview or what is live back, and compares it with what the release wanted: a write that was
 * answered may not have been stored, and what is previewed may not be what was written. Where the API does not show it,
 * nothing is said. A read; repeat at will.
 */
export function createVerifyOffer(deps: ActivityDeps): Activity<Input, object> {
  return (input) =>
    guardedOffer<object>(input.product.kind, async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const plan = await offerFiles(deps.work, input.releaseId).plan();
      if (plan === undefined) return ok({});
      const { api } = await openOffer(deps, input, callOfActivity(deps, input, 2));
      const there = await contentAt(api, input);
      if (there === undefined) return ok({});
      const unfit = unwantedKeys(plan.desired, there, await deps.offers.readLedger(productKey(input.product)));
      return unfit.length === 0 ? ok({}) : differs(input.place, describe(unfit, plan.desired, there));
    });
}

async function contentAt(api: OfferApi, { place, publicationId }: Input): Promise<OfferContent | undefined> {
  switch (place) {
    case 'draft':
      return api.readDraft();
    case 'preview':
      return publicationId === null ? undefined : api.readPublication(publicationId);
    case 'live': {
      const live = await api.readLive(publicationId ?? undefined);
      return live.kind === 'shown' ? live.content : undefined;
    }
  }
}

/** The resources that differ, with the members that do. */
export function describe(keys: readonly string[], wanted: OfferContent, there: OfferContent): string {
  const named = keys.slice(0, 10).map((key) => {
    const members = differentMembers(wanted[key], there[key]);
    return members.length === 0 ? key : `${key} (${members.slice(0, 5).join(', ')})`;
  });
  return keys.length > named.length ? `${named.join('; ')} and ${keys.length - named.length} more` : named.join('; ');
}

function differs(place: OfferPlace, where: string): Result<never> {
  if (place === 'draft') {
    const message = `What was written was accepted, and the draft differs at ${where}.`;
    return failed({ code: 'not-stored', message: message.slice(0, 2000), retryable: false });
  }
  const what = place === 'preview' ? 'The preview' : 'What is live';
  const message = `${what} differs from what was written, at ${where}.`;
  return failed({ code: 'published-differs', message: message.slice(0, 2000), retryable: false });
}
