const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * Milliseconds of a .NET time span: `hh:mm`, `hh:mm:ss` or `d.hh:mm:ss`, or days alone. As in .NET, `24:00:00` is no day
 * but 24 of them: what would be 24 hours or more is read as `d:hh:mm`. Undefined when the text is none of these.
 *
 * @throws Error for a part that is too large, and for a span of nothing.
 */
export function parseTimeSpan(text: string): number | undefined {
  const parts = partsOf(text);
  if (parts === undefined) return undefined;
  const { days, hours, minutes, seconds } = parts;
  if (hours > 23 || minutes > 59 || seconds > 59) throw new Error(`'${text}' is no time span, such as 00:05:00.`);
  const span = days * dayMs + hours * hourMs + minutes * minuteMs + seconds * secondMs;
  if (span === 0) throw new Error(`'${text}' leaves no time between two runs.`);
  return span;
}

type Parts = Readonly<Record<'days' | 'hours' | 'minutes' | 'seconds', number>>;

function partsOf(text: string): Parts | undefined {
  if (/^\d+$/.test(text)) return { days: Number(text), hours: 0, minutes: 0, seconds: 0 };
  const found = /^(\d+\.)?(\d+):(\d{1,2})(:\d{1,2})?$/.exec(text);
  if (found === null) return undefined;
  const [day, hours, minutes, seconds] = found.slice(1).map((part) => part?.replace(/[.:]/, ''));
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds ?? 0)];
  if (day === undefined && seconds !== undefined && hour > 23) {
    return { days: hour, hours: minute, minutes: second, seconds: 0 };
  }
  return { days: Number(day ?? 0), hours: hour, minutes: minute, seconds: second };
}
