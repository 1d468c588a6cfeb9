import type { Call } from '../../core/call';
import type { Services } from '../../core/services';
import { conflict, notFound } from '../errors';
import type { IngestionProduct, Instance, Module, Row } from '../model';

/** An instance of a module, and whether a submission froze it. */
export interface FoundInstance {
  readonly instance: Instance;
  readonly isFrozen: boolean;
}

/** A row with the instance that it is in. */
export interface FoundRow extends FoundInstance {
  readonly row: Row;
}

/** Every instance that a caller may see: the drafts, and what submissions froze (switch `frozenInstances`). */
function instancesOf(services: Services, product: IngestionProduct): FoundInstance[] {
  const drafts = product.drafts.map((instance) => ({ instance, isFrozen: false }));
  if (services.world.settings.switches.frozenInstances === '404') return drafts;
  const frozen = product.submissions.flatMap((submission) => submission.frozen);
  return [...drafts, ...frozen.map((instance) => ({ instance, isFrozen: true }))];
}

/** The instance of an id in a path such as `getByInstanceID(instanceID={id})`. */
export function findInstance(services: Services, call: Call, product: IngestionProduct, module: Module): FoundInstance {
  const id = /^instanceID=(.*)\)$/i.exec(call.params['*'] ?? '')?.[1]?.toLowerCase();
  const found = instancesOf(services, product).find(({ instance }) => instance.id === id);
  if (found?.instance.module !== module) throw notFound(call, 'Instance');
  return found;
}

/** A row of a module by its own id. *Assumed* for the two resources whose path has the id of an instance: either is fine. */
export function findRow(
  services: Services,
  call: Call,
  product: IngestionProduct,
  what: { readonly module: Module; readonly id: string; readonly accepts: (row: Row) => boolean },
): FoundRow {
  const id = what.id.toLowerCase();
  for (const found of instancesOf(services, product)) {
    if (found.instance.module !== what.module) continue;
    const rows = found.instance.rows.filter(what.accepts);
    const row = rows.find((candidate) => candidate.id === id) ?? (found.instance.id === id ? rows[0] : undefined);
    if (row) return { ...found, row };
  }
  throw notFound(call, 'Resource');
}

/** *Assumed*: what a submission froze does not change. */
export function refuseFrozen(call: Call, { isFrozen }: FoundInstance): void {
  if (isFrozen) throw conflict(call, 'InstanceID', 'The instance belongs to a submission and cannot be changed.');
}
