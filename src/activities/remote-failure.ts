import type { Failure } from '../domain/failure';
import type { FailureCode } from '../domain/failure-catalogue';
import type { Fault } from '../domain/release';
import type { RemoteFailure } from '../partner-center/http';

/**
 * What a failed call means for a release, whichever API it went to.
 *
 * @param code what the API's meaning stands for
 * @param errors what the service found wrong in a document
 */
export function ofRemote(remote: RemoteFailure<string>, code: FailureCode, errors?: readonly Fault[]): Failure {
  const { message, retryable, unclear, retryAfterMs, ticket, correlationId } = remote;
  return {
    code,
    message: message.slice(0, 2000),
    // An unclear change is worth another attempt, whatever it was: that attempt looks first.
    retryable: retryable || unclear,
    ...(unclear ? { unclear } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(ticket === undefined ? {} : { ticket }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(errors === undefined ? {} : { errors }),
  };
}

/** What the service found wrong, in its own words. */
export function refusals(texts: readonly string[]): Fault[] {
  return texts
    .slice(0, 50)
    .map((text) => ({ pointer: '', code: 'refused-by-partner-center', message: text.slice(0, 500) }));
}
