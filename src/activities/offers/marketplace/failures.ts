import type { Failure } from '../../../domain/failure';
import type { FailureCode } from '../../../domain/failure-catalogue';
import type { Fault } from '../../../domain/release';
import type { CommonMeaning } from '../../../partner-center/http';
import { ingestionFailure } from '../../../partner-center/ingestion';
import type { IngestionFailure, IngestionMeaning } from '../../../partner-center/ingestion';

/** What ends a method of the port that has no `Result`: expected, and data for whoever called the activity. */
export class MarketplaceError extends Error {
  override readonly name = 'MarketplaceError';

  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

const codes: Record<IngestionMeaning | CommonMeaning, FailureCode> = {
  'etag-conflict': 'submission-changed',
  'product-exists': 'product-busy',
  'submission-conflict': 'product-busy',
  'submission-not-promotable': 'preview-lost',
  'submission-not-deletable': 'submission-changed',
  conflict: 'submission-changed',
  'invalid-document': 'submission-refused',
  unauthorized: 'account-not-allowed',
  forbidden: 'product-forbidden',
  'not-found': 'product-not-found',
  refused: 'partner-center-unavailable',
  throttled: 'rate-limited',
  server: 'partner-center-unavailable',
  'no-response': 'partner-center-unavailable',
  timeout: 'partner-center-unavailable',
  'malformed-answer': 'partner-center-unavailable',
  deferred: 'rate-limited',
  aborted: 'activity-interrupted',
};

/** What an error of the submission API means for a release; `undefined` when it did not come from there. */
export function ofMarketplace(error: unknown): Failure | undefined {
  if (error instanceof MarketplaceError) return error.failure;
  const remote = ingestionFailure(error);
  return remote === undefined ? undefined : ofRemote(remote);
}

function ofRemote(remote: IngestionFailure): Failure {
  const { meaning, message, retryable, unclear, retryAfterMs, ticket, faultCorrelationId } = remote;
  const correlationId = faultCorrelationId ?? remote.correlationId;
  const errors = meaning === 'invalid-document' ? faultsOf(remote) : [];
  return {
    code: codes[meaning],
    message: message.slice(0, 2000),
    // An unclear change is worth another attempt, whatever it was: that attempt looks first.
    retryable: retryable || unclear,
    ...(unclear ? { unclear } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(ticket === undefined ? {} : { ticket }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(errors.length === 0 ? {} : { errors }),
  };
}

/** Member by member where the service says so, else its words. */
function faultsOf({ fields, messages }: IngestionFailure): Fault[] {
  const texts = fields.map((fault) => `${fault.field}: ${fault.messages.join(' ')}`);
  return (texts.length > 0 ? texts : messages).slice(0, 50).map((text) => ({
    pointer: '',
    code: 'refused-by-partner-center',
    message: text.slice(0, 500),
  }));
}

/** Whether what was asked for is not there. */
export function isNotFound(error: unknown): boolean {
  return ingestionFailure(error)?.meaning === 'not-found';
}

/** What a read answers; `undefined` where what was asked for is not there. */
export async function found<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Lists lag behind what was made: the next attempt looks again. */
export function notShownYet(what: string): MarketplaceError {
  const message = `Partner Center does not show ${what} yet.`;
  return new MarketplaceError({ code: 'partner-center-unavailable', message, retryable: true });
}
