import { remoteFailure, type CommonMeaning, type HttpStatusError, type RemoteFailure } from '../http';
import type { CloudPartnerMeaning } from './meaning';
import { CloudPartnerOperation } from './operations';

/** A failed call as data, free of secrets; for `invalid-offer` its `messages` are what to show to people. */
export type CloudPartnerFailure = RemoteFailure<CloudPartnerMeaning>;

/** What the error means; undefined when it did not come from the transport (an account error, a bug). */
export function cloudPartnerFailure(
  error: unknown,
  now: () => Date = () => new Date(),
): CloudPartnerFailure | undefined {
  return remoteFailure(error, { meaningOfStatus, messagesOf }, now);
}

type Meaning = CloudPartnerMeaning | CommonMeaning;

/** What is not there: the last thing that the address names. */
const missing: Readonly<Record<string, CloudPartnerMeaning>> = {
  [CloudPartnerOperation.listOffers]: 'publisher-not-found',
  [CloudPartnerOperation.putOffer]: 'publisher-not-found',
  [CloudPartnerOperation.getOffer]: 'offer-not-found',
  [CloudPartnerOperation.getOfferStatus]: 'offer-not-found',
  [CloudPartnerOperation.publishOffer]: 'offer-not-found',
  [CloudPartnerOperation.goLive]: 'offer-not-found',
  [CloudPartnerOperation.cancelOperation]: 'offer-not-found',
  [CloudPartnerOperation.listOperations]: 'offer-not-found',
  [CloudPartnerOperation.getOfferVersion]: 'version-not-found',
  [CloudPartnerOperation.getOfferSlot]: 'slot-empty',
  [CloudPartnerOperation.getOperation]: 'operation-not-found',
};

const plain: Readonly<Record<number, Meaning>> = {
  401: 'unauthorized',
  403: 'forbidden',
  408: 'server',
  412: 'offer-changed',
  422: 'invalid-offer',
  429: 'throttled',
};

function meaningOfStatus(error: HttpStatusError): Meaning {
  const status = statusOf(error);
  if (status === 404) return missing[error.operation] ?? 'not-found';
  if (status === 409)
    return error.operation === CloudPartnerOperation.putOffer ? ofPutConflict(error) : ofConflict(error);
  if (status === 400) return badRequest(error);
  return plain[status] ?? (status >= 500 && status !== 501 ? 'server' : 'refused');
}

/** The back end of migrated offers names the status in its exception, and what stands before it may answer another. */
function statusOf({ status, code }: HttpStatusError): number {
  const named = /^Http(\d{3})Exception$/.exec(code ?? '')?.[1];
  return named === undefined ? status : Number(named);
}

/** Seen for a PUT without a condition alone; with one, a conflict is about what the offer is doing. */
function ofPutConflict({ code }: HttpStatusError): CloudPartnerMeaning {
  return code === 'InvalidResourceId' ? 'offer-exists' : 'operation-refused';
}

function ofConflict({ method }: HttpStatusError): CloudPartnerMeaning {
  return method === 'GET' ? 'refused' : 'operation-refused';
}

function badRequest({ code, method, operation }: HttpStatusError): CloudPartnerMeaning {
  if (code === 'InvalidAPIVersion') return 'refused';
  if (operation === CloudPartnerOperation.putOffer) return 'invalid-offer';
  return method === 'GET' ? 'invalid-id' : 'operation-refused';
}

/** The service's words, and those of `details` where it gives any: strings, or objects with a message. */
function messagesOf({ serviceMessage, body }: HttpStatusError): readonly string[] {
  const details = [body, member(body, 'error')].flatMap((one) => member(one, 'details')).map(textOf);
  const texts = [serviceMessage, ...details].filter((text) => text !== undefined && text !== '');
  return [...new Set(texts)] as string[]; // the filter leaves no undefined
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1] as unknown;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const message = member(value, 'message');
  return typeof message === 'string' ? message : undefined;
}
