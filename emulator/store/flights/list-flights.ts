import type { Flight } from '../../core/model';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findApplication } from '../access';
import { pageOf } from '../page-of-rows';
import { renderFlight } from '../render/flight';

/** `GET applications/{id}/listflights?top&skip` (R11). *Documented*; pages of 10 and the order of rows are *assumed*. */
export function listFlights(services: Services): Operation {
  return {
    name: 'listFlights',
    surface: 'store',
    method: 'GET',
    path: '/v1.0/my/applications/:applicationId/listflights',
    run: (call) => {
      const application = findApplication(services, call);
      const rows = [...services.world.flights.values()].filter((flight) => flight.application === application.id);
      const render = (row: Flight) => renderFlight(services.world, application, row);
      return pageOf(services, call, rows, {
        link: `applications/${application.id}/listflights/`,
        rows: 'flights',
        render,
      });
    },
  };
}
