import { parseServiceTime } from '../../src/storage/budget-row';
import { budgets, type BudgetOptions, type RequestBudget } from '../../src/storage/budgets';
import { connectStorage, type Storage } from '../../src/storage/connect';
import { newReleaseId } from '../../src/storage/release-id';
import { storageAccount } from '../support/storage-account';
import { Killed, mortalStorage } from './interruptions';

const start = Date.UTC(2026, 10, 20, 12);

const azurite = storageAccount();
let storage: Storage;

beforeAll(async () => {
  storage = connectStorage({ connectionString: azurite.connectionString });
  await storage.table('budgets');
});

/** A clock that moves when somebody waits, and shows whole seconds as the service does. */
class TestClock {
  constructor(public time = start) {}
  /** Added between the service's answer and what follows. */
  stall = 0;
  readonly waits: number[] = [];
  monotonic = (): number => this.time;
  delay = (ms: number, signal?: AbortSignal): Promise<void> => {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    this.waits.push(ms);
    this.time += ms;
    return Promise.resolve();
  };
  serviceTime = (): number => {
    const shown = Math.floor(this.time / 1_000) * 1_000;
    this.time += this.stall;
    return shown;
  };
}

function aBudget(clock: TestClock, options: BudgetOptions = {}, tenant = newReleaseId()): RequestBudget {
  return budgets(storage, { clock, limit: 4, haltRoom: 1, readLimit: 2, ...options }).budgetFor(tenant);
}

const spend = async (budget: RequestBudget, count: number): Promise<void> => {
  for (let index = 0; index < count; index += 1) {
    expect(await budget.reserve(1, { maxWaitMs: 0 })).toEqual({ granted: true });
  }
};

/** The clock shows whole seconds, so that a slot is found up to a second after its time, and never before. */
function expectSlot(clock: TestClock, after: number): void {
  expect(clock.time - start).toBeGreaterThanOrEqual(after);
  expect(clock.time - start).toBeLessThanOrEqual(after + 1_000);
}

test('what is free is granted at once, and the next one after the window', async () => {
  const clock = new TestClock();
  const budget = aBudget(clock);
  await spend(budget, 3);
  const before = clock.time;

  const answer = await budget.reserve(1, { maxWaitMs: 90_000 });

  expect(answer).toEqual({ granted: true });
  expect(before).toBe(start);
  expectSlot(clock, 62_250);
});

test.each([
  [{ limit: 20, haltRoom: 2, readLimit: 5 }, 5],
  [{ limit: 1000, haltRoom: 0, readLimit: 500 }, 10],
  [{ limit: 3, haltRoom: 1, readLimit: 5 }, 2],
  [{ limit: 1, haltRoom: 0, readLimit: 1 }, 1],
])('as many as are worth it go together in every priority: %j', async (rules, most) => {
  const budget = aBudget(new TestClock(), rules);
  const asReleases = aBudget(new TestClock(), rules);

  const answers = [
    await budget.reserve(budget.mostTogether, { maxWaitMs: 0, priority: 'read' }),
    await asReleases.reserve(asReleases.mostTogether, { maxWaitMs: 0 }),
  ];

  expect(budget.mostTogether).toBe(most);
  expect(answers).toEqual([{ granted: true }, { granted: true }]);
});

test('several requests go together, when there is room for all', async () => {
  const clock = new TestClock();
  const budget = aBudget(clock);
  await spend(budget, 2);

  await budget.reserve(2, { maxWaitMs: 90_000 });

  expectSlot(clock, 62_250);
  await expect(budget.reserve(4, { maxWaitMs: 0 })).rejects.toMatchObject({
    code: 'budget-exceeded',
    retryable: false,
  });
});

