import { z } from 'zod';

/** How the emulator behaves where the sources conflict or are silent; see the README for each. */
export const Switches = z.strictObject({
  /** What an identity without applications gets from the list: documentation says 404, clients rely on 200. */
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
  /** Requests per rolling minute and tenant; null = no limit. Partner Center allows 20. */
  rateLimit: z.int().positive().nullable().default(null),
  /** Lifetime of an access token in seconds. */
  tokenLifetime: z.int().positive().default(3599),
});
export type Switches = z.infer<typeof Switches>;

/** Settings that a person or a test changes while the emulator runs. */
export interface Settings {
  /** From commit to publication, in milliseconds, spread over the phases. */
  certification: number;
  switches: Switches;
}
