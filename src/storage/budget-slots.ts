/**
 * The arithmetic of a request budget, pure. All times are milliseconds since 1970 by the clock of the storage service.
 *
 * **Why at most `limit` sends fall into any `windowMs`.** Slot `i` says that its request is sent at `sent[i]`, not before
 * `at[i]` and not after `latest[i]`. A new slot is never before the last one, and never before `latest[i - limit] +
 * windowMs`. Suppose `limit + 1` requests were sent within less than `windowMs`, the first of them by slot `m`, the last
 * by slot `M` of the list, so that `M - m >= limit`. Then `sent[M] >= at[M] >= at[m + limit] >= latest[m] + windowMs >=
 * sent[m] + windowMs`: a contradiction. Slots that nobody uses only leave room.
 *
 * What remains is that a send really falls between `at` and `latest`; see `budgets.ts`.
 */
export interface Slot {
  readonly at: number;
  readonly latest: number;
  /** Who may come back for it; absent = used, or about to be. */
  readonly ticket?: string;
  /** Taken by a read. */
  readonly read?: true;
}

export interface BudgetState {
  /** In the order of their times; the last `limit` at least. */
  readonly slots: readonly Slot[];
  /** A lane of its own, so that a halt need not wait for what is reserved already. */
  readonly halts: readonly Slot[];
  readonly blockedUntil: number;
}

export const emptyBudget: BudgetState = { slots: [], halts: [], blockedUntil: 0 };

export interface BudgetRules {
  /** Requests in any window, all lanes together. */
  readonly limit: number;
  readonly windowMs: number;
  /** How many of the limit reads may use. */
  readonly readLimit: number;
  /** How many of the limit are kept for halts. */
  readonly haltRoom: number;
}

export type Lane = 'slots' | 'halts';
export type BudgetPriority = 'halt' | 'release' | 'read';

/** More slots than this are not reserved ahead: the row stays small. */
const maxAhead = 400;

/** Where the next `count` requests may go together; `undefined` where they never may, or too many wait. */
export function nextPlace(
  state: BudgetState,
  rules: BudgetRules,
  wish: { readonly count: number; readonly priority: BudgetPriority; readonly now: number },
): { readonly lane: Lane; readonly at: number } | undefined {
  const normal = { lane: 'slots', at: nextTime(state, 'slots', { rules, ...wish }) } as const;
  const halt = { lane: 'halts', at: nextTime(state, 'halts', { rules, ...wish }) } as const;
  const best = wish.priority === 'halt' && halt.at < normal.at ? halt : normal;
  const at = wish.priority === 'read' ? Math.max(best.at, nextRead(state, rules, wish.count)) : best.at;
  return Number.isFinite(at) ? { lane: best.lane, at } : undefined;
}

export function limitOf(lane: Lane, rules: BudgetRules): number {
  return lane === 'halts' ? rules.haltRoom : rules.limit - rules.haltRoom;
}

function nextTime(
  state: BudgetState,
  lane: Lane,
  { rules, count, now }: { rules: BudgetRules; count: number; now: number },
): number {
  const limit = limitOf(lane, rules);
  const slots = state[lane];
  if (count > limit || slots.length >= limit + maxAhead) return Infinity;
  return Math.max(now, state.blockedUntil, slots.at(-1)?.at ?? 0, freeAgain(slots, limit, count) + rules.windowMs);
}

/** The latest send of those slots that must have left the window before `count` more may come. */
function freeAgain(slots: readonly Slot[], limit: number, count: number): number {
  const from = slots.length - limit;
  return Math.max(-Infinity, ...slots.slice(Math.max(from, 0), Math.max(from + count, 0)).map((slot) => slot.latest));
}

function nextRead(state: BudgetState, rules: BudgetRules, count: number): number {
  if (count > rules.readLimit) return Infinity;
  const reads = state.slots.filter((slot) => slot.read);
  return freeAgain(reads, rules.readLimit, count) + rules.windowMs;
}

/** The state with `count` more slots, without those that no longer matter. */
export function withSlots(
  state: BudgetState,
  lane: Lane,
  { slot, count, now, rules }: { slot: Slot; count: number; now: number; rules: BudgetRules },
): BudgetState {
  const slots = [...state[lane], ...Array.from({ length: count }, () => slot)];
  const limit = limitOf(lane, rules);
  const past = slots.findIndex((other) => other.latest + rules.windowMs >= now);
  return { ...state, [lane]: slots.slice(Math.max(0, Math.min(past < 0 ? slots.length : past, slots.length - limit))) };
}

/** The slot that a ticket names; all slots of a ticket are alike. */
export function slotOfTicket(state: BudgetState, ticket: string): Slot | undefined {
  return [...state.slots, ...state.halts].find((slot) => slot.ticket === ticket);
}

/** How many slots a ticket names: an activity that was deferred on its way has reserved fewer than it begins with. */
export function countOfTicket(state: BudgetState, ticket: string): number {
  return [...state.slots, ...state.halts].filter((slot) => slot.ticket === ticket).length;
}

/** The state in which this ticket is good for nothing more: it was used, or has run out. */
export function withoutTicket(state: BudgetState, ticket: string): BudgetState {
  const spend = (slots: readonly Slot[]): readonly Slot[] =>
    slots.map((slot) => {
      if (slot.ticket !== ticket) return slot;
      const { ticket: _, ...used } = slot;
      return used;
    });
  return { ...state, slots: spend(state.slots), halts: spend(state.halts) };
}
