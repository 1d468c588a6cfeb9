import { z } from 'zod';

const OFFER_ACTIONS = ['edit', 'publish', 'goLive', 'cancel', 'migrate'] as const;
const Patch = z.record(z.string(), z.unknown());

/** What a person does to an offer in the portal; see `OfferPortal`. */
export const OfferPortalRequest = z.strictObject({
  action: z.enum(OFFER_ACTIONS),
  publisher: z.string().optional(),
  offer: z.string().optional(),
  /** For `edit`: a JSON merge patch (RFC 7396) on the definition. */
  definition: Patch.optional(),
  /** For `edit`: a JSON merge patch on plans, by their id. */
  plans: z.record(z.string(), Patch).optional(),
});
export type OfferPortalRequest = z.infer<typeof OfferPortalRequest>;
