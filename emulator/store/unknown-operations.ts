import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { authorize } from './access';
import { storeError } from './errors';

/** Paths that the submission API does not have. The body of their 404 is *assumed*. */
export function unknownOperations(services: Services): Operation[] {
  return (['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const).map((method) => ({
    name: 'unknownOperation',
    surface: 'store',
    method,
    path: '/v1.0/my/*',
    run: (call) => {
      authorize(services, call);
      return storeError(404, 'ResourceNotFound', `The emulator has nothing at ${method} ${call.path}`);
    },
  }));
}
