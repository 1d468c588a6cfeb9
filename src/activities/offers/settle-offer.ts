import type { OfferCall, OfferEnd } from '../../contracts/offer-activities';
import { ok } from '../../domain/failure';
import { asReadBack, emptyLedger, withKept } from '../../domain/offer/draft-ledger';
import { productKey } from '../../domain/product';
import type { Activity, ActivityDeps } from '../deps';
import { holderOf } from '../fence';
import { offerFiles } from './offer-files';
import { guardedOffer } from './open-offer';

type Input = OfferCall & { readonly end: OfferEnd };

/**
 * What the release did to the draft has come to its end. What is live is nobody's difference any more: the ledger begins
 * anew, and what was published is remembered. Where the release ends with a draft or a preview, its work is what the
 * next one builds on. Touches nothing in Partner Center; safe to repeat.
 */
export function createSettleOffer(deps: ActivityDeps): Activity<Input, object> {
  return (input) =>
    guardedOffer<object>(input.product.kind, async () => {
      const mine = await holderOf(deps, input);
      if (!mine.ok) return mine;
      const key = productKey(input.product);
      if (input.end === 'draft' || input.end === 'preview') {
        await deps.offers.changeLedger(key, (ledger) => withKept(ledger, input.releaseId));
        return ok({});
      }
      const plan = await offerFiles(deps.work, input.releaseId).plan();
      const publicationId = mine.value.submissionId;
      if (input.end === 'live' && plan !== undefined && publicationId !== null) {
        const content = asReadBack(plan.desired, await deps.offers.readLedger(key));
        await deps.offers.rememberPublished(key, { publicationId, content });
      }
      await deps.offers.changeLedger(key, () => emptyLedger);
      return ok({});
    });
}
