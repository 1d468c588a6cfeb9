/** Whose request it is. */
export type BudgetPriority = 'halt' | 'release' | 'read';

/** What a reservation may be told. */
export interface ReserveOptions {
  /** From an earlier answer `granted: false`: the slots that were kept then. */
  readonly ticket?: string;
  /** Milliseconds. A slot no further away is waited for inside the call; a later one is answered `granted: false`. */
  readonly maxWaitMs: number;
  /**
   * `release` unless told otherwise. A `halt` stops a rollout that does harm, and goes before releases. A `read` is for
   * people who look: it takes what is free now, and neither waits nor reserves, so that it never stands in their way.
   */
  readonly priority?: BudgetPriority;
  /** Ends the waiting; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Granted slots are for use at once; a refusal names the time and a ticket that keeps the place. */
export type Reservation =
  { readonly granted: true } | { readonly granted: false; readonly retryAt: Date; readonly ticket: string };

/**
 * The requests that one tenant may send (20 in any rolling minute), shared by all processes. Implemented on storage;
 * this folder only asks. An instance stands for one tenant.
 */
export interface RequestBudget {
  /** The most slots that are worth reserving at once: every priority may have that many. At least 1. */
  readonly mostTogether: number;
  /**
   * Takes `count` slots. Resolves `granted: true` at the very time at which they may be used, and not before; they are
   * good for a moment only, since a slot that is used late would let a rolling minute exceed the limit.
   */
  reserve(count: number, options: ReserveOptions): Promise<Reservation>;
  /** The service said that nothing may be sent before `until` (a 429). Never shortens an earlier block. */
  block(until: Date): Promise<void>;
}

/** A budget without limits, for services that have none and for tests. */
export const unlimitedBudget: RequestBudget = {
  mostTogether: Number.MAX_SAFE_INTEGER,
  reserve: () => Promise.resolve({ granted: true }),
  block: () => Promise.resolve(),
};
