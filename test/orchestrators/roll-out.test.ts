import type { RolloutPlan } from '../../src/domain/store/rollout';
import type { World } from './world';
import { createWorld, final, retryable } from './world';

const hour = 3_600_000;
const day = 24 * hour;
const stages: RolloutPlan = {
  stages: [
    { percentage: 5, lastsMs: day },
    { percentage: 50, lastsMs: day },
  ],
  finalize: true,
};

let world: World;
afterEach(() => world.close());

/** A release whose rollout runs in its first stage. */
async function rolling(rollout: RolloutPlan = stages): Promise<World> {
  world = await createWorld({ rollout });
  world.start();
  await world.host.runUntil(() => world.view.rollout !== null);
  await world.host.settle();
  return world;
}

/** What was asked of the rollout, in order. */
function asked(): string[] {
  return world.product.done.filter((what) => /%$|^halt$|^finalize$/.test(what));
}

function at(ms: number): string {
  return new Date(world.host.clock.now() + ms).toISOString();
}

test('stages run one after the other, and the last one is finalized', async () => {
  await rolling();
  const began = world.host.clock.now();
  expect(world.view).toMatchObject({
    state: 'running',
    step: 'rollout',
    rollout: { percentage: 5, status: 'PackageRolloutInProgress', held: false, nextStageAt: at(day) },
  });

  const view = await world.finish();

  expect(asked()).toEqual(['50 %', 'finalize']);
  expect(world.callsOf('changeRollout').map((call) => call.at - began)).toEqual([day, 2 * day]);
  expect(view).toMatchObject({ state: 'succeeded', left: [], rollout: { percentage: 100, nextStageAt: null } });
  expect(view.steps.at(-1)).toMatchObject({ name: 'rollout', state: 'succeeded' });
});

test('without finalize the release ends, and says that the rollout runs on', async () => {
  await rolling({ stages: [{ percentage: 5, lastsMs: hour }], finalize: false });

  const view = await world.finish();

  expect(asked()).toEqual([]);
  expect(view).toMatchObject({ state: 'succeeded', left: ['rollout'], rollout: { percentage: 5 } });
});

test('a product is free for the next release while the stages run', async () => {
  await rolling();

  expect(world.queue).toEqual([]);
  expect(world.record.claim).toBeNull();
});

test('Partner Center is looked at each hour, and the history of a generation stays small', async () => {
  await rolling({ stages: [{ percentage: 5, lastsMs: 3 * day }], finalize: false });
  await world.host.advance(3 * day - 1);

  expect(world.callsOf('readRollout').length).toBeGreaterThanOrEqual(3 * 24);
  expect(world.callsOf('readRollout').length).toBeLessThan(3 * 24 + 3);
  expect(world.host.history(world.rolloutInstance).length).toBeLessThan(400);
});

test('a stage without a time waits for a person, who resumes it', async () => {
  await rolling({
    stages: [
      { percentage: 5, lastsMs: null },
      { percentage: 50, lastsMs: null },
    ],
    finalize: true,
  });
  await world.host.advance(3 * day);
  expect(world.view).toMatchObject({ state: 'waiting', waitingFor: { kind: 'rollout' } });

  expect(await world.rollOut({ action: 'resume' })).toBe('accepted');
  await world.host.settle();
  expect(world.view).toMatchObject({ state: 'waiting', rollout: { percentage: 50 } });
  expect(await world.rollOut({ action: 'resume' })).toBe('accepted');
  await world.host.settle();

  expect(world.view).toMatchObject({ state: 'succeeded', left: [] });
  expect(asked()).toEqual(['50 %', 'finalize']);
});

