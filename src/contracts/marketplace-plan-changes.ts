import { z } from 'zod';
import { marketStates, subTypes } from '../domain/marketplace/words';
import { languageFaultsOf } from './marketplace-languages';
import { MarketplaceConfigurationChanges } from './marketplace-configuration-changes';
import { Amount, Keyed, LongText, Texts } from './marketplace-forms';
import { MarketplaceListingChanges } from './marketplace-listing-changes';
import { keyFaults } from './key-faults';
import { fault } from './rule';
import { RequiredText } from './texts';

const isMarket = (name: string): boolean => /^[a-z]{2}$/i.test(name);

const MarketState = z.union([RequiredText(50, marketStates.join(', ')), z.looseObject({})]);

const Markets = z
  .union([
    z
      .record(z.string(), MarketState.nullable())
      .superRefine(
        keyFaults({ isKnown: isMarket, unknown: fault('invalid-format', 'A market has two letters, as "DE".') }),
      ),
    z.array(z.record(z.string(), z.unknown())),
  ])
  .meta({ description: `By market, two letters: ${marketStates.join(', ')}.` })
  .nullable();

const Person = z.looseObject({ description: LongText('Who that is.').optional() });

/** Tenants, subscriptions or mail addresses. */
export const Audience = Keyed(Person, 'By id; `null` takes one out.');

const Meter = z
  .looseObject({
    displayName: LongText('What it counts.').optional(),
    unitOfMeasure: LongText('In which unit.').optional(),
    isEnabled: z.boolean().optional(),
    priceInUsd: Amount.optional(),
    includedBaseQuantities: Keyed(
      z.looseObject({ isInfinite: z.boolean().optional(), quantity: Amount.optional() }),
      'By the time it recurs in: `Monthly`, `Annual`.',
    ).optional(),
  })
  .meta({ id: 'MarketplaceMeter', description: 'What is billed by use.' });

const Trial = z.looseObject({
  type: z.string().optional(),
  durationType: z.string().optional(),
  duration: Amount.optional(),
});

const Schedule = z.looseObject({
  isBaseSchedule: z.boolean().optional(),
  marketCodes: z.array(z.string()).optional(),
  friendlyName: z.string().optional(),
  schedules: z.array(z.looseObject({ retailPrice: z.looseObject({ openPrice: Amount.optional() }).optional() })),
});

const PlanAvailability = z
  .looseObject({
    visibility: z.string().meta({ description: '`Public` or `Private`.' }).optional(),
    isHidden: z.boolean().nullable().optional(),
    marketStates: Markets.optional(),
    trial: Trial.meta({ description: 'Taken with `options.price` "change", or for a new plan.' }).optional(),
    priceSchedules: z
      .array(Schedule)
      .meta({ description: 'Replaced whole. Taken with `options.price` "change", or for a new plan.' })
      .nullable()
      .optional(),
    tenantAudiences: Audience.optional(),
    subscriptionAudiences: Audience.optional(),
    customMeters: Keyed(Meter, 'By id. Prices are taken with `options.price` "change", or for a new plan.').optional(),
  })
  .meta({ id: 'MarketplacePlanAvailability', description: 'Who may have a plan, where, and for how much.' });

/** A plan of a marketplace product. */
export const MarketplacePlanChanges = z
  .looseObject({
    friendlyName: RequiredText(1000, 'What it is called in Partner Center.').optional(),
    subType: z
      .string()
      .meta({ description: `${subTypes.join(' or ')}: of a new plan of an application; it stays.` })
      .optional(),
    state: z.string().meta({ description: '`Active` or `Inactive`.' }).optional(),
    conversionPaths: LongText('Plans that customers may change to.').optional(),
    cloudAvailabilities: Texts('Clouds it is sold in, as `public-azure`.').optional(),
    listings: z
      .record(z.string(), MarketplaceListingChanges.nullable())
      .superRefine(languageFaultsOf)
      .meta({ description: 'By language, as "en-us"; case does not matter. `null` takes a language out.' })
      .optional(),
    availability: PlanAvailability.optional(),
    packageConfiguration: MarketplaceConfigurationChanges.optional(),
  })
  .meta({ id: 'MarketplacePlanChanges', description: 'A plan. One that is new needs its friendly name.' });
