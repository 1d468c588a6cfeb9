/** "Not set" for a date: the Windows epoch. *Observed*. */
export const NO_DATE = '1601-01-01T00:00:00.0000000Z';

/** A date as on the wire: UTC with seven digits of a second; 1601 when not set. *Observed*. */
export function wireDate(time: number | undefined): string {
  return time === undefined ? NO_DATE : new Date(time).toISOString().replace('Z', '0000Z');
}
