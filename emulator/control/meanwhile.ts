import type { Call } from '../core/call';
import type { Meanwhile } from '../core/fault-request';
import type { Actions } from './actions';
import { namedProduct } from './named-product';
import type { Portal } from './portal';

/** Does what a fault says that happens while a request is on its way. */
export async function happen(who: { actions: Actions; portal: Portal }, what: Meanwhile, call: Call): Promise<void> {
  if (what.advanceClock !== undefined) await who.actions.advanceClock(what.advanceClock);
  if (what.revokeTokens) await who.actions.revokeTokens();
  if (what.person) await who.actions.products.person(what.person, call.facts.product);
  if (what.portal) await who.portal.act(what.portal, namedProduct(what) ?? namedProduct(call.facts) ?? '');
}
