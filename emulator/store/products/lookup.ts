import type { Kind, Product, Submission } from '../../core/model';
import type { World } from '../../core/world';
import type { FoundProduct } from './product-kind';

/** The product that a submission belongs to. */
export function productOf(world: World, { kind, product }: Submission): Product | undefined {
  switch (kind) {
    case 'application':
      return world.applications.get(product);
    case 'flight':
      return world.flights.get(product);
    case 'addOn':
      return world.addOns.get(product);
  }
}

/** The product with this id, of whatever kind; case does not matter. */
export function productById(world: World, id: string): (FoundProduct & { kind: Kind }) | undefined {
  const found = world.applications.get(id.toUpperCase());
  if (found) return { kind: 'application', application: found, product: found };
  const flight = world.flights.get(id.toLowerCase());
  const product = flight ?? world.addOns.get(id.toUpperCase());
  const application = world.applications.get(product?.application ?? '');
  return product && application && { kind: flight ? 'flight' : 'addOn', application, product };
}
