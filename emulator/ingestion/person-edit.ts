import { z } from 'zod';
import { PRODUCT_TYPES } from './products/product-types';

/** Id or offer id; in a fault, that of the request unless told otherwise. */
const product = z.string().optional();
/** Its id in the offer, such as `basic`; of the product itself when absent. */
const plan = z.string().optional();
/** A JSON merge patch (RFC 7396) on the members. */
const change = z.record(z.string(), z.unknown());

/** What a person can do in Partner Center with products of the marketplace; see `Person`. */
export const PersonEdit = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('editListing'), product, plan, language: z.string().default('en-us'), change }),
  z.strictObject({ action: z.literal('editProperty'), product, change }),
  z.strictObject({ action: z.literal('editAvailability'), product, plan, change }),
  z.strictObject({ action: z.literal('editConfiguration'), product, plan, change }),
  z.strictObject({
    action: z.literal('setMarket'),
    product,
    plan: z.string(),
    market: z.string(),
    state: z.enum(['Disabled', 'Enabled', 'StopSelling', 'Terminated']),
  }),
  z.strictObject({
    action: z.literal('addPlan'),
    product,
    externalID: z.string(),
    friendlyName: z.string(),
    subType: z.enum(['managed-application', 'solution-template']).optional(),
  }),
  z.strictObject({
    action: z.literal('createProduct'),
    account: z.string(),
    type: z.enum(PRODUCT_TYPES),
    offerId: z.string(),
    name: z.string(),
    isModularPublishing: z.boolean().optional(),
  }),
  z.strictObject({ action: z.literal('submit'), product }),
  z.strictObject({ action: z.literal('publish'), product }),
  z.strictObject({ action: z.literal('goLive'), product }),
  z.strictObject({ action: z.literal('cancel'), product }),
]);
export type PersonEdit = z.output<typeof PersonEdit>;
export type PersonEditInput = z.input<typeof PersonEdit>;
