import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { authorize } from './access';
import { pageOf } from './page-of-rows';
import { renderApplication } from './render/application';

/**
 * `GET applications?top&skip` (R11, R3).
 *
 * - *Documented*: pages of 10 unless asked otherwise.
 * - *Assumed*: applications with unsupported features are listed.
 */
export function listApplications(services: Services): Operation {
  return {
    name: 'listApplications',
    surface: 'store',
    method: 'GET',
    path: '/v1.0/my/applications',
    run: (call) => {
      const { account } = authorize(services, call);
      const rows = [...services.world.applications.values()].filter((application) => application.account === account);
      const render = (row: (typeof rows)[number]) => renderApplication(row, services.world.settings.switches);
      return pageOf(services, call, rows, { link: 'applications', rows: 'applications', render });
    },
  };
}
