import { remoteFailure, type HttpStatusError, type RemoteFailure } from '../http';
import { meaningOfStatus } from './literals';
import type { StoreMeaning } from './meaning';

/** A failed call as data, free of secrets; for `invalid-document` its `messages` are what to show to people. */
export type StoreFailure = RemoteFailure<StoreMeaning>;

/** What the error means; undefined when it did not come from the transport (an account error, a bug). */
export function storeFailure(error: unknown, now: () => Date = () => new Date()): StoreFailure | undefined {
  return remoteFailure(error, { meaningOfStatus, messagesOf }, now);
}

/** The message and whatever `details` and `data` add; both normally empty lists, of strings or of error objects. */
function messagesOf(error: HttpStatusError): string[] {
  const more =
    typeof error.body === 'object' && error.body !== null
      ? [member(error.body, 'details'), member(error.body, 'data')]
      : [];
  const texts = more.flat().map(textOf);
  return [...new Set([error.serviceMessage, ...texts].filter((text) => text !== undefined && text !== ''))] as string[]; // the filter leaves no undefined
}

function member(body: object, name: string): unknown[] {
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1];
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || !('message' in value)) return undefined;
  return typeof value.message === 'string' ? value.message : undefined;
}
