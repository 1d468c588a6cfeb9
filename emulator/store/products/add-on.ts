import { findAddOn } from '../access';
import { AddOnContent } from '../document/add-on-content';
import { readAddOnUpdate } from '../document/read-add-on-update';
import { renderAddOnSubmission } from '../render/add-on-submission';
import type { ProductKind } from './product-kind';

/** Submissions of add-ons. */
export const addOn: ProductKind = {
  kind: 'addOn',
  name: 'AddOn',
  title: 'add-on',
  path: '/v1.0/my/inappproducts/:inAppProductId',
  // Nobody reports `isMinimalResponse` of add-ons.
  minimalLeavesOut: [],
  find: (services, call) => {
    const found = findAddOn(services, call);
    return { application: found.application, product: found.addOn };
  },
  // *Documented*: the first submission of an add-on is an empty template.
  refuseTemplate: () => undefined,
  template: () => AddOnContent.parse({}),
  read: readAddOnUpdate,
  render: renderAddOnSubmission,
};
