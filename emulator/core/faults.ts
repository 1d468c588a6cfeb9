import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { FaultRequest } from './fault-request';

/** A fault that was set, with what has become of it. */
export interface Fault extends FaultRequest {
  readonly id: string;
  hits: number;
  /** How many of those have been answered or are being kept. */
  reached: number;
  passed: number;
  /** Requests being kept now, by a hold or a delay. */
  holding: number;
  /** Why it could not do what it was set for. */
  problem?: string;
}

/** What faults are matched with. */
interface Facts {
  readonly application?: string;
  readonly flight?: string;
  readonly addOn?: string;
  readonly submission?: string;
  readonly product?: string;
}

interface Waiter {
  readonly fault: string;
  readonly hits: number;
  readonly resolve: () => void;
}

/** A request that is being kept. */
interface Kept {
  readonly fault: Fault;
  readonly release: () => void;
}

/** The faults that are set. They live in memory only: a restart of the emulator clears them. */
export class Faults {
  private faults: Fault[] = [];
  private kept: Kept[] = [];
  private waiters: Waiter[] = [];

  /** Sets a fault. Faults of one operation apply one after the other, oldest first. */
  add(request: z.input<typeof FaultRequest>): Fault {
    const fault = { ...FaultRequest.parse(request), id: randomUUID(), hits: 0, reached: 0, passed: 0, holding: 0 };
    this.faults.push(fault);
    return fault;
  }

  /** Takes the faults that this request meets: at most one before and one after. */
  take(operation: string, facts: Facts): { before?: Fault; after?: Fault } {
    const matching = this.faults.filter((fault) => matches(fault, operation, facts) && fault.hits < fault.times);
    const chosen = matching.filter((fault) => fault.passed++ >= fault.skip);
    const before = chosen.find((fault) => fault.when === 'before');
    const after = chosen.find((fault) => fault.when === 'after');
    for (const fault of [before, after]) if (fault) fault.hits++;
    return { ...(before && { before }), ...(after && { after }) };
  }

  /**
   * Keeps the caller until `release`, or until a delay is over.
   *
   * @param delay resolves when it is over; its signal says that nobody waits for it any more
   */
  async keep(fault: Fault, delay?: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const end = new AbortController();
    const over = new Promise<void>((resolve) => end.signal.addEventListener('abort', () => resolve()));
    const kept = { fault, release: () => end.abort() };
    this.kept.push(kept);
    fault.holding++;
    this.reach(fault);
    await (delay === undefined ? over : Promise.race([over, delay(end.signal)]));
    this.kept = this.kept.filter((other) => other !== kept);
    fault.holding--;
  }

  /** Counts that a request has met the fault in full, and tells those who wait for that. */
  reach(fault: Fault): void {
    fault.reached++;
    const due = this.waiters.filter((waiter) => waiter.fault === fault.id && fault.reached >= waiter.hits);
    this.waiters = this.waiters.filter((waiter) => !due.includes(waiter));
    for (const waiter of due) waiter.resolve();
  }

  /** Resolves when `hits` requests have met the fault: they were answered, or are being kept. */
  async met(id: string, hits = 1): Promise<void> {
    const fault = this.get(id);
    if (!fault || fault.reached >= hits) return;
    await new Promise<void>((resolve) => this.waiters.push({ fault: id, hits, resolve }));
  }

  /** Lets kept requests go on: those of one fault, or all. */
  release(id?: string): number {
    const due = this.kept.filter((entry) => id === undefined || entry.fault.id === id);
    this.kept = this.kept.filter((entry) => !due.includes(entry));
    for (const entry of due) entry.release();
    return due.length;
  }

  get(id: string): Fault | undefined {
    return this.faults.find((fault) => fault.id === id);
  }

  /** All faults that were set, also those that are used up. */
  all(): readonly Fault[] {
    return this.faults;
  }

  /** Faults that still wait for a request, and those that could not do what they were set for. */
  unhit(): Fault[] {
    return this.faults.filter((fault) => fault.hits < fault.times || fault.problem !== undefined);
  }

  /** Removes one fault and releases what it keeps. */
  remove(id: string): boolean {
    this.release(id);
    const before = this.faults.length;
    this.faults = this.faults.filter((fault) => fault.id !== id);
    return this.faults.length < before;
  }

  /** Removes all faults and releases all requests. */
  clear(): void {
    this.release();
    this.faults = [];
    for (const waiter of this.waiters.splice(0)) waiter.resolve();
  }
}

function matches(fault: Fault, operation: string, facts: Facts): boolean {
  const same = (wanted: string | undefined, found: string | undefined): boolean =>
    wanted === undefined || wanted.toLowerCase() === found?.toLowerCase();
  return (
    (fault.operation === '*' || fault.operation === operation) &&
    same(fault.match.application, facts.application) &&
    same(fault.match.flight, facts.flight) &&
    same(fault.match.addOn, facts.addOn) &&
    same(fault.match.submission, facts.submission) &&
    same(fault.match.product, facts.product)
  );
}
