import {
  BudgetDeferredError,
  createAllowance,
  createBudgetQueue,
  type RequestBudget,
  type Reservation,
  type ReserveOptions,
} from '../../../src/partner-center/http';
import { failureOf, testTiming } from '../fakes';

interface Asked {
  readonly count: number;
  readonly ticket: string | undefined;
  readonly maxWaitMs: number;
}

/** Answers as it is told, grants when it is told nothing, and remembers what it was asked. */
function scriptedBudget(...answers: Reservation[]): RequestBudget & { readonly asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    mostTogether: 5,
    reserve: async (count: number, { ticket, maxWaitMs }: ReserveOptions) => {
      asked.push({ count, ticket, maxWaitMs });
      return answers.shift() ?? { granted: true };
    },
    block: async () => undefined,
  };
}

const retryAt = new Date('2026-11-20T08:05:00Z');
const refused = { granted: false, retryAt, ticket: 'ticket-1' } as const;

describe('an allowance', () => {
  it('reserves what a run costs at once, and uses the slots while they are fresh', async () => {
    const budget = scriptedBudget();
    const timing = testTiming();
    const allowance = createAllowance({ budget, cost: 3, timing });

    await allowance.take();
    timing.advance(200);
    await allowance.take();
    timing.advance(300);
    await allowance.take();

    expect(budget.asked).toEqual([{ count: 3, ticket: undefined, maxWaitMs: 20_000 }]);
  });

  it('reserves anew, one at a time and with more patience, when a slot has gone stale', async () => {
    const budget = scriptedBudget();
    const timing = testTiming();
    const allowance = createAllowance({ budget, cost: 3, timing });

    await allowance.take();
    timing.advance(501);
    await allowance.take();
    await allowance.take();

    expect(budget.asked).toEqual([
      { count: 3, ticket: undefined, maxWaitMs: 20_000 },
      { count: 1, ticket: undefined, maxWaitMs: 240_000 },
      { count: 1, ticket: undefined, maxWaitMs: 240_000 },
    ]);
  });

  it('never uses a slot that went stale after a fresh one was reserved', async () => {
    const budget = scriptedBudget();
    const timing = testTiming();
    const allowance = createAllowance({ budget, cost: 5, timing });

    await allowance.take();
    timing.advance(600);
    await allowance.take();
    timing.advance(1);
    await allowance.take();

    expect(budget.asked.map(({ count }) => count)).toEqual([5, 1, 1]);
  });

  it('comes back later when the first slot is far away, with the ticket that keeps its place', async () => {
    const first = createAllowance({ budget: scriptedBudget(refused), cost: 2 });

    const error = await failureOf(first.take());

    expect(error).toBeInstanceOf(BudgetDeferredError);
    expect(error).toMatchObject({ outcome: 'not-sent', retryAt, ticket: 'ticket-1', sent: 0 });
  });

  it('shows the ticket of an earlier try once', async () => {
    const budget = scriptedBudget();
    const timing = testTiming();
    const allowance = createAllowance({ budget, cost: 1, ticket: 'ticket-1', timing });

    await allowance.take();
    await allowance.take();

    expect(budget.asked.map(({ ticket }) => ticket)).toEqual(['ticket-1', undefined]);
  });

  it('says how many requests went out before, when a later one is deferred after all', async () => {
    const budget = scriptedBudget({ granted: true }, refused);
    const allowance = createAllowance({ budget, cost: 1 });

    await allowance.take();
    const error = await failureOf(allowance.take());

    expect(error).toMatchObject({ name: 'BudgetDeferredError', sent: 1 });
  });

  it('reserves once for requests that begin together', async () => {
    const budget = scriptedBudget();
    const allowance = createAllowance({ budget, cost: 3, timing: testTiming() });

    await Promise.all([allowance.take(), allowance.take(), allowance.take()]);

    expect(budget.asked).toHaveLength(1);
  });

  it('reserves together for those that wait together, as many as the budget finds worth it', async () => {
    const budget = scriptedBudget();
    const allowance = createAllowance({ budget, cost: 1, timing: testTiming() });

    await Promise.all(Array.from({ length: 9 }, () => allowance.take()));
    await allowance.take();

    expect(budget.asked.map(({ count }) => count)).toEqual([1, 5, 3, 1]);
  });

  it('defers the whole run once, and keeps no second place for it', async () => {
    const budget = scriptedBudget({ granted: true }, refused);
    const allowance = createAllowance({ budget, cost: 1, timing: testTiming() });

    const results = await Promise.allSettled(Array.from({ length: 8 }, () => allowance.take()));
    const later = await failureOf(allowance.take());

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', ...Array<string>(7).fill('rejected')]);
    expect(later).toMatchObject({ name: 'BudgetDeferredError', ticket: 'ticket-1', sent: 1 });
    expect(budget.asked.map(({ count }) => count)).toEqual([1, 5]);
  });

  it('never waits for those who only look', async () => {
    const asked: ReserveOptions[] = [];
    const budget: RequestBudget = {
      mostTogether: 5,
      reserve: async (_, options) => {
        asked.push(options);
        return { granted: true };
      },
      block: async () => undefined,
    };
    const timing = testTiming();
    const allowance = createAllowance({ budget, cost: 1, priority: 'read', timing });

    await allowance.take();
    await allowance.take();

    expect(asked.map(({ maxWaitMs, priority }) => [maxWaitMs, priority])).toEqual([
      [0, 'read'],
      [0, 'read'],
    ]);
  });

  it('waits less for the first one when told so', async () => {
    const budget = scriptedBudget();
    const allowance = createAllowance({ budget, cost: 1, firstWaitMs: 2000 });

    await allowance.take();

    expect(budget.asked[0]?.maxWaitMs).toBe(2000);
  });
});

