// Schedules as the host reads them: NCrontab (atifaziz/NCrontab, CrontabFieldImpl.cs, CrontabField.cs) for expressions,
// CronSchedule.cs of Azure/azure-webjobs-sdk-extensions for time zones, TimerSchedule.cs there for the monitor.
import { parseSchedule } from '../../embedded/timers/schedule';

/** So many occurrences after a time, in the zone's own time with its offset. */
function occurrences(expression: string, after: string, count: number, zone?: string): string[] {
  const schedule = parseSchedule(expression, zone);
  const found: string[] = [];
  let at: number | undefined = Date.parse(after);
  while (at !== undefined && found.length < count) {
    at = schedule.next(at);
    if (at !== undefined) found.push(schedule.format(at));
  }
  return found;
}

describe('an expression', () => {
  test.each([
    ['0 30 9 * * 1-5', '2026-01-02T09:30:00Z', '2026-01-05T09:30:00'],
    ['both days must match', '2026-01-01T00:00:00Z', '2026-02-13T00:00:00', '0 0 0 13 * 5'],
    ['0 5/15 * * * *', '2026-01-01T00:06:00Z', '2026-01-01T00:20:00'],
    ['30 */15 * * * *', '2026-01-01T00:00:30Z', '2026-01-01T00:15:30'],
    ['0 0 12 1 jan,jul mon', '2026-01-01T00:00:00Z', '2029-01-01T12:00:00'],
    ['any beginning of a name', '2026-01-01T00:00:00Z', '2026-12-01T00:00:00', '0 0 0 * Decem tu-wednesday'],
    ['a range the wrong way round', '2026-01-01T05:00:00Z', '2026-01-02T02:00:00', '0 0 5-2 * * *'],
    ['a range with steps', '2026-01-01T08:00:00Z', '2026-01-01T11:00:00', '0 0 8-17/3 * * *'],
    ['a step of nothing is one of one', '2026-01-01T08:00:00Z', '2026-01-01T08:01:00', '0 */0 * * * *'],
    ['five fields begin with the minute', '2026-01-01T00:00:01Z', '2026-01-01T00:05:00', '*/5 * * * *'],
    ['a leap day', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00', '0 0 0 29 2 *'],
    ['a fraction of a second', '2026-01-01T00:00:00.500Z', '2026-01-01T00:00:01', '* * * * * *'],
  ])('%s after %s is %s', (name, after, expected, expression = name) => {
    expect(occurrences(expression, after, 1)).toEqual([`${expected}+00:00`]);
  });

  test('for a day that never comes has no occurrence', () => {
    expect(occurrences('0 0 0 31 2 *', '2026-01-01T00:00:00Z', 1)).toEqual([]);
  });

  test.each([
    ['', 'has not five or six fields'],
    ['nonsense', 'has not five or six fields'],
    ['0 0 0 * * * *', 'has not five or six fields'],
    ['0 61 * * * *', 'the minute 61 is not between 0 and 59'],
    ['0 0 0 * * 7', 'the day of week 7 is not between 0 and 6'],
    ['0 0 0 0 * *', 'the day of month 0 is not between 1 and 31'],
    ['0 0 0 L * *', "the day of month 'L' is not understood on Azure"],
    ['0 0 0 ? * *', "the day of month '?' is not understood on Azure"],
    ['0 0 0 * * 1#2', "the day of week '1#2' is not understood on Azure"],
    ['0 0 0 * foo *', "the month 'foo' is not understood on Azure"],
    ['0 1,,2 * * * *', "the minute '' is not understood on Azure"],
    ['0 mon * * * *', "the minute 'mon' is not understood on Azure"],
  ])('%j is refused', (expression, message) => {
    expect(() => parseSchedule(expression)).toThrow(message);
  });
});

describe('a time span', () => {
  test.each([
    ['00:05:00', 5 * 60],
    ['01:30', 90 * 60],
    ['1.00:00:30', 86_430],
    ['2', 2 * 86_400],
    // .NET reads what would be 24 hours as days.
    ['24:00:00', 24 * 86_400],
  ])('%s is %d seconds', (text, seconds) => {
    expect(parseSchedule(text).next(1000)).toBe(1000 + seconds * 1000);
  });

  test.each([
    ['00:00:00', 'leaves no time between two runs'],
    ['00:60:00', 'is no time span'],
    ['1.24:00:00', 'is no time span'],
  ])('%s is refused', (text, message) => {
    expect(() => parseSchedule(text)).toThrow(message);
  });
});

test.each([
  ['* * * * * *', false],
  ['0,30 * * * * *', false],
  ['30 * * * * *', true],
  ['* * * * *', true],
  // Twice within a minute, but not every minute.
  ['*/30 0 * * * *', true],
  ['00:00:59', false],
  ['00:01:00', true],
])('missed occurrences of %s are caught up on: %s', (expression, expected) => {
  expect(parseSchedule(expression).isMonitored).toBe(expected);
});

describe('daylight saving', () => {
  const losAngeles = 'America/Los_Angeles';

  test.each([
    [
      'a point in time in the hour that is left out comes an hour later',
      '0 30 2 * * *',
      '2018-03-10T09:00:00Z',
      ['2018-03-10T02:30:00-08:00', '2018-03-11T03:30:00-07:00', '2018-03-12T02:30:00-07:00'],
    ],
    [
      'an interval goes over the hour that is left out',
      '0 */30 * * * *',
      '2018-03-11T09:00:00Z',
      ['2018-03-11T01:30:00-08:00', '2018-03-11T03:00:00-07:00', '2018-03-11T03:30:00-07:00'],
    ],
    [
      'a point in time in the hour that comes twice comes in the first',
      '0 30 1 * * *',
      '2018-11-03T07:00:00Z',
      ['2018-11-03T01:30:00-07:00', '2018-11-04T01:30:00-07:00', '2018-11-05T01:30:00-08:00'],
    ],
    [
      'begun in the second of them, it is taken for done',
      '0 30 1 * * *',
      '2018-11-04T09:29:00Z',
      ['2018-11-05T01:30:00-08:00'],
    ],
    [
      'an interval goes on through both',
      '0 */30 * * * *',
      '2018-11-04T07:30:00Z',
      [
        '2018-11-04T01:00:00-07:00',
        '2018-11-04T01:30:00-07:00',
        '2018-11-04T01:00:00-08:00',
        '2018-11-04T01:30:00-08:00',
        '2018-11-04T02:00:00-08:00',
      ],
    ],
  ])('%s', (_, expression, after, expected) => {
    expect(occurrences(expression, after, expected.length, losAngeles)).toEqual(expected);
  });

  test('is not for time spans', () => {
    expect(occurrences('12:00:00', '2018-03-11T00:00:00Z', 2, losAngeles)).toEqual([
      '2018-03-11T05:00:00-07:00',
      '2018-03-11T17:00:00-07:00',
    ]);
  });

  test('moves a schedule with the clocks of its zone', () => {
    expect(occurrences('0 0 9 * * *', '2026-03-28T00:00:00Z', 2, 'Europe/Berlin')).toEqual([
      '2026-03-28T09:00:00+01:00',
      '2026-03-29T09:00:00+02:00',
    ]);
  });

  test('of half an hour is one, too', () => {
    expect(occurrences('0 45 1 * * *', '2026-04-03T00:00:00Z', 3, 'Australia/Lord_Howe')).toEqual([
      '2026-04-04T01:45:00+11:00',
      '2026-04-05T01:45:00+11:00',
      '2026-04-06T01:45:00+10:30',
    ]);
  });
});

test.each(['Pacific Standard Time', 'Mars/Olympus'])('the time zone %s is refused by name', (zone) => {
  expect(() => parseSchedule('0 0 0 * * *', zone)).toThrow(
    `WEBSITE_TIME_ZONE is '${zone}': give an IANA name, such as Europe/Berlin.`,
  );
});
