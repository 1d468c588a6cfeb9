import { json } from '../../core/answer';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findFlight } from '../access';
import { flight as kind } from '../products/flight';
import { renderFlight } from '../render/flight';

/** `GET applications/{id}/flights/{id}`. *Documented*. */
export function getFlight(services: Services): Operation {
  return {
    name: 'getFlight',
    surface: 'store',
    method: 'GET',
    path: kind.path,
    run: (call) => {
      const { application, flight } = findFlight(services, call);
      return json(200, renderFlight(services.world, application, flight));
    },
  };
}
