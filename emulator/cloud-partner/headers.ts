/** Headers of every answer. *Observed* in logs of a client. */
export function cloudPartnerHeaders(correlationId: string): Record<string, string> {
  return {
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    expires: '-1',
    'x-ms-correlation-request-id': correlationId,
  };
}
