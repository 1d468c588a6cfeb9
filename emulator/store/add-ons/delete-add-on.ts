import { empty, type Answer } from '../../core/answer';
import type { Call } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findAddOn, refuseMadeInPortal } from '../access';
import { invalidState } from '../errors';
import { addOn as kind } from '../products/add-on';
import { removeSubmissions } from '../remove-submissions';

/**
 * `DELETE inappproducts/{id}` (R41). *Documented*: 204; 409 once it was published, or while a submission is past
 * PendingCommit. Wording, and the 400 for a draft of the portal, are *assumed*.
 */
export function deleteAddOn(services: Services): Operation {
  return {
    name: 'deleteAddOn',
    surface: 'store',
    method: 'DELETE',
    path: kind.path,
    run: (call) => remove(services, call),
  };
}

function remove(services: Services, call: Call): Answer {
  const { addOn } = findAddOn(services, call);
  const { world } = services;
  const pending = world.submissions.get(addOn.pending ?? '');
  if (addOn.published !== undefined || (pending && pending.status !== 'PendingCommit')) {
    throw invalidState('The in-app product in its current state cannot be deleted', 'inAppProductId');
  }
  if (pending) refuseMadeInPortal(addOn, pending);
  removeSubmissions(world, addOn);
  world.addOns.delete(addOn.id);
  return empty(204);
}
