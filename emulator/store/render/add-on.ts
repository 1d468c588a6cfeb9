import type { AddOn } from '../../core/model';
import type { Switches } from '../../core/settings';
import { withAbsentMembers } from './absent-members';
import { reference } from './reference';

/** An add-on as on the wire. *Documented*: `applications` is a page with the one application. */
export function renderAddOn(addOn: AddOn, switches: Switches): Record<string, unknown> {
  const base = `inappproducts/${addOn.id}`;
  const { application } = addOn;
  const rendered = {
    applications: { value: [{ id: application, resourceLocation: `applications/${application}` }], totalCount: 1 },
    id: addOn.id,
    productId: addOn.productId,
    productType: addOn.productType,
    pendingInAppProductSubmission: reference(base, addOn.pending),
    lastPublishedInAppProductSubmission: reference(base, addOn.published),
  };
  return withAbsentMembers(rendered, switches);
}
