import { createWorld } from './world';
import type { World } from './world';

const minute = 60_000;
let world: World;
afterEach(() => world.close());

describe('the queue', () => {
  test('a release waits for the one ahead, and its bell wakes it at once', async () => {
    world = await createWorld();
    world.queue.push('rel_ahead');
    world.start();
    await world.host.runUntil(() => world.view.state === 'queued' && world.view.waitingFor !== null);
    await world.host.advance(10 * minute);
    const freed = world.host.clock.now();

    world.queue.shift();
    world.ring(world.record.bell);
    await world.host.settle();

    expect(world.callsOf('createStoreSubmission').map(({ at }) => at)).toEqual([freed]);
    const waited = world.events.filter((event) => event.type === 'waiting');
    expect(waited).toMatchObject([{ waitingFor: { kind: 'release', release: 'rel_ahead' } }]);
    expect((await world.finish()).state).toBe('succeeded');
  });

  test('a lost ring costs an hour at most', async () => {
    world = await createWorld();
    world.queue.push('rel_ahead');
    world.start();
    await world.host.runUntil(() => world.view.waitingFor !== null);

    world.queue.shift();
    const start = world.host.clock.now();
    await world.finish();

    expect(world.callsOf('createStoreSubmission')[0]!.at - start).toBeLessThanOrEqual(60 * minute);
  });

  test('is asked again before the wait where asking took so long that its ring was lost', async () => {
    world = await createWorld();
    world.queue.push('rel_ahead');
    world.twist('acquireClaim', { code: 'storage-unavailable', message: 'no', retryable: true });
    world.host.at('activity-returned', () => {
      if (world.callsOf('acquireClaim').length !== 2 || !world.queue.includes('rel_ahead')) return;
      world.queue.shift();
      world.ring(world.record.bell);
    });

    const view = await world.publish();

    const [asked] = world.callsOf('acquireClaim').slice(1);
    expect(view.state).toBe('succeeded');
    expect(world.callsOf('createStoreSubmission')[0]!.at).toBe(asked!.at);
  });

  test('tells who is ahead once per release, not once per look', async () => {
    world = await createWorld();
    world.queue.push('rel_first', 'rel_second');
    world.start();
    await world.host.advance(150 * minute);
    world.queue.splice(1, 1);
    await world.host.advance(150 * minute);

    const waited = world.events.flatMap((event) => (event.type === 'waiting' ? [event.waitingFor] : []));
    expect(waited).toMatchObject([{ release: 'rel_second' }, { release: 'rel_first' }]);
  });

  test('is refused where the release says so, and the place in it is given up', async () => {
    world = await createWorld({ onBusy: 'refuse' });
    world.queue.push('rel_ahead');

    const view = await world.publish();

    expect(view.failure).toMatchObject({ code: 'product-busy', retryable: true, step: 'checkProduct' });
    expect(world.queue).toEqual(['rel_ahead']);
  });
});

describe('a publication of somebody else', () => {
  test('is waited for, with looks that become rare', async () => {
    world = await createWorld();
    world.product.hold('foreign', 'Certification');
    world.start();
    await world.host.runUntil(() => world.view.waitingFor?.kind === 'publication');
    await world.host.advance(3 * 24 * 60 * minute);
    const looks = world.callsOf('lookAtStoreProduct').length;

    world.product.pending = null;
    const view = await world.finish();

    expect(view.state).toBe('succeeded');
    expect(looks).toBeGreaterThan(70);
    expect(looks).toBeLessThan(110);
    expect(world.eventTypes.filter((type) => type === 'waiting')).toHaveLength(1);
  });

  test('is refused where the release says so', async () => {
    world = await createWorld({ onBusy: 'refuse' });
    world.product.hold('foreign', 'Certification');

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'product-busy' }, left: [] });
  });
});

