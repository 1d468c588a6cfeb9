import { json } from '../../core/answer';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { authorize } from '../access';
import type { Publisher } from '../model';

/**
 * `GET /api/publishers`: those of the caller (A1). *Observed*: the shape, of a client in use. *Assumed*: who is on none
 * gets an empty list; `offerTypeCategories` are always the same.
 */
export function listPublishers(services: Services): Operation {
  return {
    name: 'listPublishers',
    surface: 'cloud-partner',
    method: 'GET',
    path: '/api/publishers',
    run: (call) => {
      const account = authorize(services, call);
      const publishers = [...services.world.cloudPartner.publishers.values()];
      return json(200, publishers.filter((publisher) => publisher.account === account).map(render));
    },
  };
}

function render({ id, displayText, sellerId }: Publisher): object {
  return { version: 1, id, definition: { displayText, offerTypeCategories: ['azure'], sellerId } };
}
