import type { ProbePoint } from '../../embedded/engine/options';
import { createWorld, retryable } from './world';
import type { World } from './world';

let world: World;
afterEach(() => world.close());

/** A run with a wait, a gate, an upload in slices and a few polls; a status lasts for two polls. */
async function whole(): Promise<World> {
  const created = await createWorld({ approvals: ['commit'] });
  created.product.uploadSlices = 2;
  created.product.statuses = ['CommitStarted', 'CommitStarted', 'Certification', 'Certification', 'Published'];
  created.twist('createStoreSubmission', retryable('partner-center-unavailable'));
  created.host.at('activity-completed', () => {
    if (created.record.gate?.decision === null) created.decide('approved');
  });
  return created;
}

/** Kills the host whenever the engine passes the point, lets it pass the second time, and starts it again each time. */
async function killedEverywhere(point: ProbePoint): Promise<number> {
  let passed = 0;
  let kills = 0;
  world.host.at(point, () => {
    if (passed++ % 2 === 0) world.host.kill();
  });
  world.start();
  while (world.host.status(world.instance)?.runtimeStatus !== 'Completed') {
    await world.finish();
    if (world.host.status(world.instance)?.runtimeStatus === 'Completed') break;
    world.host.restart();
    kills++;
  }
  return kills;
}

test.each<[ProbePoint, number]>([
  ['activity-starting', 39],
  ['activity-returned', 39],
  ['activity-completed', 15],
  ['episode-loaded', 39],
  ['episode-answered', 39],
  ['episode-committing', 39],
  ['episode-committed', 20],
  ['timers-firing', 3],
])('killed at every %s, the run comes to the same end, with each effect once', async (point, least) => {
  world = await whole();

  const kills = await killedEverywhere(point);

  expect(kills).toBeGreaterThanOrEqual(least);
  expect(world.view).toMatchObject({ state: 'succeeded', step: 'publish', failure: null, left: [], waitingFor: null });
  expect(world.view.steps.map(({ name, state }) => [name, state])).toEqual(
    ['acquireToken', 'checkPackages', 'checkProduct', 'createSubmission', 'updateSubmission', 'uploadPackages']
      .concat(['approveCommit', 'commit', 'certify', 'publish'])
      .map((name) => [name, 'succeeded']),
  );
  expect(world.view.decisions).toMatchObject([{ decision: 'approved' }]);
  const effects = world.product.done.filter((effect) => effect !== 'update');
  expect(effects).toEqual(['create', 'upload', 'commit', 'remember 3000']);
  expect(world.queue).toEqual([]);
});

test('what a killed run wrote is in the timeline once', async () => {
  world = await whole();

  await killedEverywhere('activity-returned');

  const once = world.events.filter((event) => event.type === 'step-started').map((event) => event.step);
  expect(once).toEqual([...new Set(once)]);
  expect(world.eventTypes.filter((type) => type === 'submission-made' || type === 'succeeded')).toHaveLength(2);
});
