import type { AddOn } from '../../core/model';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { authorize, findApplication } from '../access';
import { pageOf } from '../page-of-rows';
import { renderAddOn } from '../render/add-on';

/**
 * `GET inappproducts?top&skip` (R11). *Documented*: without parameters all add-ons come. *Assumed*: those with
 * unsupported features are listed.
 */
export function listAddOns(services: Services): Operation {
  return {
    name: 'listAddOns',
    surface: 'store',
    method: 'GET',
    path: '/v1.0/my/inappproducts',
    run: (call) => {
      const { account } = authorize(services, call);
      const { addOns, applications, settings } = services.world;
      const rows = [...addOns.values()].filter((addOn) => applications.get(addOn.application)?.account === account);
      const render = (row: AddOn) => renderAddOn(row, settings.switches);
      return pageOf(services, call, rows, { link: 'inappproducts/', rows: 'inAppProducts', isWhole: true, render });
    },
  };
}

/** `GET applications/{id}/listinappproducts?top&skip` (R11). *Documented*: rows are ids; pages of 10 are *assumed*. */
export function listApplicationAddOns(services: Services): Operation {
  return {
    name: 'listApplicationAddOns',
    surface: 'store',
    method: 'GET',
    path: '/v1.0/my/applications/:applicationId/listinappproducts',
    run: (call) => {
      const application = findApplication(services, call);
      const rows = [...services.world.addOns.values()].filter((addOn) => addOn.application === application.id);
      return pageOf(services, call, rows, {
        link: `applications/${application.id}/listinappproducts/`,
        rows: 'inAppProducts',
        render: (row) => ({ inAppProductId: row.id }),
      });
    },
  };
}
