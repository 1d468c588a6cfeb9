import type { Tenant } from '../core/model';
import type { World } from '../core/world';

/** The tenant that a path names by id or domain. */
export function findTenant(world: World, name: string): Tenant | undefined {
  const wanted = name.toLowerCase();
  return [...world.tenants.values()].find((t) => t.id.toLowerCase() === wanted || t.domain?.toLowerCase() === wanted);
}
