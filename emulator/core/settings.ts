import { z } from 'zod';
import { INGESTION_SWITCHES } from '../ingestion/switches';

/** How the emulator behaves where the sources conflict or are silent; see the README for each. */
export const Switches = z.strictObject({
  /** What a list without rows answers: documentation says 404, clients rely on 200. */
  emptyList: z.enum(['200', '404']).default('200'),
  /** Whether read-only members echoed in a PUT are ignored or refused. */
  readOnlyEcho: z.enum(['ignore', 'reject']).default('ignore'),
  /** Whether GET submission renews the expiry of the upload URL. */
  sasRenewOnGet: z.boolean().default(true),
  /** What POST create does for an application that was never published: an empty template, or 409. */
  neverPublishedCreate: z.enum(['template', '409']).default('template'),
  /** Whether optional members left out of a PUT fall back to their defaults or keep their value. */
  omittedFields: z.enum(['reset', 'keep']).default('reset'),
  /** What `KeywordsTotalCount` counts: languages that have keywords (measured once), or words in one language (documented). */
  keywordsTotalCount: z.enum(['locales', 'words']).default('locales'),
  /** Whether DELETE accepts a submission that a person cancelled. */
  deleteCanceled: z.enum(['allow', 'refuse']).default('refuse'),
  /** What happens to the hidden price of a paid application when a PUT echoes `priceId: "Base"`. */
  basePriceEcho: z.enum(['keep', 'reset']).default('keep'),
  /** Whether a submission that a person cancelled keeps the one place for a pending submission. */
  canceledSlot: z.enum(['held', 'released']).default('held'),
  /** What a PUT without `pricing` does: the price stays, or falls back to `Base` as other members do. */
  omittedPricing: z.enum(['keep', 'reset']).default('keep'),
  /** Whether a PUT may change the title of a listing: one report says that it is silently dropped. */
  titleChange: z.enum(['store', 'drop']).default('store'),
  /** Which object holds `isSeekEnabled`: documentation names it without its place. */
  seekEnabledPlace: z.enum(['packageRollout', 'packageDeliveryOptions']).default('packageRollout'),
  /** Whether the percentage of a rollout may be lowered. */
  lowerPercentage: z.enum(['allow', 'refuse']).default('allow'),
  /** What POST create does with a valid document in its body. */
  createBody: z.enum(['apply', 'ignore']).default('apply'),
  /** Which content types an update of an add-on accepts: those that it was seen to accept, or all documented ones. */
  addOnContentTypes: z.enum(['observed', 'documented']).default('observed'),
  /** How members without a value are sent: today left out, as null to older clients. */
  absentMembers: z.enum(['omit', 'null']).default('omit'),
  /** Whether a PUT is refused for limits, values and price tiers, or takes them as they are. */
  validation: z.enum(['strict', 'lenient']).default('strict'),
  /** What drives a committed submission on: the clock, or each reading of its status by one step. */
  progress: z.enum(['clock', 'poll']).default('clock'),
  /** Whether the 429 of the rate limit says `Retry-After`: never captured. */
  retryAfter: z.boolean().default(true),
  /** Requests per rolling minute and tenant; null = no limit. Partner Center allows 20. */
  rateLimit: z.int().positive().nullable().default(null),
  /** How the vault grants access, which decides what its 403 says: roles, or access policies. */
  vaultAccess: z.enum(['rbac', 'policy']).default('rbac'),
  /** Lifetime of an access token in seconds. */
  tokenLifetime: z.int().positive().default(3599),
  ...INGESTION_SWITCHES,
});
export type Switches = z.infer<typeof Switches>;

/** Settings that a person or a test changes while the emulator runs. */
export interface Settings {
  /** From commit to publication, in milliseconds, spread over the phases. */
  certification: number;
  switches: Switches;
}
