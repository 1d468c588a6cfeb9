import { standardPortalError } from '../cloud-partner/errors';
import { json, type Answer } from './answer';
import { entraAnswer, entraError, type Trace } from '../entra/errors';
import { standardIngestionError } from '../ingestion/errors';
import type { FaultAnswer } from './fault-request';
import { gatewayThrottled } from '../store/rate-limit';
import type { Surface } from './operation';

const GATEWAY = new Set([502, 503, 504]);
const REASONS: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  411: 'Length Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Time-out',
};
const STORE_CODES: Record<number, string> = {
  400: 'InvalidParameterValue',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'ResourceNotFound',
  409: 'InvalidState',
};

const STORAGE_CODES: Record<number, string> = {
  400: 'InvalidInput',
  403: 'AuthenticationFailed',
  404: 'BlobNotFound',
  409: 'BlobImmutableDueToPolicy',
  412: 'ConditionNotMet',
  500: 'InternalError',
  503: 'ServerBusy',
  504: 'OperationTimedOut',
};

/** The answer of a fault: the body that was asked for, else the one that the service would send. */
export function faultAnswer(fault: FaultAnswer, surface: Surface, trace: () => Trace): Answer {
  const headers: Record<string, string> = { ...fault.headers };
  if (fault.retryAfter) headers['retry-after'] = retryAfter(fault.retryAfter);
  if (fault.aadsts !== undefined) {
    return { ...entraAnswer(entraError(fault.aadsts), trace()), status: fault.status, headers };
  }
  switch (fault.body ?? (fault.json === undefined ? 'standard' : 'json')) {
    case 'absent':
      return { status: fault.status, headers };
    case 'html':
      return { ...html(fault.status), headers };
    case 'json':
      return json(fault.status, fault.json, headers);
    case 'standard':
      return withHeaders(standardError(fault.status, surface), headers);
  }
}

function withHeaders(answer: Answer, headers: Readonly<Record<string, string>>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

function retryAfter(wanted: NonNullable<FaultAnswer['retryAfter']>): string {
  return 'seconds' in wanted ? String(wanted.seconds) : new Date(Date.now() + wanted.dateIn * 1000).toUTCString();
}

/**
 * What a service says by itself with a status. *Observed* for Partner Center's 429 and 500; the others are *assumed* in
 * its usual shape. Gateways (502, 503, 504) answer HTML.
 */
function standardError(status: number, surface: Surface): Answer {
  if (surface === 'storage') return storageError(status, STORAGE_CODES[status] ?? 'InternalError');
  if (GATEWAY.has(status)) return html(status);
  const message = `${REASONS[status] ?? 'Error'}`;
  switch (surface) {
    case 'entra':
      return json(status, {
        error: status === 429 ? 'temporarily_unavailable' : 'server_error',
        error_description: message,
      });
    case 'key-vault':
      return vaultError(status, message);
    case 'cloud-partner':
      return standardPortalError(status, message);
    case 'ingestion':
      return standardIngestionError(status, message);
    case 'store':
      return json(status, standardStoreError(status, message));
  }
}

function vaultError(status: number, message: string): Answer {
  const code = status === 429 ? 'Throttled' : message.replace(/[^A-Za-z]/g, '');
  return json(status, { error: { code, message } });
}

function standardStoreError(status: number, message: string): unknown {
  if (status === 429) return gatewayThrottled(60);
  return status === 500 ? INTERNAL_ERROR : storeError(status, message);
}

function storeError(status: number, message: string): unknown {
  return { code: STORE_CODES[status] ?? 'ServiceError', data: [], details: [], message, source: 'Ingestion Api' };
}

/** An error of Azure Storage; the header is what its clients look at. *Documented*. */
export function storageError(status: number, code: string, detail = ''): Answer {
  const message = REASONS[status] ?? 'Error';
  const more = detail === '' ? '' : `<AuthenticationErrorDetail>${detail}</AuthenticationErrorDetail>`;
  const content = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}</Message>${more}</Error>`;
  return { status, headers: { 'x-ms-error-code': code }, text: { type: 'application/xml', content } };
}

const INTERNAL_ERROR = {
  code: 'InternalServerError',
  data: [],
  details: [],
  innererror: {
    code: 'UnknownInternalFailure',
    data: [],
    details: [],
    message: 'The service has encountered an unknown internal server error: ',
  },
  message: 'An internal server error occurred while processing the operation.',
  source: 'Ingestion Api',
};

function html(status: number): Answer {
  const title = `${status} ${REASONS[status] ?? 'Error'}`;
  const content = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
  return { status, text: { type: 'text/html', content } };
}
