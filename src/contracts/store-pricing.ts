import { z } from 'zod';
import { tierForm, trialPeriods } from '../domain/store/words';
import { keyFaults } from './key-faults';
import { fault } from './rule';

const Tier = z
  .string()
  .refine(
    (tier) => tierForm.test(tier),
    fault('invalid-value', 'A price is "Free", "NotAvailable", "Base", or a tier as "Tier1012": case matters.'),
  )
  .meta({ pattern: tierForm.source, description: '`Free`, `NotAvailable`, `Base`, or a tier as `Tier1012`.' });

const isMarket = (name: string): boolean => /^[a-z]{2}$/i.test(name);

const MarketPrices = z
  .record(z.string(), Tier.nullable())
  .superRefine(keyFaults({ isKnown: isMarket, unknown: fault('invalid-format', 'A market has two letters, as "DE".') }))
  .meta({ description: 'By market, two letters; `null` = the base price again, `NotAvailable` = not sold there.' })
  .nullable();

const members = { priceId: Tier.optional(), marketSpecificPricings: MarketPrices.optional() };

/** The price of an app. */
export const AppPricingChanges = z
  .strictObject({ trialPeriod: z.enum(trialPeriods).optional(), ...members })
  .meta({ id: 'AppPricingChanges', description: 'Taken with `options.price` "change", or in a first submission.' });

/** The price of an add-on. */
export const AddOnPricingChanges = z
  .strictObject(members)
  .meta({ id: 'AddOnPricingChanges', description: 'Taken with `options.price` "change", or in a first submission.' });
