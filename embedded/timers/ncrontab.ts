/** An NCRONTAB expression. Times are of a wall clock: milliseconds since the epoch as if the clock showed UTC. */
export interface Crontab {
  /** The first occurrence after a time, or undefined when there is none in a hundred years. */
  next(after: number): number | undefined;
  /** True for what runs again and again within a day, as the host sees it: it has neighbours in one of its times. */
  readonly isInterval: boolean;
  /** True when it runs more often than once a minute, every minute. */
  readonly isBelowMinute: boolean;
}

interface Field {
  readonly name: string;
  readonly lowest: number;
  readonly highest: number;
  /** Any beginning of a name stands for its number, without case. */
  readonly names?: readonly string[];
}

const months = 'january february march april may june july august september october november december'.split(' ');
const days = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

const fields = {
  second: { name: 'second', lowest: 0, highest: 59 },
  minute: { name: 'minute', lowest: 0, highest: 59 },
  hour: { name: 'hour', lowest: 0, highest: 23 },
  day: { name: 'day of month', lowest: 1, highest: 31 },
  month: { name: 'month', lowest: 1, highest: 12, names: months },
  // Sunday is 0, and 7 is no day.
  weekday: { name: 'day of week', lowest: 0, highest: 6, names: days },
} as const satisfies Record<string, Field>;

type Sets = Readonly<Record<keyof typeof fields, ReadonlySet<number>>>;

/** Without an occurrence in so many years there is none. */
const searchedYears = 100;

/**
 * Reads an expression of six fields, second first, or of five, as NCrontab reads it (atifaziz/NCrontab, CrontabField.cs
 * and CrontabFieldImpl.cs): lists, ranges that may be the wrong way round, steps, names. Day of month and day of week
 * must both match, unlike in classic cron.
 *
 * @throws Error that names the field that cannot be understood.
 */
export function parseCrontab(expression: string): Crontab {
  const given = expression.trim().split(/\s+/);
  const texts = given.length === 5 ? ['0', ...given] : given;
  if (texts.length !== 6) throw new Error(`'${expression}' has not five or six fields, such as '0 */5 * * * *'.`);
  const kinds = Object.entries(fields);
  const parsed = kinds.map(([key, field], index) => [key, parseField(texts[index] ?? '', field, expression)]);
  // One set for each field, in their order.
  const sets = Object.fromEntries(parsed) as Sets;
  const times = given.length === 5 ? [sets.minute, sets.hour] : [sets.second, sets.minute, sets.hour];
  const others = kinds.slice(1).map(([key, { lowest, highest }]) => ({ key, size: highest - lowest + 1 }));
  return {
    next: (after) => nextOf(sets, after),
    isInterval: times.some((set) => [...set].some((value) => set.has(value + 1))),
    // The keys are those of the sets.
    isBelowMinute: sets.second.size > 1 && others.every(({ key, size }) => sets[key as keyof Sets].size === size),
  };
}

function parseField(text: string, field: Field, expression: string): ReadonlySet<number> {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const found = /^(?:\*|([a-z]+|\d+)(?:-([a-z]+|\d+))?)(?:\/(\d+))?$/i.exec(part);
    if (found === null) throw new Error(`'${expression}': the ${field.name} '${part}' is not understood on Azure.`);
    const [, first, last, step] = found;
    const low = first === undefined ? field.lowest : valueOf(first, field, expression);
    const end = step === undefined && first !== undefined ? low : field.highest;
    const high = last === undefined ? end : valueOf(last, field, expression);
    const width = Math.max(1, Number(step ?? 1));
    for (let value = Math.min(low, high); value <= Math.max(low, high); value += width) values.add(value);
  }
  return values;
}

function valueOf(text: string, field: Field, expression: string): number {
  const { lowest, highest, name, names = [] } = field;
  const isNumber = /^\d/.test(text);
  const index = names.findIndex((candidate) => candidate.startsWith(text.toLowerCase()));
  if (!isNumber && index < 0) throw new Error(`'${expression}': the ${name} '${text}' is not understood on Azure.`);
  const value = isNumber ? Number(text) : index + lowest;
  if (value >= lowest && value <= highest) return value;
  throw new Error(`'${expression}': the ${name} ${text} is not between ${lowest} and ${highest}.`);
}

function nextOf(sets: Sets, after: number): number | undefined {
  const date = new Date(Math.floor(after / 1000) * 1000 + 1000);
  const end = date.getUTCFullYear() + searchedYears;
  while (date.getUTCFullYear() < end) {
    if (!sets.month.has(date.getUTCMonth() + 1)) nextMonth(date);
    else if (!sets.day.has(date.getUTCDate()) || !sets.weekday.has(date.getUTCDay())) nextDay(date);
    else if (!sets.hour.has(date.getUTCHours())) date.setUTCHours(date.getUTCHours() + 1, 0, 0);
    else if (!sets.minute.has(date.getUTCMinutes())) date.setUTCMinutes(date.getUTCMinutes() + 1, 0);
    else if (!sets.second.has(date.getUTCSeconds())) date.setUTCSeconds(date.getUTCSeconds() + 1);
    else return date.getTime();
  }
  return undefined;
}

function nextMonth(date: Date): void {
  date.setUTCMonth(date.getUTCMonth() + 1, 1);
  startDay(date);
}

function nextDay(date: Date): void {
  date.setUTCDate(date.getUTCDate() + 1);
  startDay(date);
}

function startDay(date: Date): void {
  date.setUTCHours(0, 0, 0);
}
