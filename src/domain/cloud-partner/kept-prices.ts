import { canonicalJson } from '../canonical-json';
import { asList, asObject, asText } from '../json-value';
import type { Members } from '../json-value';
import type { OfferContent } from '../offer/offer-content';
import { jsonPointer } from '../json-pointer';
import type { Fault } from '../release';
import { planOf } from './content';

/** Members that set a price: `virtualMachinePricing`, and what other types of offers call theirs. */
const price = /pricing(?:V\d+)?$/i;

/** A fault for each price of a plan that was there and would change; the prices of new plans are free. */
export function keptPriceFaults(before: OfferContent, after: OfferContent): readonly Fault[] {
  return Object.entries(after).flatMap(([key, members]) => {
    const planId = planOf(key);
    const old = before[key];
    if (planId === undefined || old === undefined) return [];
    const path = ['changes', 'plans', planId];
    return [...changedPrices(old, members, path), ...ofGenerations(old, members, path)];
  });
}

function changedPrices(before: Members, after: Members, path: readonly string[]): readonly Fault[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => price.test(name));
  return names
    .filter((name) => canonicalJson([before[name] ?? null]) !== canonicalJson([after[name] ?? null]))
    .map((name) => ({
      pointer: jsonPointer([...path, name]),
      code: 'price-kept',
      message: 'The price of a plan changes only where options.price says "change".',
    }));
}

/** The generations of a machine's disks are plans within the plan. */
function ofGenerations(before: Members, after: Members, path: readonly string[]): readonly Fault[] {
  const old = asList(before['diskGenerations']).map(asObject);
  return asList(after['diskGenerations'])
    .map(asObject)
    .flatMap((generation, index) => {
      const same = old.find((one) => asText(one['planId']) === asText(generation['planId']));
      return same === undefined ? [] : changedPrices(same, generation, [...path, 'diskGenerations', String(index)]);
    });
}
