const form = /^P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/;
const unitsMs = [7 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000] as const;

/**
 * Milliseconds of an ISO 8601 duration in weeks, days, hours, minutes and seconds (`PT30M`, `P3D`); `undefined` for
 * anything else. Years and months are not taken: nobody can say how long they are.
 */
export function parseDuration(text: string): number | undefined {
  const match = form.exec(text);
  if (match === null || text.endsWith('T') || text === 'P') return undefined;
  return unitsMs.reduce((sum, unit, index) => sum + unit * Number(match[index + 1] ?? 0), 0);
}
