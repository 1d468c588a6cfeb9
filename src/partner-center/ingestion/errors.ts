import { HttpStatusError, remoteFailure, type RemoteFailure } from '../http';
import { readFault, type Fault, type FieldFault } from './error-body';
import { meaningOfStatus } from './literals';
import type { IngestionMeaning } from './meaning';

/** A failed call as data, free of secrets. `status` is what the body names, else what the answer had. */
export interface IngestionFailure extends RemoteFailure<IngestionMeaning> {
  /** What the service found wrong, member by member of what was sent; empty if it does not say. */
  readonly fields: readonly FieldFault[];
  /** The service's id of the fault, from within the body; `correlationId` is that of the exchange. */
  readonly faultCorrelationId?: string;
  readonly operationId?: string;
}

/** What the error means; undefined when it did not come from the transport (an account error, a bug). */
export function ingestionFailure(error: unknown, now: () => Date = () => new Date()): IngestionFailure | undefined {
  const reading = {
    meaningOfStatus: (refusal: HttpStatusError) => meaningOfStatus(refusal, statusOf(refusal)),
    messagesOf,
  };
  const failure = remoteFailure(error, reading, now);
  if (failure === undefined) return undefined;
  return error instanceof HttpStatusError ? { ...failure, ...detailOf(error) } : { ...failure, fields: [] };
}

function detailOf(error: HttpStatusError): Partial<IngestionFailure> & Pick<IngestionFailure, 'fields'> {
  const { fields, correlationId, operationId } = faultOf(error);
  return {
    status: statusOf(error),
    fields,
    ...(correlationId === undefined ? {} : { faultCorrelationId: correlationId }),
    ...(operationId === undefined ? {} : { operationId }),
  };
}

/** The service's own clients believe what the body says. */
function statusOf(error: HttpStatusError): number {
  return faultOf(error).status ?? error.status;
}

/** The body again, as the error keeps it, redacted. */
function faultOf({ body }: HttpStatusError): Fault {
  return body === undefined ? { fields: [] } : readFault({ kind: 'json', value: body });
}

function messagesOf(error: HttpStatusError): readonly string[] {
  const members = faultOf(error).fields.flatMap(({ field, messages }) => messages.map((text) => `${field}: ${text}`));
  return error.serviceMessage === undefined ? members : [error.serviceMessage, ...members];
}
