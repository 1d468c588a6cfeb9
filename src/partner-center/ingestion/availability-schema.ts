import { z } from 'zod';
import { open, tolerant } from '../http';
import { AudienceMember, entityMembers, texts, TypeValuePair } from './resource-schema';

/** Who sees the preview of a product. */
export const ProductAvailability = tolerant(
  z.looseObject({
    ...entityMembers,
    visibility: open<'Public' | 'Private'>().optional(),
    enterpriseLicensing: z.string().optional(),
    hideKeyAudience: z.string().optional(),
    /** Subscriptions of the preview: `[{Type: 'PreviewMarketplaceGroup', Values: […]}]`, with capitals. */
    audiences: z.array(z.looseObject({ Type: z.string().optional(), Values: texts.optional() })).optional(),
    emailAudiences: z.array(AudienceMember).optional(),
    subscriptionAudiences: z.array(AudienceMember).optional(),
  }),
);
export type ProductAvailability = z.output<typeof ProductAvailability>;

const LocalizedTime = z.looseObject({
  localizePerMarket: z.boolean().optional(),
  dateTimeInUtc: z.string().optional(),
});
const TimeRange = z.looseObject({ startAt: LocalizedTime.optional(), endAt: LocalizedTime.optional() });

const PricingUnit = z.looseObject({
  name: open<'sharedcore' | 'transactions'>().optional(),
  unitType: z.string().optional(),
  isUnlimitedUnit: z.boolean().optional(),
  lowerUnit: z.number().optional(),
  upperUnit: z.number().optional(),
});

const PriceSchedule = z.looseObject({
  retailPrice: z
    .looseObject({
      openPrice: z.number().optional(),
      currencyCode: z.string().optional(),
      priceTierID: z.string().optional(),
    })
    .optional(),
  pricingModel: open<'Flat' | 'Recurring' | 'Usage'>().optional(),
  priceCadence: z.looseObject({ type: open<'Month' | 'Year'>().optional(), value: z.number().optional() }).optional(),
  pricingUnits: z.array(PricingUnit).optional(),
  dateTimeRange: TimeRange.optional(),
});

const MarketPrices = z.looseObject({
  isBaseSchedule: z.boolean().optional(),
  marketCodes: texts.optional(),
  friendlyName: z.string().optional(),
  dateTimeRange: TimeRange.optional(),
  schedules: z.array(PriceSchedule).optional(),
});

const IncludedQuantity = z.looseObject({
  recurringUnit: open<'Monthly' | 'Annual'>().optional(),
  isInfinite: z.boolean().optional(),
  quantity: z.number().optional(),
});

const CustomMeter = z.looseObject({
  ID: z.string().optional(),
  uniqueID: z.string().optional(),
  displayName: z.string().optional(),
  unitOfMeasure: z.string().optional(),
  isEnabled: z.boolean().optional(),
  priceInUsd: z.number().optional(),
  includedBaseQuantities: z.array(IncludedQuantity).optional(),
});

/**
 * Markets, prices and audiences of a plan. Markets, trial and prices come only when they are asked for (`expand`);
 * what was read without them must not be written back.
 */
export const FeatureAvailability = tolerant(
  z.looseObject({
    ...entityMembers,
    visibility: open<'Public' | 'Private'>().optional(),
    isHidden: z.boolean().optional(),
    marketStates: z
      .array(
        z.looseObject({
          marketCode: z.string(),
          state: open<'Disabled' | 'Enabled' | 'StopSelling' | 'Terminated'>().optional(),
        }),
      )
      .optional(),
    trial: z
      .looseObject({
        type: open<'NoTrial' | 'TimedAccess' | 'TimedUsage' | 'Unlimited'>().optional(),
        durationType: open<'Minute' | 'Days' | 'Months'>().optional(),
        duration: z.number().optional(),
        dateTimeRange: TimeRange.optional(),
      })
      .optional(),
    priceSchedules: z.array(MarketPrices).optional(),
    tenantAudiences: z.array(AudienceMember).optional(),
    subscriptionAudiences: z.array(AudienceMember).optional(),
    properties: z.array(TypeValuePair).optional(),
    customMeters: z.array(CustomMeter).optional(),
  }),
);
export type FeatureAvailability = z.output<typeof FeatureAvailability>;

/** What a feature availability shows besides. */
export type FeatureExpand = 'MarketStates' | 'Trial' | 'PriceSchedules';
