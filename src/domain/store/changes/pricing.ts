import { tierForm, trialPeriods } from '../words';
import { byKey, upperCase } from './by-key';
import { below, refuse } from './place';
import type { Place } from './place';
import { asObject, isObject } from '../../json-value';
import { object, word, wordOf } from './shape';
import type { Shape } from './shape';

const tier = wordOf(tierForm);
const prices = { marketSpecificPricings: byKey({ written: upperCase, item: tier }), priceId: tier };

/** The price of an add-on. */
export const addOnPricing = withTierCheck(object(prices));

/** The price of an app. */
export const appPricing = withTierCheck(object({ trialPeriod: word(trialPeriods), ...prices }));

function withTierCheck(shape: Shape): Shape {
  return {
    exported: shape.exported,
    patched: (stored, patch, at) => {
      const after = shape.patched(stored, patch, at);
      const { isAdvancedPricingModel } = asObject(stored);
      if (typeof isAdvancedPricingModel === 'boolean') checkTiers(asObject(patch), isAdvancedPricingModel, at);
      return after;
    },
  };
}

/** Which tiers there are depends on the price model that the account has ("Manage app submissions", price tiers). */
function checkTiers(
  { priceId, marketSpecificPricings }: Readonly<Record<string, unknown>>,
  advanced: boolean,
  at: Place,
): void {
  checkTier(priceId, advanced, below(at, 'priceId'));
  if (!isObject(marketSpecificPricings)) return;
  for (const [market, one] of Object.entries(marketSpecificPricings)) {
    checkTier(one, advanced, below(below(at, 'marketSpecificPricings'), market));
  }
}

function checkTier(value: unknown, advanced: boolean, at: Place): void {
  const number = typeof value === 'string' ? /^Tier(\d+)$/.exec(value)?.[1] : undefined;
  if (number === undefined) return;
  const [least, most] = advanced ? [1012, 1424] : [2, 96];
  if (Number(number) >= least && Number(number) <= most) return;
  refuse(at, 'price-tier', `This product's tiers are Tier${least} to Tier${most}.`);
}