/** A budget whose answers a test gives by hand. */
function heldBudget() {
  const calls: (Asked & { readonly answer: (reservation: Reservation) => void })[] = [];
  const budget: RequestBudget = {
    mostTogether: 5,
    reserve: (count, { ticket, maxWaitMs }) =>
      new Promise((answer) => calls.push({ count, ticket, maxWaitMs, answer })),
    block: async () => undefined,
  };
  return { budget, calls };
}

/** A time in which waits end only when a test says so. */
function heldTiming() {
  const timing = testTiming();
  const waits: { readonly ms: number; readonly end: () => void }[] = [];
  const delay = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      waits.push({ ms, end: resolve });
      signal?.addEventListener('abort', () => reject(new Error('aborted')));
    });
  return { timing: { ...timing, delay }, waits };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the queue of a process', () => {
  it('asks the budget for one at a time, in the order of arrival', async () => {
    const { budget, calls } = heldBudget();
    const queue = createBudgetQueue(budget, heldTiming().timing);

    const all = [1, 2, 3].map((count) => queue.reserve(count, { maxWaitMs: 20_000 }));
    const order: number[] = [];
    for (let asked = 0; asked < 3; asked += 1) {
      await settle();
      expect(calls).toHaveLength(asked + 1);
      order.push(calls[asked]!.count);
      calls[asked]!.answer({ granted: true });
    }

    expect(await Promise.all(all)).toEqual([{ granted: true }, { granted: true }, { granted: true }]);
    expect(order).toEqual([1, 2, 3]);
  });

  it('takes the time spent in the queue off what may be waited', async () => {
    const { budget, calls } = heldBudget();
    const { timing } = heldTiming();
    const queue = createBudgetQueue(budget, timing);

    void queue.reserve(1, { maxWaitMs: 20_000 });
    void queue.reserve(2, { maxWaitMs: 20_000 });
    await settle();
    timing.advance(5000);
    calls[0]!.answer({ granted: true });
    await settle();

    expect(calls[1]).toMatchObject({ count: 2, maxWaitMs: 15_000 });
  });

  it('lets the budget name time and ticket for one who has waited long enough, and keeps the order of the rest', async () => {
    const { budget, calls } = heldBudget();
    const { timing, waits } = heldTiming();
    const queue = createBudgetQueue(budget, timing);

    void queue.reserve(1, { maxWaitMs: 240_000 });
    const impatient = queue.reserve(2, { maxWaitMs: 20_000, ticket: 't' });
    void queue.reserve(3, { maxWaitMs: 240_000 });
    await settle();
    waits.find(({ ms }) => ms === 20_000)!.end();
    await settle();
    const asked = calls.map(({ count, maxWaitMs, ticket }) => ({ count, maxWaitMs, ticket }));
    calls[1]!.answer(refused);

    expect(asked).toEqual([
      { count: 1, maxWaitMs: 240_000, ticket: undefined },
      { count: 2, maxWaitMs: 0, ticket: 't' },
    ]);
    expect(await impatient).toEqual(refused);
    await settle();
    expect(calls).toHaveLength(2);
    calls[0]!.answer({ granted: true });
    await settle();
    expect(calls[2]).toMatchObject({ count: 3 });
  });

  it('lets a halt pass', async () => {
    const { budget, calls } = heldBudget();
    const queue = createBudgetQueue(budget, heldTiming().timing);

    void queue.reserve(1, { maxWaitMs: 240_000 });
    void queue.reserve(2, { maxWaitMs: 20_000 });
    void queue.reserve(3, { maxWaitMs: 20_000, priority: 'halt' });
    await settle();

    expect(calls.map(({ count, maxWaitMs }) => [count, maxWaitMs])).toEqual([
      [3, 20_000],
      [1, 240_000],
    ]);
  });

  it('goes on after a budget that failed, and after a caller who gave up', async () => {
    const stop = new AbortController();
    const { budget, calls } = heldBudget();
    let fail = true;
    const failing: RequestBudget = {
      ...budget,
      reserve: (count, options) => {
        if (!fail) return budget.reserve(count, options);
        fail = false;
        return Promise.reject(new Error('storage'));
      },
    };
    const queue = createBudgetQueue(failing, heldTiming().timing);

    const first = failureOf(queue.reserve(1, { maxWaitMs: 10 }));
    void queue.reserve(2, { maxWaitMs: 10 });
    const third = failureOf(queue.reserve(3, { maxWaitMs: 10, signal: stop.signal }));
    void queue.reserve(4, { maxWaitMs: 10 });
    await settle();
    stop.abort();
    await settle();
    calls[0]!.answer({ granted: true });
    await settle();

    expect(await first).toEqual(new Error('storage'));
    expect(await third).toBeInstanceOf(Error);
    expect(calls.map(({ count }) => count)).toEqual([2, 4]);
  });
});
