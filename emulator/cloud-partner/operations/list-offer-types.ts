import { json } from '../../core/answer';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { authorize } from '../access';

/** Ids of the first two are *observed*, of the others *assumed*. */
const TYPES = [
  ['microsoft-azure-virtualmachines', 'Virtual Machines'],
  ['microsoft-azure-corevm', 'Core Virtual Machines'],
  ['microsoft-azure-container', 'Containers'],
  ['microsoft-azure-consultingservices', 'Consulting Services'],
  ['microsoft-azure-managedservices', 'Managed Services'],
  ['microsoft-powerbi-apps', 'Power BI Apps'],
] as const;

/** `GET /api/offerTypes` (A2). *Documented*: that it is there, and its refusals. *Assumed*: its rows. */
export function listOfferTypes(services: Services): Operation {
  return {
    name: 'listOfferTypes',
    surface: 'cloud-partner',
    method: 'GET',
    path: '/api/offerTypes',
    run: (call) => {
      authorize(services, call);
      return json(
        200,
        TYPES.map(([id, displayText]) => ({ id, definition: { displayText } })),
      );
    },
  };
}
