import { z } from 'zod';
import { NO_DATE, readDate, wireDate } from './wire-date';

/** What a document is held to, besides its shape; `checked` false takes values and lengths as they are. */
export class Rules {
  constructor(private readonly checked: boolean) {}

  text(max: number) {
    return z.string().max(this.limit(max));
  }

  /** A text that must not be empty. */
  required(max: number) {
    return this.text(max).min(this.checked ? 1 : 0);
  }

  texts(items: number, length: number) {
    return this.list(this.text(length), items);
  }

  list<T extends z.ZodType>(item: T, max: number, min = 0) {
    return z
      .array(item)
      .min(this.checked ? min : 0)
      .max(this.limit(max));
  }

  /** *Observed*: values match exactly. */
  oneOf(values: readonly string[]): z.ZodType<string, string> {
    return this.checked ? z.enum(values) : z.string();
  }

  /** `Base` = inherited, or a price that the API cannot express. *Documented*. */
  tier() {
    return this.checked ? z.string().regex(/^(Base|NotAvailable|Free|Tier\d+)$/, 'tier') : z.string();
  }

  private limit(max: number): number {
    return this.checked ? max : Infinity;
  }
}

/** A member that is true or false. */
export const flag = (value: boolean) => z.boolean().default(value);
/** A date, kept as the API writes dates, whatever form they were sent in. Empty means not set (*observed*). */
export const date = z
  .string()
  .refine((value) => value === '' || readDate(value) !== undefined, 'date')
  .transform((value) => (value === '' ? NO_DATE : wireDate(readDate(value))))
  .default(NO_DATE);

/** Prices of a product. *Documented*: the trial period is of applications only. */
export function prices(rules: Rules) {
  return {
    marketSpecificPricings: z.record(z.string(), rules.tier()).default({}),
    priceId: rules.tier().default('Base'),
  };
}
