import { json } from '../core/answer';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { findApplication } from './access';
import { renderApplication } from './render/application';

/** `GET applications/{id}`. *Observed*: `PackageFamilyName`; 403 without a body for an application of another account. */
export function getApplication(services: Services): Operation {
  return {
    name: 'getApplication',
    surface: 'store',
    method: 'GET',
    path: '/v1.0/my/applications/:applicationId',
    run: (call) => json(200, renderApplication(findApplication(services, call), services.world.settings.switches)),
  };
}
