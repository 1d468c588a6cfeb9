import * as fc from 'fast-check';
import {
  emptyBudget,
  nextPlace,
  withSlots,
  type BudgetPriority,
  type BudgetState,
} from '../../src/storage/budget-slots';

const rules = { limit: 6, windowMs: 60_000, readLimit: 2, haltRoom: 1 };

interface Send {
  readonly at: number;
  readonly priority: BudgetPriority;
}

/** The most sends in any half-open window that begins with one of them. */
function most(sends: readonly Send[]): number {
  const times = sends.map(({ at }) => at).sort((a, b) => a - b);
  return Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at < start + rules.windowMs).length));
}

const wishes = fc.array(
  fc.record({
    /** Until the next wish. */
    pause: fc.oneof(fc.constant(0), fc.nat(5_000), fc.nat(90_000)),
    count: fc.integer({ min: 1, max: 3 }),
    priority: fc.constantFrom<BudgetPriority>('release', 'release', 'read', 'halt'),
    /** What is known of the moment: the slot may be used anywhere between `at` and `latest`. */
    room: fc.integer({ min: 1_750, max: 9_000 }),
    late: fc.double({ min: 0, max: 1, noNaN: true }),
    block: fc.option(fc.nat(30_000), { freq: 10 }),
  }),
  { maxLength: 80 },
);

test('no window ever holds more than the limit, nor more reads than reads may use', () => {
  fc.assert(
    fc.property(wishes, (all) => {
      let state: BudgetState = emptyBudget;
      let now = 1_000_000;
      const sends: Send[] = [];

      for (const { pause, count, priority, room, late, block } of all) {
        now += pause;
        if (block !== null) state = { ...state, blockedUntil: Math.max(state.blockedUntil, now + block) };
        const place = nextPlace(state, rules, { count, priority, now });
        if (place === undefined || (priority === 'read' && place.at > now)) continue;
        expect(place.at).toBeGreaterThanOrEqual(Math.max(now, state.blockedUntil));
        const slot = { at: place.at, latest: place.at + room, ...(priority === 'read' ? { read: true as const } : {}) };
        state = withSlots(state, place.lane, { slot, count, now, rules });
        for (let index = 0; index < count; index += 1) sends.push({ at: place.at + late * room, priority });
      }

      expect(most(sends)).toBeLessThanOrEqual(rules.limit);
      expect(most(sends.filter(({ priority }) => priority === 'read'))).toBeLessThanOrEqual(rules.readLimit);
    }),
    { numRuns: 500 },
  );
});

test('an idle budget gives its whole limit at once, less what is kept for halts', () => {
  let state: BudgetState = emptyBudget;
  const times: number[] = [];
  for (let index = 0; index < 6; index += 1) {
    const place = nextPlace(state, rules, { count: 1, priority: 'release', now: 0 });
    times.push(place?.at ?? -1);
    state = withSlots(state, 'slots', { slot: { at: place?.at ?? 0, latest: 2_000 }, count: 1, now: 0, rules });
  }

  expect(times).toEqual([0, 0, 0, 0, 0, 62_000]);
  expect(nextPlace(state, rules, { count: 1, priority: 'halt', now: 0 })).toEqual({ lane: 'halts', at: 0 });
});

test('a slot is never before the one that was given last, whatever room either has', () => {
  const small = { ...rules, limit: 2 };
  const wish = { count: 1, priority: 'release', now: 0 } as const;
  const waiting = {
    ...emptyBudget,
    slots: [
      { at: 90_000, latest: 99_000 },
      { at: 90_000, latest: 92_000 },
    ],
  };
  const longest = { ...waiting, slots: [{ at: 500_000, latest: 501_000 }, ...waiting.slots] };

  expect(nextPlace(waiting, small, wish)?.at).toBe(152_000);
  expect(nextPlace({ ...waiting, slots: longest.slots.slice(0, 2).reverse() }, small, wish)?.at).toBe(561_000);
  expect(nextPlace({ ...waiting, slots: [{ at: 400_000, latest: 10_000 }] }, small, wish)?.at).toBe(400_000);
});

test('a row keeps what still counts and no more, and takes no reservation beyond its room', () => {
  let state: BudgetState = emptyBudget;
  let reserved = 0;
  for (;;) {
    const place = nextPlace(state, rules, { count: 1, priority: 'release', now: 0 });
    if (place === undefined) break;
    const slot = { at: place.at, latest: place.at + 2_250, ticket: 'x' };
    state = withSlots(state, 'slots', { slot, count: 1, now: 0, rules });
    reserved += 1;
  }
  const end = state.slots.at(-1)?.latest ?? 0;
  const later = withSlots(state, 'slots', { slot: { at: end, latest: end }, count: 1, now: end + 120_000, rules });

  expect(reserved).toBe(405);
  expect(later.slots).toHaveLength(5);
});
