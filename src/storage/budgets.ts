import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { parseServiceTime, readBudget, writeBudget, type BudgetClock, type TimedBudget } from './budget-row';
import {
  limitOf,
  nextPlace,
  countOfTicket,
  slotOfTicket,
  withoutTicket,
  withSlots,
  type BudgetPriority,
  type BudgetRules,
  type BudgetState,
  type Slot,
} from './budget-slots';
import type { Storage } from './connect';
import { StorageError } from './storage-error';

export interface ReserveOptions {
  /**
   * Of an earlier answer: exactly those slots, if the caller comes before their time, nothing blocks them, and they are as
   * many as it asks for now.
   */
  readonly ticket?: string;
  /** A slot that is further away is not awaited but reserved under a ticket. */
  readonly maxWaitMs: number;
  readonly signal?: AbortSignal;
  /** Default `release`. A `read` never waits and never reserves. */
  readonly priority?: BudgetPriority;
}

export type BudgetAnswer =
  /** Send now: within half a second. */
  | { readonly granted: true }
  /**
   * Come back at `retryAt` with the ticket. That is up to 15 s before the reserved slots, so that a timer which fires late
   * does not miss them; the rest is awaited then. An empty ticket reserves nothing.
   */
  | { readonly granted: false; readonly retryAt: Date; readonly ticket: string };

/** The budget of one tenant. */
export interface RequestBudget {
  /** How many slots a reservation of any priority may ask for, and be placed soon where the budget is in use. */
  readonly mostTogether: number;
  reserve(count: number, options: ReserveOptions): Promise<BudgetAnswer>;
  /** Nobody sends before this time: Partner Center said so. */
  block(until: Date): Promise<void>;
}

/**
 * Request budgets of tenants, one row each in table `budgets`, shared by all processes: at most `limit` requests in any
 * rolling window.
 *
 * The slots' arithmetic and why it holds is in `budget-slots.ts`; it needs every send to fall between a slot's `at` and
 * its `latest`. There is one clock, the storage service's, seen through the `Date` header of the answer that read the row.
 * It is cut off to a second, so when an answer dated `D` is here after a trip of `t`, the service's clock is between `D`
 * and `D + 1 s + t`.
 *
 * - Not before `at`: we wait until `at - D` has passed since the answer was here.
 * - Not after `latest`: `e` after the answer was here, the clock is at most `D + 1 s + t + e`. Only if that, with half a
 *   second for the caller to send and a quarter for what clocks and ways differ, is no later than `latest`, the slot is
 *   granted. Otherwise it is left unused, and another is reserved with twice the room.
 * - So `latest = at + 1 s + room + 0.75 s`, with a room of half a second, more on a slow way: slots of a full budget come
 *   back after about 62.25 s.
 *
 * A row is written only if nobody wrote since it was read; an answer that is lost wastes slots and never grants twice. A
 * ticket is spent by the write that uses it, so of two copies with the same ticket one gets the slots.
 */
export interface Budgets {
  budgetFor(tenant: string): RequestBudget;
}

export interface BudgetOptions extends Partial<BudgetRules> {
  readonly clock?: BudgetClock;
}

const resolutionMs = 1_000;
const sendingMs = 500;
const variationMs = 250;
const leastRoomMs = 500;
/** A slot this near is awaited without another look at the row. */
const nearMs = 1_500;
const lookAgainMs = 1_000;
const maxTries = 60;
const maxLost = 5;

/** The clock of this process, and the service's as its answers tell it. */
export const processClock: BudgetClock = {
  monotonic: () => performance.now(),
  delay: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }),
  serviceTime: parseServiceTime,
};

export function budgets(storage: Storage, options: BudgetOptions = {}): Budgets {
  const { clock = processClock, limit = 20, windowMs = 60_000, readLimit = 5, haltRoom = 1 } = options;
  const context = { storage, clock, rules: { limit, windowMs, readLimit, haltRoom } };
  return {
    budgetFor: (tenant) => ({
      mostTogether: mostTogether(context.rules),
      reserve: (count, wish) => reserve({ ...context, tenant }, count, wish),
      block: (until) => block({ ...context, tenant }, until),
    }),
  };
}

/** More at once would leave slots idle that are free already, until as many are. */
const mostOfAny = 10;

function mostTogether(rules: BudgetRules): number {
  return Math.max(1, Math.min(mostOfAny, rules.readLimit, limitOf('slots', rules)));
}

interface Context {
  readonly storage: Storage;
  readonly tenant: string;
  readonly clock: BudgetClock;
  readonly rules: BudgetRules;
}

/** Slots that are ours, and the answer that their times are measured from. */
interface Hold {
  readonly slot: Slot;
  readonly read: TimedBudget;
}

async function reserve(context: Context, count: number, options: ReserveOptions): Promise<BudgetAnswer> {
  if (count < 1 || count > limitOf('slots', context.rules)) {
    throw new StorageError('budget-exceeded', 'more requests at once than the budget ever has');
  }
  let { ticket } = options;
  for (let lost = 0; lost < maxLost;) {
    options.signal?.throwIfAborted();
    const taken: Taken =
      ticket === undefined ? await take(context, { count, options, lost }) : await spend(context, ticket, count);
    ticket = undefined;
    if (taken.kind === 'refused') return { granted: false, retryAt: new Date(taken.at), ticket: '' };
    if (taken.kind === 'mine') {
      if (await awaitSlot(context, taken.hold, options.signal)) return { granted: true };
      lost += 1;
    }
    if (taken.kind === 'later') {
      const { slot, read } = taken.hold;
      if (slot.at - read.now > longestWait(options)) return comeBack(slot, taken.ticket, options);
      await waitUntil(context, taken.hold, { before: lookAgainMs, signal: options.signal });
      ticket = taken.ticket;
    }
  }
  throw new StorageError('storage-unavailable', 'the storage answers too slowly to keep to the request budget');
}

