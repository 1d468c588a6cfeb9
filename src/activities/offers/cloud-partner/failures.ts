import type { Failure } from '../../../domain/failure';
import type { FailureCode } from '../../../domain/failure-catalogue';
import { cloudPartnerFailure } from '../../../partner-center/cloud-partner-portal';
import type { CloudPartnerFailure } from '../../../partner-center/cloud-partner-portal';
import { ofRemote, refusals } from '../../remote-failure';

/** The API has taken a request to begin something, and it cannot be seen which operation that became. */
export class OperationUnseenError extends Error {}

/** An offer was to be made, and another has its id by now. */
export class OfferTakenError extends Error {}

/** An offer came without its version: to replace it could undo what others have done since. */
export class OfferUnversionedError extends Error {}

const codes: Record<CloudPartnerFailure['meaning'], FailureCode> = {
  'offer-changed': 'submission-changed',
  'offer-exists': 'product-busy',
  'invalid-offer': 'submission-refused',
  'operation-refused': 'product-busy',
  'publisher-not-found': 'product-not-found',
  'offer-not-found': 'product-not-found',
  'version-not-found': 'product-not-found',
  'slot-empty': 'product-not-found',
  'operation-not-found': 'submission-lost',
  'not-found': 'product-not-found',
  'invalid-id': 'product-not-found',
  unauthorized: 'account-not-allowed',
  forbidden: 'product-forbidden',
  throttled: 'rate-limited',
  deferred: 'rate-limited',
  refused: 'partner-center-unavailable',
  server: 'partner-center-unavailable',
  'no-response': 'partner-center-unavailable',
  timeout: 'partner-center-unavailable',
  'malformed-answer': 'partner-center-unavailable',
  aborted: 'activity-interrupted',
};

/** What an error means for a release; `undefined` when nobody expected it. */
export function ofCloudPartner(error: unknown): Failure | undefined {
  if (error instanceof OperationUnseenError) {
    return { code: 'partner-center-unavailable', message: error.message, retryable: true, unclear: true };
  }
  if (error instanceof OfferUnversionedError) {
    return { code: 'partner-center-unavailable', message: error.message, retryable: true };
  }
  // The next attempt looks first, and finds it.
  if (error instanceof OfferTakenError) return { code: 'product-busy', message: error.message, retryable: true };
  const remote = cloudPartnerFailure(error);
  return remote === undefined ? undefined : toFailure(remote);
}

function toFailure(remote: CloudPartnerFailure): Failure {
  const { meaning, messages } = remote;
  const failure = ofRemote(remote, codes[meaning], meaning === 'invalid-offer' ? refusals(messages) : undefined);
  return meaning === 'offer-exists' ? { ...failure, retryable: true } : failure;
}
