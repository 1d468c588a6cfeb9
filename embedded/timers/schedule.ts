import { type Crontab, parseCrontab } from './ncrontab';
import { parseTimeSpan } from './time-span';
import { findTimeZone, type TimeZone } from './time-zone';

/** When a timer trigger is due. Times are epoch milliseconds. */
export interface Schedule {
  /** The first occurrence after a time, or undefined when there is none any more. */
  next(after: number): number | undefined;
  /** False for what runs more often than once a minute: its missed occurrences are not caught up on. */
  readonly isMonitored: boolean;
  /** Whether it follows a clock that is put forward and back. */
  readonly adjustsForDst: boolean;
  /** ISO 8601 with the offset of the schedule's time zone. */
  readonly format: (instant: number) => string;
}

/**
 * Reads a schedule: an NCRONTAB expression of six or five fields, or a time span such as `00:05:00` between two runs.
 *
 * @param timeZone IANA name; what `WEBSITE_TIME_ZONE` says. Default UTC.
 * @throws Error when either cannot be understood.
 */
export function parseSchedule(expression: string, timeZone = 'UTC'): Schedule {
  const zone = findTimeZone(timeZone);
  const format = (instant: number): string => formatIn(zone, instant);
  const interval = parseTimeSpan(expression.trim());
  if (interval !== undefined) {
    const next = (after: number): number => after + interval;
    return { next, isMonitored: interval >= 60_000, adjustsForDst: false, format };
  }
  const crontab = parseCrontab(expression);
  const next = (after: number): number | undefined => nextIn(zone, crontab, after);
  return { next, isMonitored: !crontab.isBelowMinute, adjustsForDst: true, format };
}

/**
 * The next occurrence on the zone's clock, with the host's rules for an hour that comes twice (CronSchedule.cs of
 * Azure/azure-webjobs-sdk-extensions): an interval goes on through both, a point in time comes once, in the first. What
 * falls into the hour that is left out comes as much later as the clock was put forward.
 */
function nextIn(zone: TimeZone, crontab: Crontab, after: number): number | undefined {
  const offset = zone.offsetAt(after);
  const wall = crontab.next(after + offset);
  if (wall === undefined) return undefined;
  const next = zone.instantOf(wall);
  const isTwice = (at: number): boolean => zone.instantsOf(at).length > 1;
  const isNextTwice = isTwice(next + zone.offsetAt(next));
  const shift = zone.offsetAt(next) - offset;
  if (crontab.isInterval) return isNextTwice || isTwice(after + offset) ? next + shift : next;
  if (!isNextTwice) return next;
  return shift === 0 ? firstAfter(zone, crontab, wall) : next + shift;
}

/** The clock has been put back already: what comes twice has been, and the next is the first that comes once. */
function firstAfter(zone: TimeZone, crontab: Crontab, from: number): number | undefined {
  let wall: number | undefined = from;
  while (wall !== undefined && zone.instantsOf(wall).length > 1) wall = crontab.next(wall);
  return wall === undefined ? undefined : zone.instantOf(wall);
}

/** As .NET writes a time: without a fraction when it has none. */
function formatIn(zone: TimeZone, instant: number): string {
  const offset = Math.round(zone.offsetAt(instant) / 60_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  const wall = new Date(instant + offset * 60_000).toISOString().slice(0, -1).replace('.000', '');
  return `${wall}${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
}
