import { asObject, isObject } from '../json-value';
import { cutUrlQueries } from '../url-queries';
import type { OfferContent } from '../offer/offer-content';
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
    return [key, whole(members, planId === undefined ? rest : asObject(plans)[planId])] as const;
  });
  // Cast: texts took the place of texts, and nothing else changed.
  return Object.fromEntries(entries) as OfferContent;
}

function whole(value: unknown, asked: unknown): unknown {
  if (typeof value === 'string' && typeof asked === 'string') {
    return asked !== value && cutUrlQueries(asked).document === value ? asked : value;
  }
  if (Array.isArray(value) && Array.isArray(asked)) return value.map((one, index) => whole(one, asked[index]));
  if (!isObject(value) || !isObject(asked)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, whole(one, asked[name])]));
}
