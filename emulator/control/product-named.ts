import type { Services } from '../core/services';
import type { IngestionProduct } from '../ingestion/model';
import { UnknownName } from './unknown-name';

/** A product of the marketplace by its id or its offer id. */
export function productNamed({ world }: Services, name: string): IngestionProduct {
  const found =
    world.products.get(name.toLowerCase()) ??
    [...world.products.values()].find(({ externalIDs }) => externalIDs.some(({ value }) => value === name));
  if (!found) throw new UnknownName(`There is no product ${name}`);
  return found;
}