describe('a pending submission', () => {
  test.each([
    ['a leftover of ours', { origin: 'leftover', status: 'PendingCommit', onForeignDraft: 'refuse' }, 'own'],
    [
      'a failed submission of this release',
      { origin: 'own', status: 'CertificationFailed', onForeignDraft: 'refuse' },
      'own',
    ],
    [
      'a foreign draft that may be replaced',
      { origin: 'foreign', status: 'PendingCommit', onForeignDraft: 'replace' },
      'replaced',
    ],
    [
      'a foreign failed submission that may be replaced',
      { origin: 'foreign', status: 'CommitFailed', onForeignDraft: 'replace' },
      'replaced',
    ],
  ] as const)('%s is cleared', async (_what, { origin, status, onForeignDraft }, why) => {
    world = await createWorld({ onForeignDraft });
    world.product.hold(origin, status);

    const view = await world.publish();

    expect(view.state).toBe('succeeded');
    expect(world.product.done.slice(0, 2)).toEqual(['delete', 'create']);
    expect(world.events).toContainEqual({ type: 'leftover-cleared', submissionId: '2000', why });
  });

  test.each([
    ['foreign', 'refuse', 'PendingCommit', 'foreign-draft'],
    ['foreign', 'adopt', 'CertificationFailed', 'foreign-draft'],
    ['portal', 'replace', 'PendingCommit', 'draft-edited-in-portal'],
    ['portal', 'adopt', 'PendingCommit', 'draft-edited-in-portal'],
  ] as const)(
    'of origin %s under the policy %s in %s stays, and fails the release',
    async (origin, policy, status, code) => {
      world = await createWorld({ onForeignDraft: policy });
      world.product.hold(origin, status);

      const view = await world.publish();

      expect(view).toMatchObject({ state: 'failed', failure: { code, step: 'checkProduct' }, left: [] });
      expect(world.product.done).toEqual([]);
    },
  );

  test('that is foreign is built upon where the release says so', async () => {
    world = await createWorld({ onForeignDraft: 'adopt' });
    world.product.hold('foreign');

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'succeeded', remote: { submissionId: '2000' } });
    expect(world.product.done).not.toContain('create');
    expect(world.callsOf('createStoreSubmission')[0]?.input).toMatchObject({ adopt: '2000' });
  });

  test('that an earlier run committed is watched, and nothing is made or committed', async () => {
    world = await createWorld();
    world.product.hold('own', 'Certification');

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'succeeded', remote: { submissionId: '2000' } });
    expect(world.product.done).toEqual(['remember 2000']);
    expect(world.view.steps.map(({ name }) => name)).not.toContain('createSubmission');
  });

  test('that comes back after every deletion ends the release instead of a fight', async () => {
    world = await createWorld();
    world.product.hold('leftover');
    world.before.set('lookAtStoreProduct', () => world.product.hold('leftover'));

    const view = await world.publish();

    expect(view.failure).toMatchObject({ code: 'partner-center-unavailable', step: 'checkProduct' });
    expect(world.product.count('delete')).toBe(5);
  });
});

describe('what stands against the release', () => {
  const faults = [
    { pointer: '/packages/0', code: 'package-identity', message: 'Wrong identity.' },
    { pointer: '/changes', code: 'listing-not-found', message: 'No such listing.' },
  ];

  test.each([
    ['faults of the document', { faults }, { code: 'document-unfit', errors: faults }],
    ['a hidden price', { blocker: 'price-hidden' as const }, { code: 'price-hidden' }],
    ['halted packages', { blocker: 'halted-packages' as const }, { code: 'halted-packages' }],
    ['a rollout that runs', { rolloutRunning: true }, { code: 'rollout-running', retryable: true }],
  ])('%s end it before anything is written', async (_what, look, failure) => {
    world = await createWorld();
    world.product.look = { ...world.product.look, ...look };

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'failed', failure: { ...failure, step: 'checkProduct' }, left: [] });
    expect(world.product.done).toEqual([]);
  });
});

describe('a retry', () => {
  test('goes on with the draft of the failed run, and its old failure is gone', async () => {
    world = await createWorld();
    world.twist('updateStoreSubmission', { code: 'submission-refused', message: 'no', retryable: false });
    await world.publish();
    await world.records.runs.retryRun(world.releaseId, world.host.now.toISOString());

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'succeeded', run: 2, failure: null, left: [] });
    expect(world.product.count('create')).toBe(1);
  });

  test('that fails before it comes to the draft still tells that the draft is left', async () => {
    world = await createWorld();
    world.twist('updateStoreSubmission', { code: 'submission-refused', message: 'no', retryable: false });
    await world.publish();
    await world.records.runs.retryRun(world.releaseId, world.host.now.toISOString());
    world.twist('checkToken', { code: 'credential-refused', message: 'no', retryable: false });

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'failed', left: ['draft'], failure: { code: 'credential-refused' } });
  });
});
