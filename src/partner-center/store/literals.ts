import type { HttpStatusError } from '../http';
import type { StoreMeaning } from './meaning';
import { StoreOperation } from './operations';

/**
 * The service's sentences that tell one conflict from another; everything else is told by status and call. Matched by
 * their telling part, since codes are shared between quite different refusals. Source: section 2.1 of the
 * specification, "observed literals".
 */
const sentences: readonly { readonly status: number; readonly pattern: RegExp; readonly meaning: StoreMeaning }[] = [
  { status: 409, pattern: /features that are not supported by the submission API/i, meaning: 'unsupported-features' },
  { status: 409, pattern: /^Create submission failed/i, meaning: 'create-conflict' },
  {
    status: 400,
    pattern: /can only update, delete, and commit submissions that are created through the API/i,
    meaning: 'draft-edited-in-portal',
  },
  { status: 404, pattern: /^Submission not found/i, meaning: 'submission-not-found' },
  { status: 404, pattern: /^Application not found/i, meaning: 'application-not-found' },
  { status: 503, pattern: /Account service is experiencing issue/i, meaning: 'not-onboarded' },
];

type ByCall = readonly (readonly [StoreMeaning, readonly StoreOperation[]])[];

/** The wording of most conflicts is not known (section 8 of the specification): the call tells what can be meant. */
const conflicts: ByCall = [
  [
    'create-conflict',
    [StoreOperation.createAppSubmission, StoreOperation.createFlightSubmission, StoreOperation.createAddOnSubmission],
  ],
  [
    'not-deletable',
    [StoreOperation.deleteAppSubmission, StoreOperation.deleteFlightSubmission, StoreOperation.deleteAddOnSubmission],
  ],
  ['product-conflict', [StoreOperation.createFlight, StoreOperation.createAddOn]],
  ['product-not-deletable', [StoreOperation.deleteFlight, StoreOperation.deleteAddOn]],
  [
    'rollout-not-running',
    [
      StoreOperation.updatePackageRolloutPercentage,
      StoreOperation.haltPackageRollout,
      StoreOperation.finalizePackageRollout,
      StoreOperation.updateFlightPackageRolloutPercentage,
      StoreOperation.haltFlightPackageRollout,
      StoreOperation.finalizeFlightPackageRollout,
    ],
  ],
  // The pages of these reads know no other conflict.
  [
    'unsupported-features',
    [
      StoreOperation.listApplications,
      StoreOperation.getApplication,
      StoreOperation.listApplicationAddOns,
      StoreOperation.listApplicationFlights,
      StoreOperation.listAddOns,
      StoreOperation.getAddOn,
      StoreOperation.getFlight,
    ],
  ],
];

/** What is not there when the answer does not name it: the last thing that the address names. */
const missing: ByCall = [
  [
    'application-not-found',
    [
      StoreOperation.listApplications,
      StoreOperation.getApplication,
      StoreOperation.createAppSubmission,
      StoreOperation.createFlight,
      StoreOperation.createAddOn,
    ],
  ],
  ['flight-not-found', [StoreOperation.getFlight, StoreOperation.deleteFlight, StoreOperation.createFlightSubmission]],
  ['add-on-not-found', [StoreOperation.getAddOn, StoreOperation.deleteAddOn, StoreOperation.createAddOnSubmission]],
];

/** What is not there by the name that the answer gives it. */
const missingTargets: readonly (readonly [RegExp, StoreMeaning])[] = [
  [/^submission/i, 'submission-not-found'],
  [/^application(Id)?$/i, 'application-not-found'],
  [/^flight(Id)?$/i, 'flight-not-found'],
  [/^inAppProduct(Id)?$/i, 'add-on-not-found'],
];

const plain: Partial<Record<number, StoreMeaning>> = {
  401: 'unauthorized',
  403: 'forbidden',
  408: 'server',
  429: 'throttled',
};

/** What an answered error means, by its sentence, else by its status and the call. */
export function meaningOfStatus(error: HttpStatusError): StoreMeaning {
  const words = error.serviceMessage ?? '';
  const known = sentences.find(({ status, pattern }) => status === error.status && pattern.test(words));
  if (known !== undefined) return known.meaning;
  if (error.status === 404) return notFound(error);
  if (error.status === 409) return conflict(error);
  if (error.status === 400) return badRequest(error);
  return plain[error.status] ?? (error.status >= 500 && error.status !== 501 ? 'server' : 'refused');
}

function notFound(error: HttpStatusError): StoreMeaning {
  const named = missingTargets.find(([target]) => target.test(error.target ?? ''));
  if (named !== undefined) return named[1];
  if (error.operation === StoreOperation.createFlightSubmission && isEmpty(error)) return 'flight-dead';
  return byCall(missing, error) ?? 'not-found';
}

/** No body at all: what is not JSON still has words. */
function isEmpty(error: HttpStatusError): boolean {
  return error.body === undefined && error.serviceMessage === undefined;
}

function conflict(error: HttpStatusError): StoreMeaning {
  if (error.target === 'application') return 'unsupported-features';
  return byCall(conflicts, error) ?? (error.method === 'GET' ? 'other-product' : 'wrong-state');
}

function badRequest(error: HttpStatusError): StoreMeaning {
  if (error.target === 'mediaType') return 'refused';
  const nothingButIds = error.method === 'GET' || byCall(conflicts, error) === 'product-not-deletable';
  return nothingButIds ? 'invalid-id' : 'invalid-document';
}

function byCall(table: ByCall, { operation }: HttpStatusError): StoreMeaning | undefined {
  return table.find(([, operations]) => operations.some((name) => name === operation))?.[0];
}
