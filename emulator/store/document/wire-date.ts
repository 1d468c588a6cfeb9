/** "Not set" for a date: the Windows epoch. *Observed*. */
export const NO_DATE = '1601-01-01T00:00:00.0000000Z';

/** A date as on the wire: UTC with seven digits of a second; 1601 when not set. *Observed*. */
export function wireDate(time: number | undefined): string {
  return time === undefined ? NO_DATE : new Date(time).toISOString().replace('Z', '0000Z');
}

const ISO_DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?$/;

/** A date of ISO 8601, in UTC unless it says otherwise (*assumed*); undefined for everything else. */
export function readDate(text: string): number | undefined {
  const parts = ISO_DATE.exec(text);
  if (!parts) return undefined;
  const value = Date.parse(text.includes('T') && parts[4] === undefined ? `${text}Z` : text);
  return Number.isNaN(value) ? undefined : value;
}
