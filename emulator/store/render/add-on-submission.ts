import type { Submission } from '../../core/model';
import type { AddOnContent } from '../document/add-on-content';
import type { RenderOptions } from '../products/product-kind';
import { renderStatusDetails } from './status-details';

/** A submission of an add-on as on the wire. *Documented*. */
export function renderAddOnSubmission(
  submission: Submission,
  content: AddOnContent,
  { fileUploadUrl }: RenderOptions,
): Record<string, unknown> {
  return {
    id: submission.id,
    contentType: content.contentType,
    keywords: content.keywords,
    lifetime: content.lifetime,
    listings: Object.fromEntries(
      Object.entries(content.listings).map(([code, { description, icon, title }]) => [
        code,
        { description, icon, title },
      ]),
    ),
    pricing: {
      marketSpecificPricings: content.pricing.marketSpecificPricings,
      sales: [],
      priceId: content.pricing.priceId,
      isAdvancedPricingModel: submission.advancedPricing,
    },
    targetPublishDate: content.targetPublishDate,
    targetPublishMode: content.targetPublishMode,
    tag: content.tag,
    visibility: content.visibility,
    status: submission.status,
    statusDetails: renderStatusDetails(submission),
    fileUploadUrl,
    friendlyName: submission.friendlyName,
  };
}
