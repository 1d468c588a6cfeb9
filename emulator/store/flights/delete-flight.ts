import { empty, type Answer } from '../../core/answer';
import type { Call } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findFlight, refuseMadeInPortal } from '../access';
import { isDeletable } from '../delete-submission';
import { invalidState } from '../errors';
import { flight as kind } from '../products/flight';
import { removeSubmissions } from '../remove-submissions';

/**
 * `DELETE applications/{id}/flights/{id}`. *Documented*: 204, and that it can be refused for its state. *Assumed*: that
 * what refuses the deletion of its pending submission is what does; a published flight can be deleted.
 */
export function deleteFlight(services: Services): Operation {
  return {
    name: 'deleteFlight',
    surface: 'store',
    method: 'DELETE',
    path: kind.path,
    run: (call) => remove(services, call),
  };
}

function remove(services: Services, call: Call): Answer {
  const { application, flight } = findFlight(services, call);
  const { world } = services;
  const pending = world.submissions.get(flight.pending ?? '');
  if (pending) refuseMadeInPortal(flight, pending);
  if (pending && !isDeletable(pending, world.settings.switches)) {
    throw invalidState('The flight in its current state cannot be deleted', 'flightId');
  }
  removeSubmissions(world, flight);
  world.flights.delete(flight.id);
  application.flights = application.flights?.filter((id) => id !== flight.id) ?? [];
  return empty(204);
}
