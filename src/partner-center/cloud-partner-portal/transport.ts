import type { TransportOptions } from '../http';
import { readCloudPartnerError } from './error-body';
import { parseExact, stringifyExact } from './exact-json';

/** What the transport of this API needs besides addresses and identity. */
export const cloudPartnerTransport = {
  clientRequestHeader: 'X-Ms-Correlation-Request-Id',
  /** The first request after a pause may take minutes. */
  timeouts: { requestMs: 300_000 },
  correlationHeaders: ['X-Ms-Correlation-Request-Id'],
  json: { parse: parseExact, stringify: stringifyExact },
  readError: readCloudPartnerError,
} as const satisfies Partial<TransportOptions>;
