import type { OfferContent } from '../offer/offer-content';
import { diffOf } from './diff-contents';

/** Below the availability of a plan: what decides what a customer pays. */
const ofPrice =
  /^\/plans\/([^/]+)\/availability\/(priceSchedules|trial|customMeters(\/[^/]+)?)($|\/(?!displayName$|unitOfMeasure$))/;

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
    const plan = ofPrice.exec(path)?.[1];
    return plan !== undefined && isThere(plan) ? [`/changes${path}`] : [];
  });
}
