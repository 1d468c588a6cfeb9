import type { FoundProduct, TargetCall } from '../contracts/activities';
import { ok } from '../domain/failure';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { findNamed } from './named-product';
import { openAccount } from './store-call';
import { guarded } from './to-failure';

/** Looks for the flight or add-on that the document names. A read; repeat at will. */
export function createFindStoreProduct(deps: ActivityDeps): Activity<TargetCall, FoundProduct> {
  return (input) =>
    guarded<FoundProduct>(async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const { client, call } = await openAccount(deps, input, 1);
      const found = await findNamed(client, input.target, call);
      return ok({ product: found?.product ?? null });
    });
}
