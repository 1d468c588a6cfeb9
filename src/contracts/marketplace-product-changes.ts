import { z } from 'zod';

const Members = z.record(z.string(), z.unknown());

/** `changes` of a marketplace product: the modules of the API under their names, each plan with its own. */
export const MarketplaceProductChanges = z
  .strictObject({
    setup: Members.optional(),
    property: Members.optional(),
    availability: Members.optional(),
    listings: z.record(z.string(), Members.nullable()).optional(),
    resellerConfiguration: Members.optional(),
    packageConfiguration: Members.optional(),
    plans: z.record(z.string(), Members.nullable()).optional(),
  })
  .meta({ id: 'MarketplaceProductChanges', description: 'A merge patch on the export of a `marketplace-product`.' });
export type MarketplaceProductChanges = z.infer<typeof MarketplaceProductChanges>;
