import type { Transport } from '../http';
import { availabilityMethods, type AvailabilityMethods } from './availability-methods';
import { cosellMethods, type CosellMethods } from './cosell-methods';
import { listingFileMethods, type ListingFileMethods } from './listing-file-methods';
import { listingMethods, type ListingMethods } from './listing-methods';
import { packageMethods, type PackageMethods } from './package-methods';
import { productMethods, type ProductMethods } from './product-methods';
import { propertyMethods, type PropertyMethods } from './property-methods';
import { IngestionRequests } from './requests';
import { sellingMethods, type SellingMethods } from './selling-methods';
import { submissionMethods, type SubmissionMethods } from './submission-methods';
import { supplementalContentMethods, type SupplementalContentMethods } from './supplemental-content-methods';
import { variantMethods, type VariantMethods } from './variant-methods';

/**
 * The Partner Center submission API ("ingestion API"), v1.0: one method per operation of its endpoint table, B1–B49.
 * Every method throws what the transport throws (`ingestionFailure` says what it means) and takes its requests from the
 * call's allowance.
 *
 * - A change that makes, starts or deletes is sent once: after an unclear answer look, then decide.
 * - A PUT replaces, and is repeated. Where `ifMatch` is demanded, it applies only to what has this ETag; another one is
 *   `etag-conflict` (a 412 or a 409, nobody knows which). After a repeat that may be the echo of the first try, which
 *   then is `unclear`: read again and compare.
 * - The ETag of what was stored is `@odata.etag` of the answer, and its `etag`.
 * - Addresses with a signature (`fileSasUri`, …) are `SecretUrl`s: they show themselves in no log and no JSON.
 *
 * Base: `https://api.partner.microsoft.com/v1.0/ingestion/`.
 */
export interface IngestionClient
  extends
    ProductMethods,
    AvailabilityMethods,
    PropertyMethods,
    ListingMethods,
    ListingFileMethods,
    PackageMethods,
    VariantMethods,
    SubmissionMethods,
    SellingMethods,
    SupplementalContentMethods,
    CosellMethods {}

export interface IngestionClientOptions {
  /** Sent with every request; never `Authorization`, which is the transport's. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Makes the client on a transport whose base is the API's (`…/v1.0/ingestion/`), made with `ingestionTransport`. */
export function createIngestionClient(
  transport: Transport,
  { headers = {} }: IngestionClientOptions = {},
): IngestionClient {
  const requests = new IngestionRequests(transport, headers);
  return {
    ...productMethods(requests),
    ...availabilityMethods(requests),
    ...propertyMethods(requests),
    ...listingMethods(requests),
    ...listingFileMethods(requests),
    ...packageMethods(requests),
    ...variantMethods(requests),
    ...submissionMethods(requests),
    ...sellingMethods(requests),
    ...supplementalContentMethods(requests),
    ...cosellMethods(requests),
  };
}
