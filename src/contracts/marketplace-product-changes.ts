import { z } from 'zod';
import { untaken, untakenMembers } from '../domain/marketplace/changes/untaken';
import { resellerStates, sellingOptions } from '../domain/marketplace/words';
import type { Fault } from '../domain/release';
import { spelled } from '../domain/spelling';
import { faultsOf } from './faults';
import { jsonPointer } from './json-pointer';
import { MarketplaceConfigurationChanges } from './marketplace-configuration-changes';
import { Guid, Keyed, LongText, Texts } from './marketplace-forms';
import { languageFaultsOf } from './marketplace-languages';
import { MarketplaceListingChanges } from './marketplace-listing-changes';
import { Audience, MarketplacePlanChanges } from './marketplace-plan-changes';
import type { Json } from './strict-json';

const Pairs = (description: string): ReturnType<typeof Keyed<z.ZodUnknown>> => Keyed(z.unknown(), description);

const Setup = z
  .looseObject({
    sellingOption: z
      .string()
      .meta({ description: sellingOptions.join(' or ') })
      .optional(),
    callToAction: z.string().optional(),
    trialUri: LongText('Where a trial begins.').optional(),
    channelStates: Pairs('By channel, as `Reseller`: `Enabled` or `Disabled`.').optional(),
    packageType: z.string().optional(),
  })
  .meta({ id: 'MarketplaceSetupChanges', description: 'How the product is sold.' });

const Levels = (description: string): z.ZodNullable<z.ZodRecord<z.ZodString, ReturnType<typeof Texts>>> =>
  z.record(z.string(), Texts('Keys of the level below.')).meta({ description }).nullable();

const Amendment = z.looseObject({
  terms: LongText('What differs from the contract.').optional(),
  tenants: Audience.optional(),
});

const Property = z
  .looseObject({
    industries: Texts('Keys of industries.').optional(),
    leveledIndustries: Levels('Verticals by industry, with the keys of AppSource.').optional(),
    leveledCategories: Levels('Subcategories by category, with the keys of the store.').optional(),
    categories: Texts('Keys of categories.').optional(),
    additionalCategories: Texts('More of them.').optional(),
    hideKeys: Texts('Keys that show a hidden product.').optional(),
    productTags: Texts('Tags.').optional(),
    appVersion: LongText('Version to show.').optional(),
    useEnterpriseContract: z.boolean().optional(),
    termsOfUse: LongText('Text or address.').optional(),
    marketingOnlyChange: z.boolean().optional(),
    globalAmendmentTerms: LongText('For all customers.').optional(),
    applicableProducts: Texts('Products of Microsoft it works with.').optional(),
    customAmendments: Keyed(Amendment, 'By name.').optional(),
  })
  .meta({ id: 'MarketplacePropertyChanges', description: 'Categories and terms.' });

const ProductAvailability = z
  .looseObject({
    visibility: z.string().optional(),
    audiences: Keyed(z.array(Guid), 'Subscriptions that see the preview, by kind of group.').optional(),
    emailAudiences: Audience.optional(),
    subscriptionAudiences: Audience.optional(),
  })
  .meta({ id: 'MarketplaceAvailabilityChanges', description: 'Who sees the preview.' });

const Reseller = z
  .looseObject({
    resellerChannelState: z
      .string()
      .meta({ description: resellerStates.join(', ') })
      .optional(),
    tenantIds: z.array(Guid).max(10_000).meta({ description: 'Partners that may resell it.' }).nullable().optional(),
  })
  .meta({ id: 'MarketplaceResellerChanges', description: 'Who may resell it.' });

/** A merge patch on the export of a marketplace product: the modules of the API under their names. */
export const MarketplaceProductChanges = z
  .strictObject({
    setup: Setup.optional(),
    property: Property.optional(),
    availability: ProductAvailability.optional(),
    listings: z
      .record(z.string(), MarketplaceListingChanges.nullable())
      .superRefine(languageFaultsOf)
      .meta({ description: 'By language, as "en-us"; case does not matter. `null` takes a language out.' })
      .optional(),
    resellerConfiguration: Reseller.optional(),
    packageConfiguration: MarketplaceConfigurationChanges.optional(),
    plans: z
      .record(z.string(), MarketplacePlanChanges.nullable())
      .meta({ description: 'By plan id; `null` takes a plan out, and one that is not there is made.' })
      .optional(),
  })
  .meta({
    id: 'MarketplaceProductChanges',
    description:
      'A merge patch (RFC 7396) on the export of a product: absent = keep, null = clear. Members that are not named here are taken where the product has them.',
  });

const moduleNames = Object.keys(MarketplaceProductChanges.shape);

/** What `changes` of a marketplace product alone show, all faults together, with pointers into the release document. */
export function marketplaceChangesFaults(changes: Json): Fault[] {
  const value = { changes };
  const { error } = z.object({ changes: MarketplaceProductChanges }).safeParse(value);
  const found = (error?.issues ?? []).flatMap((issue) =>
    issue.code === 'unrecognized_keys' && issue.path.length === 1
      ? issue.keys.flatMap((name) => unknownModule(name))
      : faultsOf([issue], value),
  );
  const refused = untakenMembers(changes);
  const pointers = new Set(refused.map(({ pointer }) => pointer));
  return [...found.filter((fault) => !pointers.has(fault.pointer)), ...refused];
}

function unknownModule(name: string): Fault[] {
  const pointer = jsonPointer(['changes', name]);
  // It is told of by what is known by that name.
  if (Object.hasOwn(untaken.product, name)) return [];
  const right = spelled(name, moduleNames);
  if (right !== undefined) return [{ pointer, code: 'invalid-value', message: `Write it "${right}": case matters.` }];
  const message = `A product has ${moduleNames.join(', ')}, and nothing by the name "${name.slice(0, 100)}".`;
  return [{ pointer, code: 'unknown-member', message }];
}