type Taken =
  /** Slots that are used up by this call, whatever becomes of it. */
  | { readonly kind: 'mine'; readonly hold: Hold }
  /** Slots that are reserved under a ticket. */
  | { readonly kind: 'later'; readonly hold: Hold; readonly ticket: string }
  | { readonly kind: 'refused'; readonly at: number }
  /** The ticket is good for nothing any more. */
  | { readonly kind: 'void' };

/** Reserves new slots, under a ticket where they are not near. */
function take(
  context: Context,
  { count, options, lost }: { count: number; options: ReserveOptions; lost: number },
): Promise<Taken> {
  const { rules } = context;
  const priority = options.priority ?? 'release';
  return change<Taken>(context, (read) => {
    const { state, now } = read;
    const place = nextPlace(state, rules, { count, priority, now });
    if (place === undefined) return { taken: { kind: 'refused', at: state.slots.at(-1)?.at ?? now + rules.windowMs } };
    if (priority === 'read' && place.at > now) return { taken: { kind: 'refused', at: place.at } };
    const room = Math.max(leastRoomMs, 2 * read.tripMs) * 2 ** lost;
    const slot = {
      at: place.at,
      latest: Math.ceil(place.at + resolutionMs + room + sendingMs + variationMs),
      ...(priority === 'read' ? { read: true as const } : {}),
    };
    if (place.at - now <= nearMs) {
      return {
        state: withSlots(state, place.lane, { slot, count, now, rules }),
        taken: { kind: 'mine', hold: { slot, read } },
      };
    }
    const ticket = randomBytes(9).toString('base64url');
    const reserved = withSlots(state, place.lane, { slot: { ...slot, ticket }, count, now, rules });
    return { state: reserved, taken: { kind: 'later', hold: { slot, read }, ticket } };
  });
}

/** Uses the slots of a ticket, if they are enough and their time is near; leaves them where it is not near. */
function spend(context: Context, ticket: string, count: number): Promise<Taken> {
  return change<Taken>(context, (read) => {
    const slot = slotOfTicket(read.state, ticket);
    if (slot === undefined) return { taken: { kind: 'void' } };
    const spent = withoutTicket(read.state, ticket);
    const isOver = slot.at < read.state.blockedUntil || latestSend(context, read) > slot.latest;
    if (isOver || countOfTicket(read.state, ticket) < count) {
      return { state: spent, taken: { kind: 'void' } };
    }
    if (slot.at - read.now > nearMs) return { taken: { kind: 'later', hold: { slot, read }, ticket } };
    return { state: spent, taken: { kind: 'mine', hold: { slot, read } } };
  });
}

/** Reads, decides, and writes if nobody wrote since; without a state there is nothing to write. */
async function change<T>(
  context: Context,
  decide: (read: TimedBudget) => { readonly state?: BudgetState; readonly taken: T },
): Promise<T> {
  const { storage, tenant, clock } = context;
  for (let tries = 1; tries <= maxTries; tries += 1) {
    const read = await readBudget(storage, tenant, clock);
    const { state, taken } = decide(read);
    if (state === undefined || (await writeBudget(storage, tenant, read.etag, state))) return taken;
    await clock.delay(Math.random() * Math.min(10 * 2 ** Math.min(tries, 10), 500));
  }
  throw new StorageError('storage-conflict', 'the request budget kept changing');
}

/** Waits for the very moment; `false` where it is over when we look. */
async function awaitSlot(context: Context, hold: Hold, signal: AbortSignal | undefined): Promise<boolean> {
  await waitUntil(context, hold, { before: 0, signal });
  return latestSend(context, hold.read) <= hold.slot.latest;
}

/** The latest moment at which a request can be on its way if it is granted now, by the service's clock. */
function latestSend(context: Context, read: TimedBudget): number {
  const elapsed = context.clock.monotonic() - read.receivedAt;
  return read.now + resolutionMs + read.tripMs + elapsed + sendingMs + variationMs;
}

async function waitUntil(
  context: Context,
  { slot, read }: Hold,
  { before, signal }: { before: number; signal: AbortSignal | undefined },
): Promise<void> {
  const { clock } = context;
  const due = read.receivedAt + (slot.at - read.now) - before;
  // A timer may fire a little early.
  for (let left = due - clock.monotonic(); left > 0; left = due - clock.monotonic()) {
    await clock.delay(Math.ceil(left), signal);
  }
}

function lead(options: ReserveOptions): number {
  return Math.min(Math.max(0.75 * options.maxWaitMs, 1_000), 15_000);
}

/** Who comes back at `retryAt` is never sent away once more, although the clock may be a second off. */
function longestWait(options: ReserveOptions): number {
  return options.ticket === undefined ? options.maxWaitMs : Math.max(options.maxWaitMs, lead(options) + 2_000);
}

function comeBack(slot: Slot, ticket: string, options: ReserveOptions): BudgetAnswer {
  return { granted: false, retryAt: new Date(slot.at - lead(options)), ticket };
}

function block(context: Context, until: Date): Promise<void> {
  return change(context, ({ state }) =>
    until.getTime() <= state.blockedUntil
      ? { taken: undefined }
      : { state: { ...state, blockedUntil: until.getTime() }, taken: undefined },
  );
}
