import { json } from '../core/answer';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { authorize } from './access';
import { cosellAssetOperations } from './files/cosell-assets';
import { listingFileOperations } from './files/listing-files';
import { packageOperations } from './files/packages';
import { branchOperations } from './modules/branches';
import { listingOperations } from './modules/listings';
import { rowOperations } from './modules/row-operations';
import { supplementalCommitOperations } from './modules/supplemental-commit';
import { errorText } from './errors';
import { operation } from './operation';
import { BASE } from './paths';
import { productOperations } from './products/products';
import { settingOperations } from './products/settings';
import { variantOperations } from './products/variants';
import { submissionOperations } from './submissions/submission-operations';

/** The Partner Center submission API, also known as the ingestion API. */
export function ingestionOperations(services: Services): Operation[] {
  return [
    ...productOperations(services),
    ...settingOperations(services),
    ...variantOperations(services),
    ...branchOperations(services),
    ...rowOperations(services),
    ...supplementalCommitOperations(services),
    ...listingOperations(services),
    ...listingFileOperations(services),
    ...packageOperations(services),
    ...cosellAssetOperations(services),
    ...submissionOperations(services),
    ...unknownOperations(services),
  ];
}

/** Paths that the API does not have. *Assumed*: 404 in the usual form. */
function unknownOperations(services: Services): Operation[] {
  return (['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const).map((method) =>
    operation('unknownIngestionOperation', method, `${BASE}/*`, (call) => {
      authorize(services, call);
      return json(404, errorText(404, call.correlationId, undefined));
    }),
  );
}
