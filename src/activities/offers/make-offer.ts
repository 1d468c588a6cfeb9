import type { FoundOffer, NamedOfferCall } from '../../contracts/offer-activities';
import { ok } from '../../domain/failure';
import type { Result } from '../../domain/failure';
import type { Offer } from '../../domain/offer/offer';
import { productKey } from '../../domain/product';
import type { Activity, ActivityDeps } from '../deps';
import { recordOf } from '../fence';
import { makeOnce } from '../make-once';
import { callOfActivity, guardedOffer, openDirectory, remoteReading } from './open-offer';

/**
 * Makes the offer that the document names. Safe to repeat, killed anywhere or running twice, as `makeOnce` is. An offer
 * id is given once: a second POST would be refused.
 */
export function createMakeOffer(deps: ActivityDeps): Activity<NamedOfferCall, FoundOffer> {
  return (input) =>
    guardedOffer<FoundOffer>(input.target.kind, async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const directory = await openDirectory(deps, input.target.kind, input.account, callOfActivity(deps, input, 1));
      const made = await makeOnce(deps, input, {
        find: () => directory.find(input.target),
        make: () => directory.make(input.target),
        remoteFailure: remoteReading(input.target.kind),
      });
      if (!made.ok) return made;
      const { value: product, ours } = made.value;
      return ours ? own(deps, input, product) : ok({ product });
    });
}

/** The draft that a new offer comes with is the release's as much as the offer is. */
async function own(deps: ActivityDeps, input: NamedOfferCall, product: Offer): Promise<Result<FoundOffer>> {
  await deps.offers.changeLedger(productKey(product), (ledger) => ({ ...ledger, madeBy: input.releaseId }));
  await deps.releases.replaceIntent(input, null);
  return ok({ product });
}
