import fc from 'fast-check';
import { interfere, places, positionsOf } from './positions';
import type { Position, Scenario } from './positions';
import { createWorld, retryable } from './world';
import type { World } from './world';

const hour = 3_600_000;

/** A run with every kind of wait before the commit: a queue, a retry, a gate whose approval rings nobody. */
const eventful: Scenario = async () => {
  const world = await createWorld({ approvals: ['commit'], approvalTimeoutMs: 30 * hour, until: 'committed' });
  world.queue.push('rel_ahead');
  world.before.set('acquireClaim', () => {
    if (world.callsOf('acquireClaim').length === 2) world.queue.shift();
  });
  world.twist('createStoreSubmission', retryable('partner-center-unavailable'));
  world.host.at('activity-completed', () => {
    if (world.record.gate?.decision === null && world.record.cancel === null) world.decide('approved', { ring: false });
  });
  return world;
};

/** A run that watches over a continue-as-new boundary. */
const longWatch: Scenario = async () => {
  const world = await createWorld();
  world.product.hold('own', 'CommitStarted');
  await world.records.runs.claimRun(world.releaseId, 1, 'earlier');
  world.records.change(world.releaseId, { runToken: null, phase: 'committed', submissionId: '2000' });
  world.product.statuses = [...Array.from({ length: 22 }, () => 'Certification'), 'Published'];
  return world;
};

interface Stop {
  readonly at: Position;
  readonly ring: boolean;
  readonly abandon: boolean;
}

interface Outcome {
  readonly asked: 'accepted' | 'refused' | 'never';
  readonly committedBefore: boolean;
  /** What the release wanted was reached and written: there was nothing left to stop. */
  readonly reachedBefore: boolean;
  /** Virtual milliseconds from the wish to the end of the run. */
  readonly took: number;
  readonly world: World;
}

async function stop(scenario: Scenario, { at, ring, abandon }: Stop): Promise<Outcome> {
  let asked: Outcome['asked'] = 'never';
  let committedBefore = false;
  let reachedBefore = false;
  let askedAt = 0;
  const world = await interfere(scenario, at, (running) => {
    committedBefore = running.product.count('commit') > 0 || running.record.phase === 'committed';
    reachedBefore = running.view.remote?.status === 'PreProcessing';
    askedAt = running.host.clock.now();
    asked = running.cancel({ ring, abandon }) as Outcome['asked'];
  });
  const took = Date.parse(world.view.endedAt ?? '') - askedAt;
  world.close();
  return { asked, committedBefore, reachedBefore, took, world };
}

function expectDocumented(
  { asked, committedBefore, reachedBefore, took, world }: Outcome,
  { ring, abandon }: Stop,
  longest: number,
): void {
  expect(world.queue).not.toContain(world.releaseId);
  if (asked !== 'accepted' || reachedBefore) {
    expect(world.view.state).toBe('succeeded');
    return;
  }
  expect(took).toBeLessThanOrEqual(ring ? 0 : longest);
  expect(world.view.cancellation).toEqual({ code: 'requested', by: 'ada', reason: 'wrong build' });
  expect(world.view.state).toBe('canceled');
  expect(world.view.left).toEqual(committedBefore ? ['publication'] : []);
  if (committedBefore) expect(abandon).toBe(true);
  else if (!abandon)
    expect(world.product).toMatchObject({ pending: null, done: expect.not.arrayContaining(['commit']) });
}

describe.each(['activity-starting', 'activity-returned', 'episode-committed'] as const)('a cancel at %s', (point) => {
  test.each([true, false])('at any place of a run ends as documented (ring: %s)', async (ring) => {
    const positions = await positionsOf(eventful, [point]);
    const outcomes: string[] = [];

    for (const at of positions) {
      const wish = { at, ring, abandon: false };
      const outcome = await stop(eventful, wish);
      expectDocumented(outcome, wish, 24 * hour);
      outcomes.push(outcome.asked);
    }

    expect(outcomes.length).toBeGreaterThan(35);
    expect(outcomes.indexOf('refused')).toBeGreaterThan(25);
    expect(outcomes.lastIndexOf('accepted')).toBeLessThan(outcomes.indexOf('refused'));
  });
});

test.each([true, false])(
  'abandoning at any place of the watch, its generations’ boundary too, ends it (ring: %s)',
  async (ring) => {
    const positions = await positionsOf(longWatch, ['activity-returned', 'episode-committed']);
    const chosen = positions.filter(({ polls }) => polls <= 1 || (polls >= 19 && polls <= 21));

    for (const at of chosen) {
      const wish = { at, ring, abandon: true };
      expectDocumented(await stop(longWatch, wish), wish, 600_000);
    }

    expect(chosen.length).toBeGreaterThan(20);
  },
);

test('abandoning before the commit deletes the draft, as any cancel does', async () => {
  const world = await createWorld({ approvals: ['commit'] });
  world.start();
  await world.host.runUntil(() => world.view.state === 'waiting');

  world.cancel({ abandon: true });
  const view = await world.finish();

  expect(view).toMatchObject({ state: 'canceled', left: [] });
  expect(world.product.done.at(-1)).toBe('delete');
  world.close();
});

test('a cancel without abandon is refused after the commit, and the watch goes on', async () => {
  const world = await longWatch();
  world.start();
  await world.host.runUntil(() => world.callsOf('pollStoreSubmission').length === 3);

  const asked = world.cancel();
  const view = await world.finish();

  expect(asked).toBe('refused');
  expect(view.state).toBe('succeeded');
  world.close();
});

test('what cannot be withdrawn is left, and told', async () => {
  const world = await createWorld({ approvals: ['commit'] });
  world.twist('withdrawStoreSubmission', { code: 'draft-edited-in-portal', message: 'touched', retryable: false });
  world.start();
  await world.host.runUntil(() => world.view.state === 'waiting');

  world.cancel();
  const view = await world.finish();

  expect(view).toMatchObject({ state: 'canceled', left: ['draft'] });
  world.close();
});

test('wherever and however a cancel comes, with or without ring, it is obeyed or refused as documented', async () => {
  const positions = await positionsOf(eventful, places);

  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...positions), fc.boolean(), fc.boolean(), async (at, ring, abandon) => {
      const wish = { at, ring, abandon };
      expectDocumented(await stop(eventful, wish), wish, 24 * hour);
    }),
    { numRuns: 40 },
  );
});

test('an approval at any place counts when its gate is open, and only then', async () => {
  const gated: Scenario = () => createWorld({ approvals: ['commit'], approvalTimeoutMs: 2 * hour, until: 'committed' });
  const positions = await positionsOf(gated, ['activity-starting', 'activity-returned']);
  const counted: boolean[] = [];

  for (const [index, at] of positions.entries()) {
    const ring = index % 3 !== 0;
    const world = await interfere(gated, at, (running) => {
      running.decide('approved', { gateId: running.record.gate?.gateId ?? '', ring });
    });
    const isApproved = world.record.gate?.decision?.decision === 'approved';
    counted.push(isApproved);
    expect(world.view.state).toBe(isApproved ? 'succeeded' : 'failed');
    expect(world.product.count('commit')).toBe(isApproved ? 1 : 0);
    world.close();
  }

  expect(counted.filter(Boolean).length).toBeGreaterThan(3);
});
