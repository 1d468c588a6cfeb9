import { asList, asObject, asText, isObject } from '../json-value';
import type { Members } from '../json-value';
import { below, refuse } from './place';
import type { Place } from './place';

/** Sizes that a price per core size may name (section A.6 of the specification). */
const sizes = [
  'sharedcore',
  ...[1, 2, 4, 6, 8, 10, 12, 16, 20, 24, 32, 36, 40, 44, 48, 60, 64, 72, 80, 96, 120, 128, 208, 416].map(
    (cores) => `${cores}core`,
  ),
];

/**
 * Checks the price of a plan that a patch sets whole. Its three methods exclude each other: one price per core; a price
 * per core size, with prices per region where those differ; a spreadsheet. A plan with its own licence has none of them.
 *
 * @param plan after the patch
 */
export function checkPricing(patch: unknown, plan: Members, at: Place): void {
  if (!isObject(patch)) {
    refuse(at, 'wrong-type', 'It must be an object with the whole price: it is replaced as one.');
    return;
  }
  checkTrial(patch, at);
  const named = methodsOf(patch);
  const [method, another] = named;
  if (another !== undefined) {
    refuse(at, 'invalid-value', `Prices exclude each other: name one of ${named.join(', ')}.`);
  } else if (method === undefined) {
    if (patch['isByol'] !== true) {
      refuse(at, 'missing-member', 'Name coreMultiplier or spreadSheetPricing, or say "isByol": true.');
    }
  } else if (patch['isByol'] === true) {
    refuse(below(at, 'isByol'), 'invalid-value', `A plan with its own licence has no price: leave ${method} out.`);
  }
  checkCores(asObject(patch['coreMultiplier']), below(at, 'coreMultiplier'));
  checkRegions(patch, plan, at);
}

function methodsOf(patch: Members): readonly string[] {
  const cores = asObject(patch['coreMultiplier']);
  const methods = [
    ['coreMultiplier.single', 'single' in cores],
    ['coreMultiplier.individually', 'individually' in cores],
    ['coreMultiplier', isObject(patch['coreMultiplier']) && !('single' in cores) && !('individually' in cores)],
    ['spreadSheetPricing', 'spreadSheetPricing' in patch],
  ] as const;
  const named: readonly string[] = methods.filter(([, isNamed]) => isNamed).map(([name]) => name);
  const regionsFit = named.length === 1 && named[0] === 'coreMultiplier.individually';
  return 'regionPrices' in patch && !regionsFit ? [...named, 'regionPrices'] : named;
}

function checkTrial({ freeTrialDurationInMonths: months }: Members, at: Place): void {
  const isCount = typeof months === 'number' && Number.isInteger(months) && months >= 0;
  if (months === undefined || isCount) return;
  refuse(below(at, 'freeTrialDurationInMonths'), 'out-of-range', 'It must be a whole number of months, 0 for none.');
}

function checkCores(cores: Members, at: Place): void {
  if ('single' in cores) {
    if (cores['currency'] !== 'USD') {
      refuse(below(at, 'currency'), 'invalid-value', 'One price per core is in USD: "currency": "USD".');
    }
    checkPrice(cores['single'], below(at, 'single'));
  }
  const each = cores['individually'];
  if (each === undefined) return;
  if (!isObject(each)) {
    refuse(below(at, 'individually'), 'wrong-type', 'It must be an object of prices by core size.');
    return;
  }
  for (const [size, price] of Object.entries(each)) {
    const there = below(at, 'individually', size);
    if (sizes.includes(size)) checkPrice(price, there);
    else refuse(there, 'invalid-value', `There is no such size: use one of ${sizes.join(', ')}.`);
  }
}

/** A number, or one with more digits than a double has. */
function checkPrice(price: unknown, at: Place): void {
  const value = isObject(price) ? Number(asText(price['$number']) || NaN) : price;
  if (typeof value === 'number' && value >= 0) return;
  refuse(at, 'out-of-range', 'A price must be a number, and not below 0.');
}

/** Prices per region have to name each region that the plan is sold in; what they hold is not documented. */
function checkRegions(patch: Members, plan: Members, at: Place): void {
  const prices = patch['regionPrices'];
  if (!isObject(prices) || Object.keys(prices).length === 0) return;
  const missing = asList(plan['regions']).filter((region) => !Object.hasOwn(prices, asText(region)));
  if (missing.length === 0) return;
  refuse(
    below(at, 'regionPrices'),
    'missing-member',
    `Name each region that the plan is sold in; these have none: ${missing.map(asText).join(', ')}.`,
  );
}
