import { app, type Timer } from '@azure/functions';
import { parseSchedule } from '../../embedded/timers/schedule';
import { TimerRunner } from '../../embedded/timers/timer-runner';
import { createDurableHost, type DurableHost } from '../support/durable-host';

const minute = 60_000;
const hour = 60 * minute;
let host: DurableHost;
let runs: { at: string; timer: Timer }[];
let runner: TimerRunner;

afterEach(async () => {
  await runner.stop();
  host.close();
});

/** Opens a host with one timer function and starts its runner. */
async function open(options: { schedule: string; runOnStartup?: boolean; useMonitor?: boolean }): Promise<void> {
  runs = [];
  host = await createDurableHost({
    now: '2026-01-01T00:00:30Z',
    register: () =>
      app.timer('tick', {
        ...options,
        handler: (timer) => void runs.push({ at: host.now.toISOString().slice(11, 19), timer }),
      }),
  });
  start();
}

/** Starts a runner on the host's store and clock, as a runtime does when it starts. */
function start(): void {
  const target = host.app.registry.find('timer', 'tick');
  if (target === undefined) throw new Error('no timer');
  const parts = { store: host.store, clock: host.clock, invoker: host.app.invoker, log: () => undefined };
  runner = new TimerRunner(target, parts, { EVERY: '0 */10 * * * *' });
  runner.start();
}

/** Lets time pass, with room for the runner's promises at every occurrence. */
async function pass(ms: number): Promise<void> {
  const end = host.clock.now() + ms;
  do await new Promise((resolve) => setImmediate(resolve));
  while (host.clock.step(end));
}

test('runs at its occurrences in UTC, with the schedule from a setting', async () => {
  await open({ schedule: '%EVERY%' });

  await pass(25 * minute);

  expect(runs.map(({ at }) => at)).toEqual(['00:10:00', '00:20:00']);
  expect(runs[1]?.timer).toMatchObject({
    isPastDue: false,
    schedule: { adjustForDST: true },
    scheduleStatus: { last: '2026-01-01T00:10:00.000Z', next: '2026-01-01T00:20:00.000Z' },
  });
});

test('several occurrences missed while down run once at the start, past due, and then the next one', async () => {
  await open({ schedule: '0 0 * * * *' });
  await pass(hour);
  await runner.stop();
  await pass(5 * hour);

  start();
  await pass(hour);

  expect(runs.map(({ at, timer }) => [at, timer.isPastDue])).toEqual([
    ['01:00:00', false],
    ['06:00:30', true],
    ['07:00:00', false],
  ]);
});

test('runOnStartup runs at the start, not past due; without a monitor nothing is caught up on', async () => {
  await open({ schedule: '0 0 * * * *', runOnStartup: true, useMonitor: false });
  await pass(minute);
  await runner.stop();
  await pass(5 * hour);

  start();
  await pass(minute);

  expect(runs.map(({ timer }) => timer.isPastDue)).toEqual([false, false]);
});

test('a run that takes longer than its interval is not joined by another', async () => {
  let inside = 0;
  let most = 0;
  let release: () => void = () => undefined;
  runs = [];
  host = await createDurableHost({
    register: () =>
      app.timer('tick', {
        schedule: '*/10 * * * * *',
        handler: async () => {
          most = Math.max(most, ++inside);
          await new Promise<void>((resolve) => (release = resolve));
          inside -= 1;
        },
      }),
  });
  start();

  await pass(minute);
  expect(inside).toBe(1);
  release();
  await pass(minute);
  release();

  expect(most).toBe(1);
});

describe('schedules', () => {
  beforeEach(() => open({ schedule: '0 0 0 1 1 *' }));

  test.each([
    ['0 30 9 * * 1-5', '2026-01-02T09:30:00Z', '2026-01-05T09:30:00Z'],
    ['0 0 0 13 * 5', '2026-01-01T00:00:00Z', '2026-02-13T00:00:00Z'],
    ['0 5/15 * * * *', '2026-01-01T00:06:00Z', '2026-01-01T00:20:00Z'],
    ['30 */15 * * * *', '2026-01-01T00:00:30Z', '2026-01-01T00:15:30Z'],
    ['0 0 12 1 jan,jul mon', '2026-01-01T00:00:00Z', '2029-01-01T12:00:00Z'],
  ])('%s after %s is %s', (expression, after, expected) => {
    const next = parseSchedule(expression).next(Date.parse(after));

    expect(new Date(next ?? 0).toISOString()).toBe(new Date(expected).toISOString());
  });

  test.each(['* * * * *', 'nonsense', '0 0 0 * * * *', '00:05:00', '0 61 * * * *', '0 0 0 L * *', '0 0 0 ? * 1#2'])(
    '%s is refused',
    (expression) => {
      expect(() => parseSchedule(expression)).toThrow();
    },
  );
});
