import { flag, list, number, pairs, text, texts } from './kinds';
import type { ResourceType } from './resource-type';
import type { Kind } from './shape';

const audience = list({ ID: text, description: text });
const moment: Kind = { members: { localizePerMarket: flag, dateTimeInUtc: text } };
const range: Kind = { members: { startAt: moment, endAt: moment } };

const priceSchedule = {
  retailPrice: { members: { openPrice: number, currencyCode: text, priceTierID: text } },
  pricingModel: ['Flat', 'Recurring', 'Usage'],
  priceCadence: { members: { type: ['Month', 'Year'], value: number } },
  pricingUnits: list({ name: text, unitType: text, isUnlimitedUnit: flag, lowerUnit: number, upperUnit: number }),
  dateTimeRange: range,
} as const;

/** Who sees a product or a plan, where, and for how much. */
export const AVAILABILITY_TYPES: Readonly<Record<string, ResourceType>> = {
  ProductAvailability: {
    defaults: { visibility: 'Public' },
    shape: {
      visibility: text,
      enterpriseLicensing: text,
      hideKeyAudience: text,
      audiences: list({ Type: text, Values: texts }),
      emailAudiences: audience,
      subscriptionAudiences: audience,
    },
  },
  FeatureAvailability: {
    defaults: { visibility: 'Public' },
    shape: {
      visibility: ['Public', 'Private'],
      isHidden: flag,
      marketStates: list({ marketCode: text, state: ['Disabled', 'Enabled', 'StopSelling', 'Terminated'] }),
      trial: {
        members: {
          type: ['NoTrial', 'TimedAccess', 'TimedUsage', 'Unlimited'],
          durationType: ['Minute', 'Days', 'Months'],
          duration: number,
          dateTimeRange: range,
        },
      },
      priceSchedules: list({
        isBaseSchedule: flag,
        marketCodes: texts,
        friendlyName: text,
        dateTimeRange: range,
        schedules: list(priceSchedule),
      }),
      tenantAudiences: audience,
      subscriptionAudiences: audience,
      properties: pairs,
      customMeters: list({
        ID: text,
        uniqueID: text,
        displayName: text,
        unitOfMeasure: text,
        isEnabled: flag,
        priceInUsd: number,
        includedBaseQuantities: list({ recurringUnit: ['Monthly', 'Annual'], isInfinite: flag, quantity: number }),
      }),
    },
  },
};