test('a slot that is too far away is reserved under a ticket, and the ticket gives exactly that slot', async () => {
  const clock = new TestClock();
  const budget = aBudget(clock);
  await spend(budget, 3);

  const first = await budget.reserve(1, { maxWaitMs: 20_000 });
  const second = await budget.reserve(3, { maxWaitMs: 20_000 });
  if (first.granted || second.granted) throw new Error('granted');
  clock.time = first.retryAt.getTime();
  const redeemed = await budget.reserve(1, { maxWaitMs: 20_000, ticket: first.ticket });

  expect(first.retryAt.getTime() - start).toBe(62_250 - 15_000);
  expect(second.retryAt.getTime() - start).toBe(2 * 62_250 - 15_000);
  expect(redeemed).toEqual({ granted: true });
  expectSlot(clock, 62_250);
});

test('who comes too early with a ticket is sent away with the same one', async () => {
  const clock = new TestClock();
  const budget = aBudget(clock);
  await spend(budget, 3);
  const first = await budget.reserve(1, { maxWaitMs: 20_000 });
  if (first.granted) throw new Error('granted');

  const again = await budget.reserve(1, { maxWaitMs: 20_000, ticket: first.ticket });

  expect(again).toEqual(first);
});

test('a ticket is good once, also for two copies at once', async () => {
  const tenant = newReleaseId();
  const clock = new TestClock();
  const budget = aBudget(clock, {}, tenant);
  await spend(budget, 3);
  const first = await budget.reserve(1, { maxWaitMs: 20_000 });
  if (first.granted) throw new Error('granted');
  const time = first.retryAt.getTime() + 14_000;

  const answers = await Promise.all(
    [1, 2].map(() => aBudget(new TestClock(time), {}, tenant).reserve(1, { maxWaitMs: 0, ticket: first.ticket })),
  );
  const late = await aBudget(new TestClock(time), {}, tenant).reserve(1, { maxWaitMs: 0, ticket: first.ticket });

  // The other two found room of their own, since the window was empty by then; three slots are gone in all.
  expect([...answers, late].map(({ granted }) => granted)).toEqual([true, true, true]);
  expect(await aBudget(new TestClock(time + 1_000), {}, tenant).reserve(1, { maxWaitMs: 0 })).toMatchObject({
    granted: false,
  });
});

test('a ticket whose time has passed gives a new slot', async () => {
  const clock = new TestClock();
  const budget = aBudget(clock);
  await spend(budget, 3);
  const first = await budget.reserve(1, { maxWaitMs: 20_000 });
  const others = await budget.reserve(3, { maxWaitMs: 20_000 });
  if (first.granted || others.granted) throw new Error('granted');
  clock.time = start + 62_250 + 2_000;

  const answer = await budget.reserve(1, { maxWaitMs: 0, ticket: first.ticket });

  expect(answer).toMatchObject({ granted: false });
  expect(answer).not.toMatchObject({ ticket: first.ticket });
});

test('a ticket of one slot gives no more than that: who comes back for three gets new ones', async () => {
  const clock = new TestClock();
  const budget = aBudget(clock);
  await spend(budget, 3);
  const first = await budget.reserve(1, { maxWaitMs: 0 });
  if (first.granted) throw new Error('There was room');
  clock.time = first.retryAt.getTime();

  const three = await budget.reserve(3, { maxWaitMs: 300_000, ticket: first.ticket });
  const granted = clock.time;
  const more = await budget.reserve(1, { maxWaitMs: 0 });

  expect(three).toEqual({ granted: true });
  // The slot of the ticket counts, and three more fit only when it has left the window.
  expect(granted).toBeGreaterThanOrEqual(start + 2 * 60_000);
  expect(more).toMatchObject({ granted: false });
});

