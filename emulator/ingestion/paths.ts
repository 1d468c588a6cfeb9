/** Where the API is. */
export const BASE = '/v1.0/ingestion';
export const PRODUCTS = `${BASE}/products`;
export const BELOW_PRODUCT = `${PRODUCTS}/:productId`;
export const BELOW_LISTING = `${BELOW_PRODUCT}/listings/:listingId`;
export const BELOW_SUBMISSION = `${BELOW_PRODUCT}/submissions/:submissionId`;
