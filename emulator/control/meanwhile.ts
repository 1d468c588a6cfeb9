import type { OfferControl } from '../cloud-partner/control/offer-control';
import type { Call } from '../core/call';
import type { Meanwhile } from '../core/fault-request';
import type { Actions } from './actions';
import { namedProduct } from './named-product';
import type { Portal } from './portal';

interface Who {
  readonly actions: Actions;
  readonly portal: Portal;
  readonly offers: OfferControl;
}

/** Does what a fault says that happens while a request is on its way. */
export async function happen(who: Who, what: Meanwhile, call: Call): Promise<void> {
  if (what.advanceClock !== undefined) await who.actions.advanceClock(what.advanceClock);
  if (what.revokeTokens) await who.actions.revokeTokens();
  if (what.portal) await who.portal.act(what.portal, namedProduct(what) ?? namedProduct(call.facts) ?? '');
  if (what.offerPortal) {
    const { publisher, offer } = call.facts;
    await who.offers.portal.act({ ...(publisher && { publisher }), ...(offer && { offer }), ...what.offerPortal });
  }
}
