import type { Application, Flight } from '../../core/model';
import type { World } from '../../core/world';
import { withAbsentMembers } from './absent-members';
import { reference } from './reference';

/** What is ranked below the lowest flight. *Documented*. */
export const NO_FLIGHT = 'Non-flighted submission';

/** A flight as on the wire. *Documented*; *observed*: references lack the part about the application. */
export function renderFlight(world: World, application: Application, flight: Flight): Record<string, unknown> {
  const base = `flights/${flight.id}`;
  const rendered = {
    flightId: flight.id,
    friendlyName: flight.friendlyName,
    lastPublishedFlightSubmission: reference(base, flight.published),
    pendingFlightSubmission: reference(base, flight.pending),
    groupIds: flight.groupIds,
    rankHigherThan: nameBelow(world, application, flight),
  };
  return withAbsentMembers(rendered, world.settings.switches);
}

function nameBelow(world: World, { flights = [] }: Application, { id }: Flight): string {
  const below = flights[flights.indexOf(id) + 1];
  return world.flights.get(below ?? '')?.friendlyName ?? NO_FLIGHT;
}
