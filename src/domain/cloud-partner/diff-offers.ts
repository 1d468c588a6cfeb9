import { changesBetween } from '../field-changes';
import type { FieldChange } from '../field-changes';
import { exportedValue, offerDocumentOf } from './exported';
import { isBranch } from './leaves';
import type { CloudPartnerOffer } from './offer';

/**
 * What a release changes of an offer, field by field, as an export shows it: lists are one field. Another signature of
 * an address is a change, but is not shown; a secret is shown by its name.
 */
export function offerDiff(from: CloudPartnerOffer, to: CloudPartnerOffer): FieldChange[] {
  const changes = changesBetween(offerDocumentOf(from, 'kept'), offerDocumentOf(to, 'kept'), isBranch);
  return changes.map(({ path, from: before, to: after }) => ({
    path,
    from: exportedValue(before),
    to: exportedValue(after),
  }));
}
