import type { Tenant } from '../core/model';
import type { World } from '../core/world';
import { malformedTenant, unknownTenant, type EntraError } from './errors';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Why there is no such tenant. */
export function missingTenant(name: string): EntraError {
  return GUID.test(name) || name.includes('.') ? unknownTenant(name) : malformedTenant(name);
}

/** The tenant that a path names by id or domain. */
export function findTenant(world: World, name: string): Tenant | undefined {
  const wanted = name.toLowerCase();
  return [...world.tenants.values()].find((t) => t.id.toLowerCase() === wanted || t.domain?.toLowerCase() === wanted);
}
