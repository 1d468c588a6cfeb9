import { randomUUID } from 'node:crypto';
import { z } from 'zod';

const RetryAfter = z.union([
  z.strictObject({ seconds: z.number().nonnegative() }),
  /** Sent as an HTTP date, so many seconds from now. */
  z.strictObject({ dateIn: z.number().nonnegative() }),
]);

/** What a fault answers instead of the operation. */
export const FaultAnswer = z.strictObject({
  status: z.int().min(200).max(599),
  /** `standard`: the body that the service itself would send; `json`: that of `json`. */
  body: z.enum(['standard', 'absent', 'html', 'json']).optional(),
  json: z.unknown().optional(),
  retryAfter: RetryAfter.optional(),
  headers: z.record(z.string(), z.string()).default({}),
});
export type FaultAnswer = z.infer<typeof FaultAnswer>;

/** A fault as it is asked for. Effects combine: first delay, then hold, then cut or answer. */
export const FaultRequest = z.strictObject({
  /** Name of an operation, or `*`. */
  operation: z.string(),
  /** Before the operation is applied, or after. */
  when: z.enum(['before', 'after']).default('before'),
  /** How many requests meet it. */
  times: z.int().positive().default(1),
  /** How many matching requests pass before the first one meets it. */
  skip: z.int().nonnegative().default(0),
  match: z.strictObject({ application: z.string().optional(), submission: z.string().optional() }).default({}),
  delayMs: z.number().nonnegative().optional(),
  /** Keeps the request until it is released over the control endpoint. */
  hold: z.boolean().default(false),
  /** Closes the connection without an answer. */
  cut: z.boolean().default(false),
  answer: FaultAnswer.optional(),
  /** Answers as if it had been stored, but stores nothing: shows what is `stored`, or what was `sent`. */
  discard: z.enum(['stored', 'sent']).optional(),
  /** The upload URL in the answer has expired. */
  expiredUploadUrl: z.boolean().default(false),
});
export type FaultRequest = z.infer<typeof FaultRequest>;

/** A fault that was set, with what has become of it. */
export interface Fault extends FaultRequest {
  readonly id: string;
  hits: number;
  /** How many of those have been answered or are being held. */
  reached: number;
  passed: number;
  /** Requests being held now. */
  holding: number;
}

interface Waiter {
  readonly fault: string;
  readonly hits: number;
  readonly resolve: () => void;
}

/** The faults that are set. They live in memory only: a restart of the emulator clears them. */
export class Faults {
  private faults: Fault[] = [];
  private held: { fault: Fault; release: () => void }[] = [];
  private waiters: Waiter[] = [];

  /** Sets a fault. Faults of one operation apply one after the other, oldest first. */
  add(request: z.input<typeof FaultRequest>): Fault {
    const fault = { ...FaultRequest.parse(request), id: randomUUID(), hits: 0, reached: 0, passed: 0, holding: 0 };
    this.faults.push(fault);
    return fault;
  }

  /** Takes the faults that this request meets: at most one before and one after. */
  take(operation: string, facts: { application?: string; submission?: string }): { before?: Fault; after?: Fault } {
    const matching = this.faults.filter((fault) => matches(fault, operation, facts) && fault.hits < fault.times);
    const chosen = matching.filter((fault) => fault.passed++ >= fault.skip);
    const before = chosen.find((fault) => fault.when === 'before');
    const after = chosen.find((fault) => fault.when === 'after');
    for (const fault of [before, after]) if (fault) fault.hits++;
    return { ...(before && { before }), ...(after && { after }) };
  }

  /** Keeps the caller until `release`. */
  async hold(fault: Fault): Promise<void> {
    fault.holding++;
    const released = new Promise<void>((resolve) => this.held.push({ fault, release: resolve }));
    this.reach(fault);
    await released;
    fault.holding--;
  }

  /** Counts that a request has met the fault in full, and tells those who wait for that. */
  reach(fault: Fault): void {
    fault.reached++;
    const due = this.waiters.filter((waiter) => waiter.fault === fault.id && fault.reached >= waiter.hits);
    this.waiters = this.waiters.filter((waiter) => !due.includes(waiter));
    for (const waiter of due) waiter.resolve();
  }

  /** Resolves when `hits` requests have met the fault: they were answered, or are being held. */
  async met(id: string, hits = 1): Promise<void> {
    const fault = this.get(id);
    if (!fault || fault.reached >= hits) return;
    await new Promise<void>((resolve) => this.waiters.push({ fault: id, hits, resolve }));
  }

  /** Lets held requests go on: those of one fault, or all. */
  release(id?: string): number {
    const due = this.held.filter((entry) => id === undefined || entry.fault.id === id);
    this.held = this.held.filter((entry) => !due.includes(entry));
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

  /** Faults that still wait for a request. */
  unhit(): Fault[] {
    return this.faults.filter((fault) => fault.hits < fault.times);
  }

  /** Removes one fault and releases what it holds. */
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

function matches(fault: Fault, operation: string, facts: { application?: string; submission?: string }): boolean {
  const same = (wanted: string | undefined, found: string | undefined): boolean =>
    wanted === undefined || wanted.toLowerCase() === found?.toLowerCase();
  return (
    (fault.operation === '*' || fault.operation === operation) &&
    same(fault.match.application, facts.application) &&
    same(fault.match.submission, facts.submission)
  );
}
