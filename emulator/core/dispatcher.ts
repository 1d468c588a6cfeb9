import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from './answer';
import { Refusal } from './answer';
import { header, type Call } from './call';
import type { Fault, Faults } from './faults';
import type { JournalEntry } from './journal';
import { Mutex } from './mutex';
import type { Operation } from './operation';
import { redactBody, redactRefusal, withoutSignatures } from './redaction';
import type { Services } from './services';
import { faultAnswer } from './standard-errors';

/** The connection is to be closed without an answer. */
export const CUT = Symbol('cut');

/** The faults that a request meets. */
type Met = ReturnType<Faults['take']>;

/** How a request ended, for its entry in the journal. */
interface Closing {
  readonly call: Call;
  readonly faults: Met;
  readonly status: number;
  readonly responseBody: unknown;
  readonly started: number;
}

/** Runs one request after the other through faults, the operation, persistence and the journal. */
export class Dispatcher {
  private readonly mutex = new Mutex();

  /** @param settle brings what depends on time up to date, before an operation looks at it */
  constructor(
    private readonly services: Services,
    private readonly settle: () => Promise<void>,
  ) {}

  /** Answers one request, or says that its connection is to be cut. */
  async dispatch(operation: Operation, call: Call): Promise<Answer | typeof CUT> {
    const started = performance.now();
    const entry = this.openEntry(operation, call);
    const faults = this.services.faults.take(operation.name, call.facts);
    const close = (status: number, responseBody?: unknown): void =>
      this.closeEntry(entry, { call, faults, status, responseBody, started });
    const result = await this.run(operation, call, faults).catch((error: unknown) => {
      close(500);
      throw error;
    });
    if (result === CUT) close(0);
    else close(result.status, redactRefusal(result));
    return result;
  }

  private closeEntry(entry: JournalEntry, { call, faults, status, responseBody, started }: Closing): void {
    this.services.journal.close(entry, {
      ...call.facts,
      status,
      ...(responseBody !== undefined && { responseBody }),
      duration: Math.round((performance.now() - started) * 10) / 10,
      ...((faults.before ?? faults.after) && {
        faults: [faults.before, faults.after].flatMap((f) => (f ? [f.id] : [])),
      }),
    });
    for (const fault of [faults.before, faults.after]) if (fault && !fault.hold) this.services.faults.reach(fault);
  }

  /** Runs `task` when no request is being applied, then makes its changes durable. */
  async exclusive<T>(task: () => T | Promise<T>): Promise<T> {
    return this.mutex.run(async () => {
      await this.settleAndFlush();
      try {
        const result = await task();
        this.services.world.flush();
        return result;
      } catch (error) {
        this.services.world.rollback();
        throw error;
      }
    });
  }

  private async run(operation: Operation, call: Call, faults: Met): Promise<Answer | typeof CUT> {
    const early = faults.before && (await this.meet(faults.before, operation));
    if (early) return early;
    const set = [faults.before, faults.after];
    if (set.some((fault) => fault?.expiredUploadUrl)) call.expiredUploadUrl = true;
    const discard = set.find((fault) => fault?.discard)?.discard;
    const answer = await this.mutex.run(() => this.apply(operation, call, discard));
    return (faults.after && (await this.meet(faults.after, operation))) ?? answer;
  }

  private async meet(fault: Fault, operation: Operation): Promise<Answer | typeof CUT | undefined> {
    if (fault.delayMs !== undefined) await delay(fault.delayMs);
    if (fault.hold) await this.services.faults.hold(fault);
    if (fault.cut) return CUT;
    return fault.answer && faultAnswer(fault.answer, operation.surface);
  }

  private async apply(operation: Operation, call: Call, discard: Fault['discard']): Promise<Answer> {
    const { world } = this.services;
    await this.settleAndFlush();
    try {
      const answer = await operation.run(call);
      if (!discard) {
        world.flush();
        return answer;
      }
      world.rollback();
      return discard === 'stored' && operation.reread ? await operation.reread(call) : answer;
    } catch (error) {
      world.rollback();
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  }

  private async settleAndFlush(): Promise<void> {
    await this.settle();
    this.services.world.flush();
  }

  private openEntry(operation: Operation, call: Call): JournalEntry {
    const sent = header(call, 'ms-correlationid') ?? header(call, 'correlationid');
    const write = call.method === 'POST' || call.method === 'PUT';
    const query = call.query.size > 0 ? `?${call.query.toString()}` : '';
    return this.services.journal.open({
      time: Date.now(),
      clock: this.services.clock.now(),
      operation: operation.name,
      method: call.method,
      path: withoutSignatures(call.path + query),
      correlationId: call.correlationId,
      ...(sent !== undefined && { sentCorrelationId: sent }),
      ...(write && { requestBody: redactBody(call.body, header(call, 'content-type') ?? '') }),
      ...call.facts,
    });
  }
}
