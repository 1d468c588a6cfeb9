/** A time zone. Instants are epoch milliseconds; wall times are milliseconds as if the zone's clock showed UTC. */
export interface TimeZone {
  /** What has to be added to an instant for the wall time. */
  offsetAt(instant: number): number;
  /** The instants at which the clock shows a time, earlier first: none in the gap of spring, two in autumn. */
  instantsOf(wall: number): readonly number[];
  /** The instant of a wall time as .NET takes it: standard time for one that comes twice or not at all. */
  instantOf(wall: number): number;
}

const dayMs = 86_400_000;

/**
 * Finds a time zone by its IANA name, such as `Europe/Berlin`.
 *
 * @throws Error that says what a name looks like, when it is none: also for Windows' own names, which Azure takes on
 *   Windows.
 */
export function findTimeZone(name: string): TimeZone {
  const offsetAt = /^(utc|etc\/utc)$/i.test(name) ? () => 0 : offsets(name);
  const around = (wall: number): number[] => [...new Set([offsetAt(wall - dayMs), offsetAt(wall + dayMs)])];
  const instantsOf = (wall: number): number[] => {
    const fitting = around(wall).filter((offset) => offsetAt(wall - offset) === offset);
    return fitting.map((offset) => wall - offset).sort((a, b) => a - b);
  };
  return {
    offsetAt,
    instantsOf,
    // Standard time is what is less ahead: the later one of two instants.
    instantOf: (wall) => instantsOf(wall).at(-1) ?? wall - Math.min(...around(wall)),
  };
}

function offsets(timeZone: string): (instant: number) => number {
  const format = formatOf(timeZone);
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const day = Date.UTC(part('year'), part('month') - 1, part('day'));
    const wall = day + ((part('hour') * 60 + part('minute')) * 60 + part('second')) * 1000;
    return wall - Math.floor(instant / 1000) * 1000;
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const numeric = 'numeric';
  const units = {
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...units, timeZone, hourCycle: 'h23' });
  } catch {
    throw new Error(`WEBSITE_TIME_ZONE is '${timeZone}': give an IANA name, such as Europe/Berlin.`);
  }
}
