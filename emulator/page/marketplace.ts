import type { OfferOutcome } from '../cloud-partner/model';
import type { Dispatcher } from '../core/dispatcher';
import { redactJson } from '../core/redaction';
import type { Services } from '../core/services';
import type { PackageOutcome, SubmissionOutcome } from '../ingestion/model';
import { offerOnPage, type OfferOnPage } from './offer-view';
import { productView, type ProductView } from './product-view';

/** Products and offers of the marketplace, and the outcomes that wait for them. */
export interface Marketplace {
  readonly products: readonly ProductView[];
  readonly offers: readonly OfferOnPage[];
  readonly submissionOutcomes: readonly SubmissionOutcome[];
  readonly packageOutcomes: readonly PackageOutcome[];
  readonly offerOutcomes: readonly OfferOutcome[];
}

/** A `Marketplace` as JSON, without secrets and signatures. */
export async function marketplaceJson(services: Services, dispatcher: Dispatcher): Promise<unknown> {
  return dispatcher.exclusive(() => {
    const { products, ingestion, cloudPartner } = services.world;
    const shown: Marketplace = {
      products: [...products.values()].map(productView),
      offers: [...cloudPartner.offers.values()].map((offer) => offerOnPage(services, offer)),
      submissionOutcomes: ingestion.outcomes,
      packageOutcomes: ingestion.packageOutcomes,
      offerOutcomes: [...cloudPartner.offerOutcomes.values()],
    };
    return redactJson(shown);
  });
}
