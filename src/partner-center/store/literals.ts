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
  { status: 409, pattern: /current state cannot be deleted/i, meaning: 'not-deletable' },
  {
    status: 400,
    pattern: /can only update, delete, and commit submissions that are created through the API/i,
    meaning: 'portal-draft',
  },
  { status: 404, pattern: /^Submission not found/i, meaning: 'submission-not-found' },
  { status: 404, pattern: /^Application not found/i, meaning: 'application-not-found' },
  { status: 503, pattern: /Account service is experiencing issue/i, meaning: 'not-onboarded' },
];

const onRollout: ReadonlySet<string> = new Set([
  StoreOperation.updatePackageRolloutPercentage,
  StoreOperation.haltPackageRollout,
  StoreOperation.finalizePackageRollout,
]);
const onApplication: ReadonlySet<string> = new Set([
  StoreOperation.listApplications,
  StoreOperation.getApplication,
  StoreOperation.createAppSubmission,
]);

/** What an answered error means, by its sentence, else by its status and the call. */
export function meaningOfStatus(error: HttpStatusError): StoreMeaning {
  const words = error.serviceMessage ?? '';
  const known = sentences.find(({ status, pattern }) => status === error.status && pattern.test(words));
  if (known !== undefined) return known.meaning;
  const byStatus: Partial<Record<number, StoreMeaning>> = {
    401: 'unauthorized',
    403: 'forbidden',
    408: 'server',
    429: 'throttled',
  };
  const plain = byStatus[error.status];
  if (plain !== undefined) return plain;
  if (error.status === 404) return notFound(error);
  if (error.status === 409) return conflict(error);
  if (error.status === 400) return badRequest(error);
  return error.status >= 500 && error.status !== 501 ? 'server' : 'refused';
}

function notFound(error: HttpStatusError): StoreMeaning {
  const target = error.target ?? '';
  if (/^submission/i.test(target)) return 'submission-not-found';
  if (/^application(Id)?$/i.test(target)) return 'application-not-found';
  return onApplication.has(error.operation) ? 'application-not-found' : 'not-found';
}

/** The wording of most conflicts is not known (section 8 of the specification): the call tells what can be meant. */
function conflict(error: HttpStatusError): StoreMeaning {
  if (error.target === 'application') return 'unsupported-features';
  if (onRollout.has(error.operation)) return 'rollout-not-running';
  if (error.operation === StoreOperation.createAppSubmission) return 'create-conflict';
  if (error.operation === StoreOperation.deleteAppSubmission) return 'not-deletable';
  return error.method === 'GET' ? 'other-app' : 'wrong-state';
}

function badRequest(error: HttpStatusError): StoreMeaning {
  return error.target === 'mediaType' ? 'refused' : 'invalid-document';
}
