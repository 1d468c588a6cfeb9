import type { ActivityKey } from './fake-activities';
import { createWorld } from './world';
import type { World } from './world';

let world: World;
afterEach(() => world.close());

function takeAway(): void {
  world.records.change(world.releaseId, { runToken: 'another-instance' });
}

/**
 * What a run that lost its record still calls before its next checkpoint tells it: reads, and the release of a claim
 * that refuses whoever is fenced. Nothing else.
 */
const stillCalled: Partial<Record<ActivityKey, readonly ActivityKey[]>> = {
  updateStoreSubmission: ['verifyStoreSubmission'],
  commitStoreSubmission: ['verifyStoreSubmission', 'pollStoreSubmission'],
  rememberPublished: ['releaseClaim'],
};

test.each<ActivityKey>([
  'checkToken',
  'inspectPackage',
  'acquireClaim',
  'lookAtStoreProduct',
  'createStoreSubmission',
  'updateStoreSubmission',
  'uploadStorePackages',
  'commitStoreSubmission',
  'pollStoreSubmission',
  'rememberPublished',
])('when another instance has the release by %s, the orchestrator stops and changes nothing more', async (key) => {
  world = await createWorld();
  let atFence: { calls: number; done: number; view: unknown; queue: string[] } | undefined;
  world.host.at('activity-completed', () => {
    if (atFence !== undefined || world.callsOf(key).length === 0) return;
    takeAway();
    atFence = { calls: world.calls.length, done: world.product.done.length, view: world.view, queue: [...world.queue] };
  });

  await world.publish();

  expect(world.product.done).toHaveLength(atFence!.done);
  expect(world.view).toBe(atFence!.view);
  expect(world.queue).toEqual(atFence!.queue);
  expect(world.host.status(world.instance)).toMatchObject({ runtimeStatus: 'Completed' });
  const after = world.calls.slice(atFence!.calls).map((call) => call.key);
  expect(after).toEqual([...(stillCalled[key] ?? []), 'checkpoint']);
});

test('a fence met while a cancel is carried out stops there', async () => {
  world = await createWorld({ approvals: ['commit'] });
  world.start();
  await world.host.runUntil(() => world.view.state === 'waiting');
  world.twist('withdrawStoreSubmission', { code: 'partner-center-unavailable', message: 'no', retryable: true });
  world.before.set('withdrawStoreSubmission', takeAway);

  world.cancel();
  await world.finish();

  expect(world.callsOf('releaseClaim')).toEqual([]);
  expect(world.product.count('delete')).toBe(0);
});

test('an instance that was started again for a run that has one touches nothing', async () => {
  world = await createWorld();
  await world.publish();
  const done = [...world.product.done];

  world.start();
  await world.finish();

  expect(world.product.done).toEqual(done);
  expect(world.calls.at(-1)?.key).toBe('beginRun');
});
