import { z } from 'zod';

/** `changes` of an offer of the Cloud Partner Portal: flat members with dotted prefixes, which differ by offer type. */

const Members = z.record(z.string(), z.unknown());

export const CloudPartnerOfferChanges = z
  .strictObject({
    displayText: z.string().max(200).meta({ description: 'The name that Partner Center shows.' }).optional(),
    offer: Members.meta({
      description: 'Members of the offer, as `microsoft-azure-marketplace.summary`; `null` clears one.',
    }).optional(),
    plans: z
      .record(z.string(), Members.nullable())
      .meta({ description: 'By plan id; `null` takes the plan out. `virtualMachinePricing` is replaced whole.' })
      .optional(),
  })
  .meta({ id: 'CloudPartnerOfferChanges', description: 'A merge patch on the export of a `cloud-partner-offer`.' });
export type CloudPartnerOfferChanges = z.infer<typeof CloudPartnerOfferChanges>;
