import { z } from 'zod';
import type { Fault } from '../domain/release';
import { CloudPartnerOfferChanges } from './cloud-partner-offer-changes';
import { faultsOf } from './faults';
import { MarketplaceProductChanges, marketplaceChangesFaults } from './marketplace-product-changes';
import { storeChanges, storeChangesFaults } from './store-changes';
import type { Json } from './strict-json';
import { isOfferKind } from './target-kinds';
import type { TargetKind } from './target-kinds';

/** `changes` of each kind of target. */
export const changesOf = {
  ...storeChanges,
  'marketplace-product': MarketplaceProductChanges,
  'cloud-partner-offer': CloudPartnerOfferChanges,
} as const satisfies Record<TargetKind, z.ZodType>;

/** What `changes` alone show, all faults together, with pointers into the release document. */
export function changesFaults(kind: TargetKind, changes: Json): Fault[] {
  if (!isOfferKind(kind)) return storeChangesFaults(kind, changes);
  if (kind === 'marketplace-product') return marketplaceChangesFaults(changes);
  const value = { changes };
  return faultsOf(z.object({ changes: changesOf[kind] }).safeParse(value).error?.issues ?? [], value);
}
