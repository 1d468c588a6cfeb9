import fc from 'fast-check';
import type { RolloutPlan, StagePlace } from '../../../src/domain/store/rollout';
import {
  atPercentage,
  held,
  isTaken,
  nextRequest,
  requestOf,
  resumed,
  rolloutView,
  standingOf,
} from '../../../src/domain/store/rollout';

const plan: RolloutPlan = {
  stages: [
    { percentage: 5, lastsMs: 100 },
    { percentage: 20, lastsMs: null },
    { percentage: 50, lastsMs: 300 },
  ],
  finalize: true,
};
const place: StagePlace = { percentage: 0, held: false, dueAt: null, leftMs: null };

test.each([
  ['a stage', 5, { percentage: 5, dueAt: 1100 }],
  ['a stage that waits for a person', 20, { percentage: 20, dueAt: null }],
  ['one between two stages: the lower one begins', 19, { percentage: 19, dueAt: 1100 }],
  ['one above all', 99.9, { percentage: 99.9, dueAt: 1300 }],
  ['one below all waits for a person', 2, { percentage: 2, dueAt: null }],
])('at the percentage of %s', (_what, percentage, expected) => {
  expect(atPercentage(plan, place, percentage, 1000)).toMatchObject(expected);
});

test.each([
  [0, { kind: 'percentage', percentage: 5 }],
  [5, { kind: 'percentage', percentage: 20 }],
  [30, { kind: 'percentage', percentage: 50 }],
  [50, { kind: 'finalize' }],
  [100, { kind: 'finalize' }],
])('after %d comes the next stage above it', (percentage, expected) => {
  expect(nextRequest(plan, { ...place, percentage })).toEqual(expected);
});

test('without finalize the last stage is the end', () => {
  expect(nextRequest({ ...plan, finalize: false }, { ...place, percentage: 50 })).toBe('end');
});

test('a held stage takes another percentage, and stays held', () => {
  const now = held({ ...place, percentage: 5, dueAt: 500 }, 450);

  expect(now).toMatchObject({ held: true, dueAt: null, leftMs: 50 });
  expect(atPercentage(plan, now, 50, 460)).toMatchObject({ percentage: 50, held: true, dueAt: null, leftMs: 300 });
  expect(rolloutView(now, 'x')).toEqual({ percentage: 5, status: 'x', held: true, nextStageAt: null });
});

test('holding and resuming neither gives nor takes time', () => {
  const times = fc.record({ dueAt: fc.nat(10_000), from: fc.nat(10_000), forMs: fc.nat(10_000) });
  fc.assert(
    fc.property(times, ({ dueAt, from, forMs }) => {
      const before: StagePlace = { ...place, percentage: 5, dueAt };

      const after = resumed(held(before, from), from + forMs);

      expect(after).toEqual({ ...before, dueAt: Math.max(dueAt, from) + forMs });
    }),
  );
});

test('a stage that waits for a person is over when it is resumed, and not when a hold is taken back', () => {
  expect(resumed(place, 7)).toMatchObject({ dueAt: 7 });
  expect(resumed(held(place, 5), 7)).toMatchObject({ held: false, dueAt: null });
  expect(resumed({ ...place, dueAt: 9 }, 7)).toMatchObject({ dueAt: 9 });
});

const seen = { isRollout: true, percentage: 25, status: 'PackageRolloutInProgress' };

test.each([
  [{ kind: 'percentage', percentage: 25 } as const, seen, true],
  [{ kind: 'percentage', percentage: 25.001 } as const, seen, true],
  [{ kind: 'percentage', percentage: 26 } as const, seen, false],
  [{ kind: 'percentage', percentage: 25 } as const, { ...seen, status: 'PackageRolloutStopped' }, false],
  [{ kind: 'halt' } as const, { ...seen, status: 'PackageRolloutStopped' }, true],
  [{ kind: 'halt' } as const, seen, false],
  [{ kind: 'finalize' } as const, { ...seen, status: 'PackageRolloutComplete' }, true],
  [{ kind: 'finalize' } as const, { ...seen, status: 'PackageRolloutStopped' }, false],
])('%j is read back from %j: %s', (request, rollout, expected) => {
  expect(isTaken(request, rollout)).toBe(expected);
});

test('an unknown status is no rollout that runs', () => {
  expect(standingOf({ status: 'PackageRolloutSomethingNew' })).toBe('none');
});

test('stages alone are held and resumed; the rest goes to Partner Center', () => {
  expect([{ action: 'hold' } as const, { action: 'resume' } as const].map(requestOf)).toEqual([null, null]);
  expect(requestOf({ action: 'halt' })).toEqual({ kind: 'halt' });
  expect(requestOf({ percentage: 7 })).toEqual({ kind: 'percentage', percentage: 7 });
});
