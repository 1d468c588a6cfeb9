import type { Answer } from '../../core/answer';
import type { Call } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findProduct } from '../access';
import { invalid } from '../errors';
import { MODULES, type Instance } from '../model';
import { operation } from '../operation';
import { pageOf } from '../page';
import { BELOW_PRODUCT } from '../paths';

/**
 * `GET …/branches/getByModule(module={M})` (B7, B-R5).
 *
 * - *Observed*: one row for the product and one for each plan, without ids; that of the product was the first in every
 *   recording, which a client in use relies on, though nobody promises it (switch `ingestion.branchOrder`). Right after
 *   something was made they may be missing (switch `ingestion.branchDelay`).
 * - *Assumed*: a module that does not exist answers 400.
 */
export function branchOperations(services: Services): Operation[] {
  const path = `${BELOW_PRODUCT}/branches/getByModule(*`;
  return [operation('getBranches', 'GET', path, (call) => branches(services, call))];
}

function branches(services: Services, call: Call): Answer {
  const product = findProduct(services, call);
  const asked = /^module=(.*)\)$/i.exec(call.params['*'] ?? '')?.[1]?.toLowerCase();
  const module = MODULES.find((name) => name.toLowerCase() === asked);
  if (!module) throw invalid(call, 'Module', 'The field Module is invalid.');
  const latest = services.clock.now() - services.world.settings.switches['ingestion.branchDelay'];
  const rows = product.drafts.filter((draft) => draft.module === module && draft.created <= latest);
  const isReversed = services.world.settings.switches['ingestion.branchOrder'] === 'newestFirst';
  return pageOf(services, call, (isReversed ? rows.toReversed() : rows).map(render));
}

function render({ module, id, variant }: Instance): unknown {
  return {
    resourceType: 'Branch',
    friendlyName: 'Main',
    type: 'Main',
    module,
    currentDraftInstanceID: id,
    ...(variant !== undefined && { variantID: variant }),
  };
}
