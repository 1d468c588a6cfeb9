import { createWorld } from './world';
import type { World } from './world';

let world: World;
afterEach(() => world.close());

test('a release is published step by step, and what is live is remembered', async () => {
  world = await createWorld();

  const view = await world.publish();

  expect(view).toMatchObject({ state: 'succeeded', step: 'publish', failure: null, left: [] });
  expect(view.endedAt).not.toBeNull();
  expect(view.steps.map(({ name, state, attempts }) => [name, state, attempts])).toEqual(
    ['acquireToken', 'checkPackages', 'checkProduct', 'createSubmission', 'updateSubmission', 'uploadPackages']
      .concat(['commit', 'certify', 'publish'])
      .map((name) => [name, 'succeeded', 1]),
  );
  expect(world.product.done).toEqual(['create', 'update', 'upload', 'commit', 'remember 3000']);
  expect(world.queue).toEqual([]);
});

test('the timeline tells every step, every status once, and the end', async () => {
  world = await createWorld();
  world.product.statuses = ['CommitStarted', 'CommitStarted', 'CommitStarted', 'PreProcessing', 'Published'];

  await world.publish();

  const seen = world.events.filter((event) => event.type === 'remote-seen');
  expect(seen.map(({ remote, polls }) => [remote.status, polls])).toEqual([
    ['CommitStarted', 0],
    ['PreProcessing', 3],
    ['Published', 1],
  ]);
  expect(world.eventTypes.at(0)).toBe('run-started');
  expect(world.eventTypes.at(-1)).toBe('succeeded');
});

test('the place of each write in the timeline grows by one, across the watch too', async () => {
  world = await createWorld();

  await world.publish();

  const written = world.callsOf('checkpoint').map(({ input }) => input['seq']);
  expect(written).toEqual(written.map((_seq, index) => index + 1));
});

test.each([
  ['committed', ['CommitStarted', 'PreProcessing'], 'certify'],
  ['certified', ['CommitStarted', 'Certification', 'PendingPublication'], 'publish'],
  ['published', ['Published'], 'publish'],
] as const)(
  'until %s, the watch ends there as succeeded, whatever statuses were skipped',
  async (until, statuses, step) => {
    world = await createWorld({ until });
    world.product.statuses = [...statuses, 'CertificationFailed'];

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'succeeded', step });
    expect(world.callsOf('pollStoreSubmission')).toHaveLength(statuses.length);
    expect(world.callsOf('rememberPublished')).toHaveLength(1);
  },
);

test('what is live already needs no submission', async () => {
  world = await createWorld();
  world.product.look = { ...world.product.look, nothingToDo: true };

  const view = await world.publish();

  expect(view).toMatchObject({ state: 'succeeded', remote: { submissionId: '1000', status: 'Published' } });
  expect(world.product.done).toEqual([]);
});

test('a release without packages and files skips the steps that nobody needs', async () => {
  world = await createWorld({ packages: 0 });
  world.product.look = { ...world.product.look, hasFiles: false };

  const view = await world.publish();

  const skipped = view.steps.filter((step) => step.state === 'skipped').map((step) => step.name);
  expect(skipped).toEqual(['checkPackages', 'uploadPackages']);
  expect(world.product.done).not.toContain('upload');
});

test('a large upload goes slice by slice and shows how far it is', async () => {
  world = await createWorld();
  world.product.uploadSlices = 3;

  const view = await world.publish();

  expect(world.callsOf('uploadStorePackages').map(({ input }) => input['fromBlock'])).toEqual([0, 1, 2]);
  const step = view.steps.find(({ name }) => name === 'uploadPackages');
  expect(step?.progress).toEqual({ done: 3, total: 3, unit: 'bytes' });
});

test('custom status is a step, a state and a number', async () => {
  world = await createWorld({ approvals: ['commit'] });
  const sizes: number[] = [];
  world.host.at('episode-committed', ({ instanceId }) => {
    sizes.push(JSON.stringify(world.host.status(instanceId)?.customStatus ?? null).length);
  });
  world.start();
  await world.host.runUntil(() => world.view.state === 'waiting');
  world.decide('approved');

  await world.finish();

  expect(Object.keys(world.host.status(world.instance)?.customStatus as object)).toEqual(['step', 'state', 'rev']);
  expect(Math.max(...sizes)).toBeLessThan(200);
});
