// Timer triggers as the host's listener runs them: TimerListener.cs, ScheduleMonitor.cs and TimerSchedule.cs of
// Azure/azure-webjobs-sdk-extensions (src/WebJobs.Extensions/Extensions/Timers).
import { app, type Timer } from '@azure/functions';
import type { LogSink } from '../../embedded/engine/log';
import { TimerRunner } from '../../embedded/timers/timer-runner';
import { createDurableHost, type DurableHost } from '../support/durable-host';

const minute = 60_000;
const hour = 60 * minute;
let host: DurableHost;
let runs: { at: string; timer: Timer }[];
let runner: TimerRunner;
let environment: Record<string, string> = {};

afterEach(async () => {
  await runner.stop();
  host.close();
});

/** Opens a host with one timer function and starts its runner. */
async function open(options: { schedule: string; runOnStartup?: boolean; useMonitor?: boolean }): Promise<void> {
  environment = { EVERY: '0 */10 * * * *' };
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
function start(log: LogSink = () => undefined): void {
  const target = host.app.registry.find('timer', 'tick');
  if (target === undefined) throw new Error('no timer');
  const parts = { store: host.store, clock: host.clock, invoker: host.app.invoker, log };
  runner = new TimerRunner(target, parts, environment);
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
    scheduleStatus: { last: '2026-01-01T00:10:00+00:00', next: '2026-01-01T00:20:00+00:00' },
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

test('what came due during a run follows it at once, not past due, and one time only', async () => {
  const waiting: (() => void)[] = [];
  host = await createDurableHost({
    now: '2026-01-01T00:00:00Z',
    register: () =>
      app.timer('tick', {
        schedule: '0 * * * * *',
        handler: (timer) => {
          runs.push({ at: host.now.toISOString().slice(11, 19), timer });
          return runs.length === 1 ? new Promise<void>((resolve) => waiting.push(resolve)) : undefined;
        },
      }),
  });
  runs = [];
  start();

  await pass(3.5 * minute);
  waiting.forEach((release) => release());
  await pass(minute);

  expect(runs.map(({ at, timer }) => [at, timer.isPastDue])).toEqual([
    ['00:01:00', false],
    ['00:03:30', false],
    ['00:04:00', false],
  ]);
});

test('a run that fails is logged, and the next one comes', async () => {
  const logged: string[] = [];
  host = await createDurableHost({
    register: () => app.timer('tick', { schedule: '0 0 * * * *', handler: () => Promise.reject(new Error('broken')) }),
  });
  start((entry) => logged.push(entry.message.split('\n', 1)[0] ?? ''));

  await pass(2 * hour);

  expect(logged).toEqual(['The timer threw: Error: broken', 'The timer threw: Error: broken']);
});

test('a schedule that has changed is not past due: the old one’s occurrence is forgotten', async () => {
  await open({ schedule: '%EVERY%' });
  await pass(15 * minute);
  await runner.stop();
  environment = { EVERY: '0 30 12 * * *' };
  await pass(5 * hour);

  start();
  await pass(8 * hour);

  expect(runs.map(({ at, timer }) => [at, timer.isPastDue])).toEqual([
    ['00:10:00', false],
    ['12:30:00', false],
  ]);
});

test('more often than once a minute there is no monitor: nothing is caught up on, and no status is told', async () => {
  await open({ schedule: '*/20 * * * * *' });
  await pass(minute);
  await runner.stop();
  await pass(hour);

  start();
  await pass(0);

  expect(host.store.schedules.get('tick')).toBeUndefined();
  expect(runs).toHaveLength(3);
  expect(runs[0]?.timer).toMatchObject({ isPastDue: false, scheduleStatus: null });
});

test('a run by hand leaves no trace in the schedule, and waits for the one under way', async () => {
  await open({ schedule: '0 0 * * * *' });
  const before = host.store.schedules.get('tick');

  await Promise.all([runner.trigger(), runner.trigger()]);

  expect(runs).toHaveLength(2);
  expect(host.store.schedules.get('tick')).toEqual(before);
});

test('a time span counts from the start, and from the begin of each run', async () => {
  await open({ schedule: '00:07:00' });

  await pass(15 * minute);

  expect(runs.map(({ at }) => at)).toEqual(['00:07:30', '00:14:30']);
  expect(runs[0]?.timer.schedule).toEqual({ adjustForDST: false });
});

test('WEBSITE_TIME_ZONE sets the clock, and the times that the function is told', async () => {
  await open({ schedule: '0 30 9 * * *' });
  await runner.stop();
  environment = { WEBSITE_TIME_ZONE: 'Asia/Kolkata' };
  start();

  await pass(24 * hour);

  expect(runs.map(({ at }) => at)).toEqual(['04:00:00']);
  expect(runs[0]?.timer.scheduleStatus.next).toBe('2026-01-01T09:30:00+05:30');
});

test.each([
  [{ schedule: '0 61 * * * *' }, {}, "'tick': '0 61 * * * *': the minute 61 is not between 0 and 59."],
  [{ schedule: '%NONE%' }, {}, "'tick': The setting NONE is not set"],
  [{ schedule: '0 0 0 * * *' }, { WEBSITE_TIME_ZONE: 'Pacific Standard Time' }, 'give an IANA name'],
])('what cannot be scheduled is refused at the start, by name: %j with %j', async (options, settings, message) => {
  await open({ schedule: '0 0 0 * * *' });
  const other = await createDurableHost({
    register: () => app.timer('tick', { ...options, handler: () => undefined }),
  });
  const target = other.app.registry.find('timer', 'tick');
  if (target === undefined) throw new Error('no timer');
  const parts = { store: other.store, clock: other.clock, invoker: other.app.invoker, log: () => undefined };

  expect(() => new TimerRunner(target, parts, settings)).toThrow(message);
  other.close();
});