test('the clock of a stage stands still while it is held', async () => {
  await rolling();
  await world.host.advance(20 * hour);
  expect(await world.rollOut({ action: 'hold' })).toBe('accepted');
  await world.host.settle();
  expect(world.view).toMatchObject({ state: 'waiting', rollout: { held: true, nextStageAt: null } });
  expect(await world.rollOut({ action: 'hold' })).toBe('already-same');
  await world.host.advance(2 * day);
  expect(asked()).toEqual([]);

  expect(await world.rollOut({ action: 'resume' })).toBe('accepted');
  await world.host.settle();
  expect(world.view).toMatchObject({ state: 'running', rollout: { held: false, nextStageAt: at(4 * hour) } });
  expect(await world.rollOut({ action: 'resume' })).toBe('already-same');
  await world.host.advance(4 * hour);
  expect(asked()).toEqual(['50 %']);
});

test('a percentage set by hand skips the stages below it', async () => {
  await rolling({
    stages: [
      { percentage: 5, lastsMs: day },
      { percentage: 20, lastsMs: day },
      { percentage: 50, lastsMs: hour },
    ],
    finalize: true,
  });

  expect(await world.rollOut({ percentage: 30 })).toBe('accepted');
  await world.host.settle();
  expect(world.view.rollout).toMatchObject({ percentage: 30, nextStageAt: at(day) });
  expect(await world.rollOut({ percentage: 30 })).toBe('already-same');
  await world.finish();

  expect(asked()).toEqual(['30 %', '50 %', 'finalize']);
});

test('a percentage that somebody sets in Partner Center counts as set by hand', async () => {
  await rolling();
  await world.host.advance(23.5 * hour);
  world.product.rollout = { ...world.product.rollout, percentage: 70 };

  await world.finish();

  expect(asked()).toEqual(['finalize']);
  expect(world.events).toContainEqual(
    expect.objectContaining({ type: 'rollout-seen', rollout: expect.objectContaining({ percentage: 70 }) as object }),
  );
});

test('a halt ends the release as canceled', async () => {
  await rolling();

  expect(await world.rollOut({ action: 'halt' })).toBe('accepted');
  expect(await world.rollOut({ action: 'halt' })).toBe('already-same');
  expect(await world.rollOut({ percentage: 50 })).toBe('settling');
  const view = await world.finish();

  expect(asked()).toEqual(['halt']);
  expect(view).toMatchObject({
    state: 'canceled',
    cancellation: { code: 'rollout-halted', by: 'ada' },
    left: [],
    rollout: { percentage: 0, status: 'PackageRolloutStopped' },
  });
  expect(await world.rollOut({ action: 'halt' })).toBe('already-same');
  expect(await world.rollOut({ action: 'finalize' })).toBe('over');
});

test('a halt overtakes a change that fails again and again', async () => {
  await rolling();
  world.twist('changeRollout', ...Array.from({ length: 8 }, () => retryable('partner-center-unavailable')));
  await world.host.advance(day + 60_000);
  const failed = world.callsOf('changeRollout').length;
  expect(failed).toBeGreaterThan(2);
  world.twist('changeRollout');

  await world.rollOut({ action: 'halt' });
  await world.host.settle();

  expect(world.view.state).toBe('canceled');
  expect(
    world
      .callsOf('changeRollout')
      .slice(failed)
      .map(({ input }) => input['request']),
  ).toEqual([{ kind: 'halt' }]);
});

test('a finalization by hand ends the release', async () => {
  await rolling();

  await world.rollOut({ action: 'finalize' });
  await world.host.settle();

  expect(world.view).toMatchObject({ state: 'succeeded', left: [], rollout: { status: 'PackageRolloutComplete' } });
});

test.each([
  ['finalized', { percentage: 100, status: 'PackageRolloutComplete' }, { state: 'succeeded', left: [] }],
  [
    'halted',
    { percentage: 0, status: 'PackageRolloutStopped' },
    { state: 'canceled', left: [], cancellation: { code: 'rollout-halted', by: null } },
  ],
])('a rollout that somebody else has %s ends the release', async (_how, rollout, expected) => {
  await rolling();
  world.product.rollout = { isRollout: true, ...rollout };

  expect(await world.finish()).toMatchObject(expected);
  expect(asked()).toEqual([]);
});

