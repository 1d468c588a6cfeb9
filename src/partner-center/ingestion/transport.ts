import type { TransportOptions } from '../http';
import { readIngestionError } from './error-body';

/** What the transport of this API needs besides addresses and identity. */
export const ingestionTransport = {
  clientRequestHeader: 'Client-Request-ID',
  timeouts: { requestMs: 60_000 },
  correlationHeaders: ['request-id'],
  readError: readIngestionError,
} as const satisfies Partial<TransportOptions>;
