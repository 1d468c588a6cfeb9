import { changesBetween } from '../field-changes';
import type { FieldChange } from '../field-changes';
import type { OfferContent } from '../offer/offer-content';
import { documentOf } from './document';

/** What a release changes, field by field, with paths into the exported document: lists are one field. */
export function diffOf(from: OfferContent, to: OfferContent): FieldChange[] {
  return changesBetween(documentOf(from), documentOf(to));
}