test('a cancel leaves the further stages out, and the rollout as it is', async () => {
  await rolling();

  expect(world.cancel()).toBe('accepted');
  await world.host.settle();

  expect(world.view).toMatchObject({ state: 'canceled', left: ['rollout'], cancellation: { code: 'requested' } });
  expect(asked()).toEqual([]);
});

test('a halt that was accepted is carried out although a cancel follows it', async () => {
  await rolling();

  expect(await world.rollOut({ action: 'halt' }, { ring: false })).toBe('accepted');
  expect(world.cancel()).toBe('accepted');
  await world.host.settle();

  expect(asked()).toEqual(['halt']);
  expect(world.view).toMatchObject({ state: 'canceled', cancellation: { code: 'rollout-halted' } });
});

test('a command whose ring is lost is found at the next look', async () => {
  await rolling();

  await world.rollOut({ percentage: 50 }, { ring: false });
  await world.host.advance(hour);

  expect(asked()).toEqual(['50 %']);
});

test('a halt that comes while the release ends is carried out', async () => {
  await rolling({ stages: [{ percentage: 5, lastsMs: hour }], finalize: false });
  let outcome: Promise<string> | undefined;
  world.before.set('checkpoint', () => {
    const { input } = world.calls.at(-1)!;
    const step = input['rollout'] as { close?: string } | undefined;
    if (step?.close === 'if-idle') outcome ??= world.rollOut({ action: 'halt' }, { ring: false });
  });

  const view = await world.finish();

  expect(await outcome).toBe('accepted');
  expect(asked()).toEqual(['halt']);
  expect(view).toMatchObject({ state: 'canceled', cancellation: { code: 'rollout-halted' } });
});

describe('what Partner Center does not take', () => {
  test('a percentage that reads back otherwise is asked for again, and then fails the release', async () => {
    await rolling();
    const seen = { ...world.product.rollout };
    world.before.set(
      'changeRollout',
      () =>
        void Object.defineProperty(world.product, 'rollout', {
          get: () => seen,
          set: () => undefined,
          configurable: true,
        }),
    );

    const view = await world.finish();

    expect(asked()).toEqual(['50 %', '50 %', '50 %']);
    expect(view).toMatchObject({ state: 'failed', failure: { code: 'rollout-not-taken' }, left: ['rollout'] });
  });

  test('a first percentage that was ignored is asked for', async () => {
    world = await createWorld({ rollout: stages });
    world.product.rollout = { isRollout: true, percentage: 1, status: 'PackageRolloutInProgress' };

    await world.publish();

    expect(asked()).toEqual(['5 %', '50 %', 'finalize']);
    expect(world.view.state).toBe('succeeded');
  });

  test('a rollout that the Store has not begun fails the release', async () => {
    world = await createWorld({ rollout: stages });
    world.product.rollout = { isRollout: false, percentage: 0, status: 'PackageRolloutNotStarted' };

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'rollout-ignored' }, left: [] });
  });

  test('a percentage that a person asked for in vain is told, and the stages go on', async () => {
    await rolling();
    world.twist('changeRollout', final('rollout-not-taken'));

    await world.rollOut({ percentage: 1 });
    await world.host.settle();
    expect(world.events).toContainEqual(expect.objectContaining({ type: 'attempt-failed', code: 'rollout-not-taken' }));
    await world.finish();

    expect(world.view.state).toBe('succeeded');
    expect(asked()).toEqual(['50 %', 'finalize']);
  });

  test('looks outlive an outage', async () => {
    await rolling();
    world.twist('readRollout', ...Array.from({ length: 5 }, () => retryable('partner-center-unavailable')));
    await world.finish();
    expect(world.view.state).toBe('succeeded');
  });
});

test.each(['changeRollout', 'readRollout', 'checkpoint'] as const)('killed after %s, it goes on', async (key) => {
  await rolling();
  world.twist(key, 'work-then-throw');

  const view = await world.finish();

  expect(view.state).toBe('succeeded');
  expect(new Set(asked())).toEqual(new Set(['50 %', 'finalize']));
});
