import { json } from '../../core/answer';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findOffer } from '../access';
import { operationsOf } from '../lifecycle/find-operations';
import { renderOperation } from '../render/operation';

/**
 * `GET …/offers/{offerId}/submissions`: its operations (A12, A-R14). *Documented*, with `status`; `submissionState` and
 * that the newest comes first are *observed*. *Assumed*: a state that is none finds nothing.
 */
export function listOperations(services: Services): Operation {
  return {
    name: 'listOperations',
    surface: 'cloud-partner',
    method: 'GET',
    path: '/api/publishers/:publisherId/offers/:offerId/submissions',
    run: (call) => {
      const offer = findOffer(services, call);
      const wanted = ['status', 'submissionState'].flatMap((name) => call.query.get(name)?.toLowerCase() ?? []);
      const operations = operationsOf(services.world, offer).filter(({ state }) =>
        wanted.every((each) => each === state.toLowerCase()),
      );
      return json(
        200,
        operations.map((operation) => renderOperation(offer, operation)),
      );
    },
  };
}
