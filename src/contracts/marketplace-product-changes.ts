import { z } from 'zod';
import type { Fault } from '../domain/release';
import { faultsOf } from './faults';
import type { Json } from './strict-json';

/** A merge patch on the export of a marketplace product. */
export const MarketplaceProductChanges = z.looseObject({}).meta({
  id: 'MarketplaceProductChanges',
  description: 'A merge patch (RFC 7396) on the export of a product: absent = keep, null = clear.',
});

/** What `changes` of a marketplace product alone show, all faults together, with pointers into the release document. */
export function marketplaceChangesFaults(changes: Json): Fault[] {
  const value = { changes };
  const { error } = z.object({ changes: MarketplaceProductChanges }).safeParse(value);
  return faultsOf(error?.issues ?? [], value);
}
