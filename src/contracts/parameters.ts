import { z } from 'zod';
import { releaseStates } from '../domain/release';
import { AccountName } from './forms';

/** Queries and headers: all of them arrive as text. */

const wholeNumber = (least: number, most: number): z.ZodType<number> =>
  z
    .string()
    .regex(/^\d{1,6}$/, 'a whole number is needed')
    .transform(Number)
    .pipe(z.int().min(least, `at least ${least}`).max(most, `at most ${most}`))
    .meta({ type: 'integer', minimum: least, maximum: most });

const Continuation = z.string().min(1).max(2048).meta({ description: 'Of a nextLink; opaque.' });
const Top = wholeNumber(1, 200).meta({ description: 'How many at most; 50 if absent.' });

const kinds = ['store-app', 'store-flight', 'store-add-on', 'marketplace-product', 'cloud-partner-offer'] as const;

const labelPair = /^([^=]{1,63})=(.*)$/s;

export const ListQuery = z.strictObject({
  state: z.array(z.enum(releaseStates)).meta({ description: 'May repeat: any of these.' }).optional(),
  account: AccountName.optional(),
  kind: z.enum(kinds).meta({ description: 'Of the target.' }).optional(),
  product: z.string().min(1).max(200).meta({ description: 'The foreign id, as a Store ID.' }).optional(),
  label: z
    .array(z.string().regex(labelPair, 'write it as name=value'))
    .max(16)
    .refine((pairs) => Object.keys(labelsOf(pairs)).length === new Set(pairs).size, 'each label has one value')
    .meta({ description: '`name=value`; may repeat: all of these.' })
    .optional(),
  since: z.iso
    .datetime({ offset: true, error: 'an RFC 3339 time is needed, as 2026-11-20T00:00:00Z' })
    .meta({ description: 'Made at this time or later.' })
    .optional(),
  top: Top.optional(),
  continuation: Continuation.optional(),
});
export type ListQuery = z.infer<typeof ListQuery>;

/** The pairs of {@link ListQuery}'s `label`. */
export function labelsOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

export const ReadQuery = z.strictObject({
  wait: wholeNumber(0, 60)
    .meta({
      description: 'Seconds to hold the answer until it differs from If-None-Match, else until the next change.',
    })
    .optional(),
});

export const TimelineQuery = z.strictObject({ top: Top.optional(), continuation: Continuation.optional() });

/** Of a list that Partner Center pages. */
export const PageQuery = z.strictObject({
  top: Top.optional(),
  continuation: z
    .string()
    .regex(/^\d{1,6}$/, 'follow the nextLink of a page as it is')
    .meta({ description: 'Of a nextLink; opaque.' })
    .optional(),
});

/** The members of a target, as a query has them. */
export const ExportQuery = z.strictObject({
  kind: z.enum(kinds).meta({ description: 'Of the target.' }),
  applicationId: z.string().meta({ description: 'The 12-character Store ID.' }).optional(),
  flightId: z.string().meta({ description: 'Of the flight, a GUID.' }).optional(),
  name: z.string().meta({ description: 'Of the flight, as Partner Center shows it.' }).optional(),
  addOnId: z.string().meta({ description: 'The 12-character Store ID.' }).optional(),
  productId: z
    .string()
    .meta({ description: "The id by which the app's code knows the add-on, or the GUID of a marketplace product." })
    .optional(),
  offerId: z.string().meta({ description: 'Of the offer, as people chose it.' }).optional(),
  publisherId: z.string().meta({ description: 'Of the publisher of a Cloud Partner offer.' }).optional(),
});

export const CheckQuery = z.strictObject({
  publisher: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$/, 'a publisher id has letters, digits, - and _')
    .meta({ description: 'A publisher of the Cloud Partner Portal API, to look whether the account sees its offers.' })
    .optional(),
});

export const NoQuery = z.strictObject({});

export const IdempotencyKey = z
  .string()
  .regex(/^[\x20-\x7e]{1,128}$/, 'from 1 to 128 printable ASCII characters are needed')
  .meta({ description: 'The same key with the same document gives the same release, whatever became of it.' });
