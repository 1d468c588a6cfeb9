import type { FoundOffer, NamedOfferCall } from '../../contracts/offer-activities';
import { ok } from '../../domain/failure';
import type { Activity, ActivityDeps } from '../deps';
import { recordOf } from '../fence';
import { callOfActivity, guardedOffer, openDirectory } from './open-offer';

/** Looks for the offer that the document names. A read; repeat at will. */
export function createFindOffer(deps: ActivityDeps): Activity<NamedOfferCall, FoundOffer> {
  return (input) =>
    guardedOffer<FoundOffer>(input.target.kind, async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const directory = await openDirectory(deps, input.target.kind, input.account, callOfActivity(deps, input, 1));
      return ok({ product: await directory.find(input.target) });
    });
}
