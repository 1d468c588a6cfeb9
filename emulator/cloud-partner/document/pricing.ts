import { isMembers } from '../body';
import type { Members } from '../model';
import { asDouble } from './exact-numbers';

/** *Documented*; those with 10, 44, 48, 60, 120, 208 and 416 since July 2019. */
const CORES = [1, 2, 4, 6, 8, 10, 12, 16, 20, 24, 32, 36, 40, 44, 48, 60, 64, 72, 80, 96, 120, 128, 208, 416];
const SIZES = new Set(['sharedcore', ...CORES.map((cores) => `${cores}core`)]);

/**
 * What is wrong with the price of a plan. *Documented*: three methods that exclude each other, the sizes, US dollars for a
 * price per core; own licenses have no price. Regions are not checked: the documentation's table is not all of them.
 */
export function pricingFaults(plan: Members): string[] {
  const pricing = plan['virtualMachinePricing'];
  if (pricing === undefined || pricing === null) return [];
  const of = `the plan ${String(plan['planId'])}`;
  if (!isMembers(pricing)) return [`virtualMachinePricing of ${of} is not an object.`];
  const faults = [...methodFaults(pricing), ...coreFaults(pricing), ...otherFaults(pricing)];
  return faults.map((fault) => `virtualMachinePricing of ${of}: ${fault}.`);
}

function methodFaults(pricing: Members): string[] {
  const core = isMembers(pricing['coreMultiplier']) ? pricing['coreMultiplier'] : {};
  const methods = [
    isSet(core['single']) && 'coreMultiplier.single',
    isSet(core['individually']) && 'coreMultiplier.individually',
    isSet(pricing['spreadSheetPricing']) && 'spreadSheetPricing',
  ].filter((method) => method !== false);
  if (methods.length > 1) return [`${methods.join(' and ')} exclude each other`];
  return pricing['isByol'] === true && methods.length > 0 ? [`isByol excludes ${methods.join()}`] : [];
}

function coreFaults(pricing: Members): string[] {
  const core = pricing['coreMultiplier'];
  if (!isSet(core)) return [];
  if (!isMembers(core)) return ['coreMultiplier is not an object'];
  const { currency, single, individually } = core;
  return [
    ...(typeof currency === 'string' && currency !== '' ? [] : ['coreMultiplier.currency is missing']),
    ...(isSet(single) && !isPrice(single) ? ['coreMultiplier.single is not a price'] : []),
    ...(isSet(single) && currency !== 'USD' ? ['coreMultiplier.single is in USD'] : []),
    ...(isSet(individually) ? sizeFaults(individually) : []),
  ];
}

function sizeFaults(prices: unknown): string[] {
  if (!isMembers(prices)) return ['coreMultiplier.individually is not an object'];
  return Object.entries(prices).flatMap(([size, price]) => {
    if (!SIZES.has(size)) return [`coreMultiplier.individually has no size ${size}`];
    return isPrice(price) ? [] : [`coreMultiplier.individually.${size} is not a price`];
  });
}

function otherFaults(pricing: Members): string[] {
  const { isByol, freeTrialDurationInMonths: trial, regionPrices, spreadSheetPricing: sheet } = pricing;
  return [
    ...(!isSet(isByol) || typeof isByol === 'boolean' ? [] : ['isByol is neither true nor false']),
    ...(!isSet(trial) || (Number.isInteger(trial) && isPrice(trial))
      ? []
      : ['freeTrialDurationInMonths is not a number of months']),
    ...(!isSet(regionPrices) || isMembers(regionPrices) ? [] : ['regionPrices is not an object']),
    ...(!isSet(sheet) || (isMembers(sheet) && isAddress(sheet['uri'])) ? [] : ['spreadSheetPricing.uri is no address']),
  ];
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isPrice(value: unknown): boolean {
  const price = asDouble(value);
  return typeof price === 'number' && price >= 0;
}

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\/\S+$/.test(value);
}
