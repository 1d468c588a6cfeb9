import { asObject } from '../json-value';
import type { OfferContent } from '../offer/offer-content';
import { withQueriesOf } from '../offer/whole-addresses';
import { planOf } from './content';

/**
 * A content with the queries that its addresses have in the release document, each in its place: they may give access, so
 * that no content holds them. Only for a request that is sent at once. Pure.
 *
 * @param changes as the document was sent
 */
export function withWholeAddresses(content: OfferContent, changes: unknown): OfferContent {
  const { plans, ...rest } = asObject(changes);
  const entries = Object.entries(content).map(([key, members]) => {
    const planId = planOf(key);
    return [key, withQueriesOf(members, planId === undefined ? rest : asObject(plans)[planId])] as const;
  });
  // Cast: texts took the place of texts, and nothing else changed.
  return Object.fromEntries(entries) as OfferContent;
}
