import { z } from 'zod';
import { isGuid } from '../domain/marketplace/words';
import { fault } from './rule';
import { RequiredText, Text } from './texts';

/** Forms that the parts of a marketplace product share. The API tells no limits of texts; these keep documents sane. */

const most = 500_000;

/** A text that `null` empties. */
export function LongText(description: string): z.ZodNullable<z.ZodString> {
  return Text(most, description);
}

/** A list of texts that `null` empties. */
export function Texts(description: string): z.ZodNullable<z.ZodArray<z.ZodString>> {
  return z.array(RequiredText(most, 'One entry.')).max(10_000).meta({ description }).nullable();
}

/** Things by their key; where two have the same one, an export shows the list as the API has it. */
export function Keyed<Item extends z.ZodType>(
  item: Item,
  description: string,
): z.ZodNullable<
  z.ZodUnion<
    readonly [z.ZodRecord<z.ZodString, z.ZodNullable<Item>>, z.ZodArray<z.ZodRecord<z.ZodString, z.ZodUnknown>>]
  >
> {
  const list = z.array(z.record(z.string(), z.unknown()));
  return z
    .union([z.record(z.string(), item.nullable()), list])
    .meta({ description })
    .nullable();
}

/** An id that Entra or Azure gave; empty where it is not set. */
export const Guid = z
  .string()
  .refine(
    (text) => text === '' || isGuid(text),
    fault('invalid-format', 'A GUID has 32 hexadecimal digits, as 00000000-0000-0000-0000-000000000000.'),
  )
  .meta({ description: 'A GUID.' })
  .nullable();

/** What a customer pays, or gets for it. */
export const Amount = z.number().min(0).nullable();
