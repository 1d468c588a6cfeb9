import { Cron } from 'croner';

/** When a timer trigger is due. Times are epoch milliseconds. */
export interface Schedule {
  /** The first occurrence after a time, or undefined when there is none any more. */
  next(after: number): number | undefined;
  /** True when two occurrences are at least a minute apart: only then are missed ones caught up on. */
  readonly isMonitored: boolean;
}

const name = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)';
const value = String.raw`(?:\d+|${name})`;

/** One part of a field's list. The parser knows more (L, W, #): what runs here must run on Azure. */
const fieldPart = new RegExp(String.raw`^(?:\*|${value}(?:-${value})?)(?:/\d+)?$`, 'i');

/**
 * Reads an NCRONTAB expression of six fields (second first), in UTC. Day of month and day of week must both match, as
 * on Azure, unlike in classic cron.
 *
 * @throws Error when it cannot be understood.
 */
export function parseSchedule(expression: string): Schedule {
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 6) {
    throw new Error(`'${expression}' is no NCRONTAB expression of six fields, such as '0 */5 * * * *'.`);
  }
  const foreign = fields.find((field) => !field.split(',').every((part) => fieldPart.test(part)));
  if (foreign !== undefined) throw new Error(`'${expression}': '${foreign}' is not understood on Azure.`);
  const options = { paused: true, timezone: 'UTC', mode: '6-part', domAndDow: true, sloppyRanges: true } as const;
  const cron = new Cron(fields.join(' '), options);
  const next = (after: number): number | undefined => cron.nextRun(new Date(after))?.getTime();
  return { next, isMonitored: isMonitored(next) };
}

/** Looks at some occurrences from a fixed time: an expression's density does not depend on when it is asked. */
function isMonitored(next: Schedule['next']): boolean {
  let at = next(Date.UTC(2024, 0, 1)) ?? 0;
  for (let count = 0; count < 5; count++) {
    const following = next(at);
    if (following === undefined) return true;
    if (following - at < 60_000) return false;
    at = following;
  }
  return true;
}
