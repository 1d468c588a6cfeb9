import type { CommonMeaning, HttpStatusError } from '../http';
import type { IngestionMeaning } from './meaning';
import { IngestionOperation } from './operations';

type Meaning = IngestionMeaning | CommonMeaning;

/** The calls that send an ETag because the API demands it. */
const conditional: ReadonlySet<string> = new Set([
  IngestionOperation.updateProductAvailability,
  IngestionOperation.updateProperty,
  IngestionOperation.updateListing,
  IngestionOperation.updateListingImage,
  IngestionOperation.updatePackageConfiguration,
  IngestionOperation.updateFeatureAvailability,
  IngestionOperation.updateSupplementalContent,
]);

/** The wording of conflicts is not known: the call tells what can be meant. */
const conflicts: ReadonlyMap<string, IngestionMeaning> = new Map<string, IngestionMeaning>([
  [IngestionOperation.createProduct, 'product-exists'],
  [IngestionOperation.createSubmission, 'submission-conflict'],
  [IngestionOperation.promoteSubmission, 'submission-not-promotable'],
  [IngestionOperation.deleteSubmission, 'submission-not-deletable'],
]);

const byStatus: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [408, 'server'],
  [412, 'etag-conflict'],
  [422, 'invalid-document'],
  [429, 'throttled'],
]);

/** With which status a taken offer id is refused is not recorded. */
const taken = /already (exists|in use|taken|been (used|taken))|is not unique|duplicate/i;

/** What an error status means, by call. `status` is the one that counts, which the body may name. */
export function meaningOfStatus(error: HttpStatusError, status: number): Meaning {
  if (status === 409) return meaningOfConflict(error.operation);
  const known = byStatus.get(status);
  if (known !== undefined) return known;
  if (status >= 500 && status !== 501) return 'server';
  if (status !== 400) return 'refused';
  if (error.operation === IngestionOperation.createProduct && taken.test(error.serviceMessage ?? ''))
    return 'product-exists';
  return error.method === 'PUT' || error.method === 'POST' ? 'invalid-document' : 'refused';
}

function meaningOfConflict(operation: string): IngestionMeaning {
  return conditional.has(operation) ? 'etag-conflict' : (conflicts.get(operation) ?? 'conflict');
}
