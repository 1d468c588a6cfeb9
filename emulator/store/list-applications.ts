import { json, Refusal, type Answer } from '../core/answer';
import type { Call } from '../core/call';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { authorize } from './access';
import { invalidValue, storeError } from './errors';
import { renderApplication } from './render/application';

const PAGE = 10;

/**
 * `GET applications?top&skip` (R11, R3).
 *
 * - *Documented*: pages of 10 unless asked otherwise, `totalCount` of all rows, 404 when there are none.
 * - *Observed*: `@nextLink` relative, `skip` before `top`, absent on the last page; 200 for an empty list.
 * - *Assumed*: applications with unsupported features are listed; bad values get 400.
 */
export function listApplications(services: Services): Operation {
  return {
    name: 'listApplications',
    surface: 'store',
    method: 'GET',
    path: '/v1.0/my/applications',
    run: (call) => list(services, call),
  };
}

function list(services: Services, call: Call): Answer {
  const { account } = authorize(services, call);
  const top = integer(call, 'top', PAGE, 1);
  const skip = integer(call, 'skip', 0, 0);
  const { switches } = services.world.settings;
  const rows = [...services.world.applications.values()].filter((application) => application.account === account);
  if (rows.length === 0 && switches.emptyList === '404') {
    throw new Refusal(storeError(404, 'ResourceNotFound', 'No applications found', 'applications'));
  }
  const next = skip + top;
  return json(200, {
    '@nextLink': next < rows.length ? `applications?skip=${next}&top=${top}` : undefined,
    value: rows.slice(skip, next).map((application) => renderApplication(application, switches)),
    totalCount: rows.length,
  });
}

function integer(call: Call, name: string, fallback: number, least: number): number {
  const text = call.query.get(name);
  if (text === null) return fallback;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (!(value >= least)) throw invalidValue(`The value of ${name} must be ${least} or more`, name);
  return value;
}
