import type { Failure } from '../../../domain/failure';
import type { FailureCode } from '../../../domain/failure-catalogue';
import type { Fault } from '../../../domain/release';
import type { CommonMeaning } from '../../../partner-center/http';
import { ingestionFailure } from '../../../partner-center/ingestion';
import type { IngestionFailure, IngestionMeaning } from '../../../partner-center/ingestion';
import { ofRemote, refusals } from '../../remote-failure';

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
  return remote === undefined ? undefined : toFailure(remote);
}

function toFailure(remote: IngestionFailure): Failure {
  const { meaning, faultCorrelationId: correlationId } = remote;
  const errors = meaning === 'invalid-document' ? faultsOf(remote) : [];
  const named = correlationId === undefined ? remote : { ...remote, correlationId };
  return ofRemote(named, codes[meaning], errors.length === 0 ? undefined : errors);
}

/** Member by member where the service says so, else its words. */
function faultsOf({ fields, messages }: IngestionFailure): Fault[] {
  const texts = fields.map((fault) => `${fault.field}: ${fault.messages.join(' ')}`);
  return refusals(texts.length > 0 ? texts : messages);
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