test('a block holds everyone back, also those who have a ticket, and is never shortened', async () => {
  const clock = new TestClock();
  const budget = aBudget(clock);
  await spend(budget, 3);
  const first = await budget.reserve(1, { maxWaitMs: 20_000 });
  if (first.granted) throw new Error('granted');
  await budget.block(new Date(start + 120_000));
  await budget.block(new Date(start + 60_000));
  clock.time = first.retryAt.getTime();

  const answer = await budget.reserve(1, { maxWaitMs: 20_000, ticket: first.ticket });

  expect(answer).toMatchObject({ granted: false, retryAt: new Date(start + 120_000 - 15_000) });
});

test('reads use a part of the budget, wait for nothing and reserve nothing', async () => {
  const clock = new TestClock();
  const budget = aBudget(clock);
  const read = () => budget.reserve(1, { maxWaitMs: 60_000, priority: 'read' });

  const answers = [await read(), await read(), await read()];
  await spend(budget, 1);

  expect(answers.slice(0, 2)).toEqual([{ granted: true }, { granted: true }]);
  expect(answers[2]).toEqual({ granted: false, retryAt: new Date(start + 62_250), ticket: '' });
  expect(await read()).toMatchObject({ granted: false, ticket: '' });
  expect(clock.waits).toEqual([]);
});

test('a halt finds room when the budget is used up', async () => {
  const clock = new TestClock();
  const budget = aBudget(clock);
  await spend(budget, 3);

  expect(await budget.reserve(1, { maxWaitMs: 0, priority: 'halt' })).toEqual({ granted: true });
  expect(await budget.reserve(1, { maxWaitMs: 0, priority: 'halt' })).toMatchObject({ granted: false });
});

test('a slot that came too late is given up for another one with more room', async () => {
  const clock = new TestClock();
  const budget = aBudget(clock);
  clock.stall = 800;

  const answer = await budget.reserve(1, { maxWaitMs: 90_000 });

  expect(answer).toEqual({ granted: true });
  expect(await budget.reserve(1, { maxWaitMs: 90_000 })).toEqual({ granted: true });
  // Each of them took two slots of three: the second had to wait for the window.
  expect(clock.time - start).toBeGreaterThan(60_000);
});

test('a storage that is always too slow is an error that may pass, not a send at the wrong time', async () => {
  const clock = new TestClock();
  clock.stall = 60_000;

  await expect(aBudget(clock, { limit: 50 }).reserve(1, { maxWaitMs: 1_000 })).rejects.toMatchObject({
    code: 'storage-unavailable',
    retryable: true,
  });
});

test('waiting ends when it is aborted', async () => {
  const budget = budgets(storage, { limit: 2, haltRoom: 1 }).budgetFor(newReleaseId());
  await spend(budget, 1);
  const abort = new AbortController();

  const waiting = budget.reserve(1, { maxWaitMs: 120_000, signal: abort.signal });
  abort.abort();

  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});

test('an answer that is lost wastes a slot and grants none twice', async () => {
  const clock = new TestClock();
  const tenant = newReleaseId();
  await spend(aBudget(clock, {}, tenant), 1);
  // The first write makes the table, the second takes the slot.
  const { storage: mortal } = mortalStorage(azurite.connectionString, { write: 2, when: 'after' });
  const dying = budgets(mortal, { clock, limit: 4 }).budgetFor(tenant);

  await expect(dying.reserve(1, { maxWaitMs: 0 })).rejects.toBeInstanceOf(Killed);

  await spend(aBudget(clock, {}, tenant), 1);
  expect(await aBudget(clock, {}, tenant).reserve(1, { maxWaitMs: 0 })).toMatchObject({ granted: false });
});

test('tenants do not know each other', async () => {
  const clock = new TestClock();
  await spend(aBudget(clock), 3);

  await spend(aBudget(clock), 3);

  expect(clock.time).toBe(start);
});

test('the clock is the date of an answer, and an answer without one is an error', () => {
  expect(parseServiceTime('Fri, 20 Nov 2026 10:12:15 GMT')).toBe(Date.UTC(2026, 10, 20, 10, 12, 15));
  expect(() => parseServiceTime(undefined)).toThrow('no date');
});
