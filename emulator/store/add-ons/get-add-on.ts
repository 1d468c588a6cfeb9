import { json } from '../../core/answer';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findAddOn } from '../access';
import { addOn as kind } from '../products/add-on';
import { renderAddOn } from '../render/add-on';

/** `GET inappproducts/{id}`. *Documented*. */
export function getAddOn(services: Services): Operation {
  return {
    name: 'getAddOn',
    surface: 'store',
    method: 'GET',
    path: kind.path,
    run: (call) => json(200, renderAddOn(findAddOn(services, call).addOn, services.world.settings.switches)),
  };
}
