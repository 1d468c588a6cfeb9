import { EventType } from '../../embedded/engine/history';
import { createWorld, final, retryable } from './world';
import type { World } from './world';

const hour = 3_600_000;
let world: World;
afterEach(() => world.close());

/** A release whose submission is committed already: what it does is watch. */
async function watching(statuses: string[], plan: Parameters<typeof createWorld>[0] = {}): Promise<World> {
  const created = await createWorld(plan);
  created.product.hold('own', 'CommitStarted');
  created.product.statuses = statuses;
  return created;
}

test('a thousand polls keep the history of every generation below one page', async () => {
  world = await watching([...Array.from({ length: 1_000 }, () => 'Certification'), 'Published']);
  let longest = 0;
  world.host.at('episode-committed', ({ instanceId }) => {
    if (instanceId === world.watchInstance) longest = Math.max(longest, world.host.history(instanceId).length);
  });

  const view = await world.publish();

  expect(view.state).toBe('succeeded');
  expect(world.callsOf('pollStoreSubmission')).toHaveLength(1_001);
  expect(longest).toBeLessThan(300);
  expect(world.events.filter((event) => event.type === 'remote-seen')).toHaveLength(2);
  expect(world.view.steps.find(({ name }) => name === 'certify')?.attempts).toBe(1);
}, 60_000);

test('a step that lasts over many generations begins once', async () => {
  const polls = [...Array.from({ length: 25 }, () => 'PreProcessing'), 'Certification', 'Certification', 'Published'];
  world = await watching(polls);

  const view = await world.publish();

  const begun = world.events.flatMap((event) => (event.type === 'step-started' ? [event.step] : []));
  expect(begun.slice(-2)).toEqual(['certify', 'publish']);
  expect(view.steps.map(({ attempts }) => attempts)).toEqual(view.steps.map(() => 1));
});

test('polls are quick at first, slower the longer a status lasts, and never closer than the floor', async () => {
  world = await watching([...Array.from({ length: 60 }, () => 'Certification'), 'Published']);

  await world.publish();

  const times = world.callsOf('pollStoreSubmission').map(({ at }) => at);
  const waits = times.slice(1).map((at, index) => at - times[index]!);
  expect(waits[0]).toBe(60_000);
  expect(waits.at(-1)).toBe(600_000);
  expect(waits.every((wait, index) => wait >= (waits[index - 1] ?? 30_000))).toBe(true);
});

test('an outage of hours is outlived across generations, told once, and shows when the next look comes', async () => {
  world = await watching(['CommitStarted', 'Published']);
  world.twist(
    'pollStoreSubmission',
    'work',
    ...Array.from({ length: 50 }, () => retryable('partner-center-unavailable')),
  );
  world.start();
  await world.host.runUntil(() => world.callsOf('pollStoreSubmission').length === 15);

  const { nextCheckAt } = world.view;
  const view = await world.finish();

  expect(view.state).toBe('succeeded');
  expect(Date.parse(nextCheckAt!)).toBeGreaterThanOrEqual(world.callsOf('pollStoreSubmission')[14]!.at);
  const times = world.callsOf('pollStoreSubmission').map(({ at }) => at);
  expect(times.at(-1)! - times[0]!).toBeGreaterThan(4 * hour);
  expect(world.events.filter((event) => event.type === 'attempt-failed').length).toBeLessThanOrEqual(3);
});

test('throws of the poll never end the watch', async () => {
  world = await watching(['Published']);
  world.twist('pollStoreSubmission', ...Array.from({ length: 30 }, () => 'throw' as const));

  expect((await world.publish()).state).toBe('succeeded');
});

test('a poll that has slots reserved comes back with its ticket, also in the next generation', async () => {
  world = await watching(['Certification', 'Published']);
  const limited = (name: string) => retryable('rate-limited', { ticket: name, retryAfterMs: 50_000 });
  const tickets = Array.from({ length: 25 }, (_none, index) => `ticket-${index}`);
  world.twist('pollStoreSubmission', ...tickets.map(limited));

  await world.publish();

  const polls = world.callsOf('pollStoreSubmission');
  expect(polls.slice(1, 26).map(({ input }) => input['ticket'])).toEqual(tickets);
  expect(polls[1]!.at - polls[0]!.at).toBe(50_000);
  expect(polls[26]!.input).not.toHaveProperty('ticket');
  expect(world.eventTypes).not.toContain('attempt-failed');
});

test('a final failure of the poll ends it', async () => {
  world = await watching(['Certification']);
  world.twist('pollStoreSubmission', 'work', final('product-forbidden'));

  const view = await world.publish();

  expect(view).toMatchObject({ left: ['publication'], failure: { code: 'product-forbidden', step: 'certify' } });
});

