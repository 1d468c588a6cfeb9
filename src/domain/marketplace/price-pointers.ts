import type { OfferContent } from '../offer/offer-content';
import type { Fault } from '../release';
import { diffOf } from './diff-contents';

/** What of a meter is no price. */
const names = ['displayName', 'unitOfMeasure'];

/** Whether a place decides what a customer pays: `plans/basic/availability/trial/type`. */
function isPrice([plans, , availability, member, _meter, field = '']: readonly string[]): boolean {
  if (plans !== 'plans' || availability !== 'availability') return false;
  return member === 'priceSchedules' || member === 'trial' || (member === 'customMeters' && !names.includes(field));
}

/**
 * Where a release changes what customers of a plan pay: JSON pointers into its changes. A plan that is new has no price
 * to keep.
 *
 * @param before what is there
 * @param after the same with changes applied
 */
export function pricePointers(before: OfferContent, after: OfferContent): readonly string[] {
  const isThere = (plan: string): boolean => [before, after].every((one) => Object.hasOwn(one, `plans/${plan}`));
  return diffOf(before, after).flatMap(({ path }) => {
    const [, ...parts] = path.split('/');
    return isPrice(parts) && isThere(parts[1] ?? '') ? [`/changes${path}`] : [];
  });
}

/** A fault for each price that would change. */
export function keptPriceFaults(before: OfferContent, after: OfferContent): readonly Fault[] {
  return pricePointers(before, after).map((pointer) => ({
    pointer,
    code: 'price-kept',
    message: 'The price of a plan changes only where options.price says "change".',
  }));
}
