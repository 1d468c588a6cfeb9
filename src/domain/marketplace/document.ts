import type { Members, OfferContent } from '../offer/offer-content';

/**
 * A product's content as a release document's `changes` would say it: modules under their names, listings by language,
 * plans by id; without what is read-only or said elsewhere in the document. Applied as a patch it changes nothing.
 */
export function documentOf(content: OfferContent): Members {
  return content;
}