test('a status that lasts longer than is usual shows since when, until it changes', async () => {
  world = await watching([...Array.from({ length: 90 }, () => 'CommitStarted'), 'PreProcessing', 'PreProcessing']);
  world.start();
  await world.host.runUntil(() => world.view.stalledSince !== null);
  const first = world.callsOf('pollStoreSubmission')[0]!.at;

  expect(Date.parse(world.view.stalledSince!)).toBe(first);
  await world.host.runUntil(() => world.view.remote?.status === 'PreProcessing');
  expect(world.view.stalledSince).toBeNull();
});

test('with publish mode Manual it waits for the publisher, and runs again once published', async () => {
  world = await watching(['Certification', 'Release', 'Release', 'Publishing', 'Publishing', 'Published']);
  world.product.publishMode = 'Manual';
  world.start();

  await world.host.runUntil(() => world.view.waitingFor?.kind === 'publisher');
  expect(world.view).toMatchObject({ state: 'waiting', step: 'publish' });
  await world.host.runUntil(() => world.view.remote?.status === 'Publishing');
  expect(world.view).toMatchObject({ state: 'running', waitingFor: null });
  expect(world.view.steps.at(-1)).toMatchObject({ name: 'publish', state: 'running' });

  expect((await world.finish()).state).toBe('succeeded');
  expect(world.eventTypes.filter((type) => type === 'waiting')).toHaveLength(1);
});

test('what waits for its publisher is not stalled, however long; what does not go on once published is', async () => {
  const statuses = [...new Array<string>(20).fill('Release'), ...new Array<string>(30).fill('Publishing')];
  world = await watching(statuses, { pollFloorMs: 4 * hour });
  world.product.publishMode = 'Manual';
  world.start();
  await world.host.runUntil(() => world.callsOf('pollStoreSubmission').length === 20);
  const polls = world.callsOf('pollStoreSubmission').map(({ at }) => at);
  const waiting = world.view;

  await world.host.runUntil(() => world.view.stalledSince !== null);

  expect(polls.at(-1)! - polls[0]!).toBeGreaterThan(72 * hour);
  expect(waiting).toMatchObject({ waitingFor: { kind: 'publisher' }, stalledSince: null });
  expect(world.view).toMatchObject({ waitingFor: null, remote: { status: 'Publishing' } });
});

test('what waits for its date is not stalled before that, but a day after', async () => {
  world = await watching(['Release'], { pollFloorMs: 4 * hour });
  world.product.publishMode = 'SpecificDate';
  world.product.publishAt = new Date(world.host.clock.now() + 40 * hour).toISOString();
  world.start();

  await world.host.runUntil(() => world.view.stalledSince !== null);

  const polls = world.callsOf('pollStoreSubmission').map(({ at }) => at);
  expect(world.view.stalledSince).toBe(world.product.publishAt);
  expect(polls.at(-1)! - Date.parse(world.product.publishAt)).toBeGreaterThan(24 * hour);
});

test('a submission that falls back to a draft fails as commit-reverted', async () => {
  world = await watching(['CommitStarted', 'PendingCommit', 'PendingCommit']);

  const view = await world.publish();

  expect(view).toMatchObject({
    state: 'failed',
    left: ['draft'],
    failure: { code: 'commit-reverted', step: 'commit' },
  });
});

test('a read that lags behind the commit is no fallback', async () => {
  world = await watching(['PendingCommit', 'CommitStarted', 'Published']);

  expect((await world.publish()).state).toBe('succeeded');
});

test('a submission that a person canceled in Partner Center cancels the release and is left alone', async () => {
  world = await watching(['Certification', 'Canceled']);

  const view = await world.publish();

  expect(view).toMatchObject({ state: 'canceled', left: [], cancellation: { code: 'canceled-in-portal' } });
  expect(world.callsOf('withdrawStoreSubmission')).toEqual([]);
  expect(world.product.done).toEqual([]);
});

test('a status that nobody knows goes on, in the step it was in', async () => {
  world = await watching(['Certification', 'SomethingNew', 'SomethingNew', 'Published']);

  const view = await world.publish();

  expect(view.state).toBe('succeeded');
  expect(view.steps.map(({ name }) => name).slice(-2)).toEqual(['certify', 'publish']);
});

test('the load of the tenant stretches the polls', async () => {
  world = await watching(['Certification', 'Certification', 'Published']);
  world.product.activeReleases = 100;

  await world.publish();

  const [first, second] = world.callsOf('pollStoreSubmission');
  expect(second!.at - first!.at).toBe(600_000);
});

test('a generation leaves nothing open: no timer but the last, no event that is waited for', async () => {
  world = await watching([...Array.from({ length: 21 }, () => 'Certification'), 'Published']);
  world.start();
  await world.host.runUntil(() => world.callsOf('pollStoreSubmission').length === 21);
  await world.host.settle();

  const kinds = world.host.history(world.watchInstance).map((event) => event.EventType);
  expect(kinds.filter((kind) => kind === EventType.TimerCreated)).toHaveLength(1);
  expect(kinds.filter((kind) => kind === EventType.TaskScheduled)).toHaveLength(2);
});
