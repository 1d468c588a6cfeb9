import { AccountError } from '../accounts';
import type { AccountErrorCode } from '../accounts';
import { failed } from '../domain/failure';
import type { Failure, Result } from '../domain/failure';
import type { FailureCode } from '../domain/failure-catalogue';
import { PackageError } from '../packages';
import type { PackageErrorCode } from '../packages';
import { storeFailure } from '../partner-center/store';
import type { StoreFailure, StoreMeaning } from '../partner-center/store';
import { StorageError } from '../storage/storage-error';
import { AmbiguousName } from './named-product';
import { ofRemote, refusals } from './remote-failure';

/**
 * Runs an activity's work; what it throws and is expected becomes data. A bug stays a throw.
 *
 * @param remoteFailure reads the errors of the API that the activity calls; the Store's unless told otherwise
 */
export async function guarded<T>(
  work: () => Promise<Result<T>>,
  remoteFailure: RemoteReading = ofStoreError,
): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    const failure = toFailure(error, remoteFailure);
    if (failure === undefined) throw error;
    return failed(failure);
  }
}

/** What an error of an API means; `undefined` when it did not come from the API. */
export type RemoteReading = (error: unknown) => Failure | undefined;

/** The failure that an error stands for; `undefined` when nobody expected it. */
export function toFailure(error: unknown, remoteFailure: RemoteReading = ofStoreError): Failure | undefined {
  if (error instanceof StorageError) {
    return { code: 'storage-unavailable', message: error.message, retryable: error.retryable };
  }
  if (error instanceof AccountError) return ofAccount(error);
  if (error instanceof PackageError) return ofPackage(error);
  if (error instanceof AmbiguousName) return { code: 'product-ambiguous', message: error.message, retryable: false };
  return remoteFailure(error);
}

/** What an error of the Store's API means. */
export function ofStoreError(error: unknown): Failure | undefined {
  const remote = storeFailure(error);
  return remote === undefined ? undefined : ofStore(remote);
}

const accountCodes: Partial<Record<AccountErrorCode, FailureCode>> = {
  'unknown-account': 'account-unknown',
  'entra-unreachable': 'credential-unavailable',
  'identity-unavailable': 'credential-unavailable',
  'secret-missing': 'credential-unavailable',
  'secret-disabled': 'credential-unavailable',
  'secret-empty': 'credential-unavailable',
  'vault-forbidden': 'credential-unavailable',
  'vault-sign-in-failed': 'credential-unavailable',
  'vault-throttled': 'credential-unavailable',
  'vault-unreachable': 'credential-unavailable',
};

function ofAccount(error: AccountError): Failure {
  const { code, message, remedy, retryable, retryAfterMs } = error;
  return {
    code: accountCodes[code] ?? 'credential-refused',
    message: `${message}. ${remedy}`,
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

const packageCodes: Partial<Record<PackageErrorCode, FailureCode>> = {
  'source-not-found': 'package-unavailable',
  'source-forbidden': 'package-unavailable',
  'source-unreachable': 'package-unavailable',
  'package-changed': 'package-changed',
  'upload-url-expired': 'upload-failed',
  'upload-url-invalid': 'upload-failed',
  'upload-failed': 'upload-failed',
  'storage-unavailable': 'storage-unavailable',
};

function ofPackage({ code, message, retryable, retryAfterMs }: PackageError): Failure {
  return {
    code: packageCodes[code] ?? 'package-invalid',
    message,
    // A refused upload address is asked for anew by the next attempt.
    retryable: retryable || code === 'upload-url-expired',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

const storeCodes: Record<StoreMeaning, FailureCode> = {
  'create-conflict': 'product-busy',
  'product-conflict': 'product-busy',
  'product-not-deletable': 'product-busy',
  'rollout-not-running': 'partner-center-unavailable',
  'unsupported-features': 'unsupported-features',
  'draft-edited-in-portal': 'draft-edited-in-portal',
  'submission-not-found': 'submission-lost',
  'application-not-found': 'product-not-found',
  'flight-not-found': 'product-not-found',
  'add-on-not-found': 'product-not-found',
  'flight-dead': 'flight-spent',
  'invalid-id': 'product-not-found',
  'not-found': 'product-not-found',
  'not-deletable': 'submission-changed',
  'wrong-state': 'submission-changed',
  'other-product': 'submission-lost',
  'invalid-document': 'submission-refused',
  unauthorized: 'account-not-allowed',
  forbidden: 'product-forbidden',
  'not-onboarded': 'account-not-allowed',
  throttled: 'rate-limited',
  refused: 'partner-center-unavailable',
  server: 'partner-center-unavailable',
  'no-response': 'partner-center-unavailable',
  timeout: 'partner-center-unavailable',
  'malformed-answer': 'partner-center-unavailable',
  deferred: 'rate-limited',
  aborted: 'activity-interrupted',
};

/** What a failed call to the Store API means for a release. */
export function ofStore(remote: StoreFailure): Failure {
  const { meaning, messages } = remote;
  return ofRemote(remote, storeCodes[meaning], meaning === 'invalid-document' ? refusals(messages) : undefined);
}
