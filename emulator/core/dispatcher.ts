import { traceOf } from '../entra/trace';
import { CUT, Refusal, type Answer } from './answer';
import { header, type Call } from './call';
import type { Meanwhile } from './fault-request';
import type { Fault, Faults } from './faults';
import type { JournalEntry } from './journal';
import { mergePatch, reverseLists } from './merge-patch';
import { Mutex } from './mutex';
import type { Operation, RelayedOperation, Surface } from './operation';
import { redactBody, redactForm, redactRefusal, withoutSignatures } from './redaction';
import type { Services } from './services';
import { faultAnswer } from './standard-errors';

/** Headers in which clients give a request an id; the last is that of the marketplace. */
const SENT_IDS = ['ms-correlationid', 'correlationid', 'client-request-id'];

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

/** What the dispatcher needs of the rest of the emulator. */
interface Surroundings {
  /** Brings what depends on time up to date, before an operation looks at it. */
  readonly settle: () => Promise<void>;
  /** Does what a fault says that happens while a request is on its way. */
  readonly happen: (what: Meanwhile, call: Call) => Promise<void>;
}

/** Runs one request after the other through faults, the operation, persistence and the journal. */
export class Dispatcher {
  private readonly mutex = new Mutex();

  constructor(
    private readonly services: Services,
    private readonly surroundings: Surroundings,
  ) {}

  /** Answers one request, or says that its connection is to be cut. */
  async dispatch(operation: Operation | RelayedOperation, call: Call): Promise<Answer | typeof CUT> {
    const started = performance.now();
    Object.assign(call.facts, operation.factsOf?.(call));
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
      ...((faults.before ?? faults.after) && { faults: both(faults).map((fault) => fault.id) }),
    });
    for (const fault of both(faults)) if (!isKeeping(fault)) this.services.faults.reach(fault);
  }

  /** Runs `task` when no request is being applied, then makes its changes durable. */
  async exclusive<T>(task: () => T | Promise<T>): Promise<T> {
    return this.mutex.run(async () => {
      await this.surroundings.settle();
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

  private async run(operation: Operation | RelayedOperation, call: Call, faults: Met): Promise<Answer | typeof CUT> {
    const early = faults.before && (await this.meet(faults.before, operation.surface, call));
    if (early) return early;
    const set = both(faults);
    const asked = set.reduce(patchRequest, call);
    if (set.some((fault) => fault.expiredUploadUrl)) asked.expiredUploadUrl = true;
    const answer =
      'relay' in operation
        ? await operation.relay(asked)
        : await this.mutex.run(() => this.apply(operation, asked, set));
    if (answer === CUT) return CUT;
    const late = faults.after && (await this.meet(faults.after, operation.surface, call));
    return late ?? set.reduce(changeAnswer, answer);
  }

  private async meet(fault: Fault, surface: Surface, call: Call): Promise<Answer | typeof CUT | undefined> {
    const { faults, clock } = this.services;
    const { delayMs } = fault;
    if (delayMs !== undefined) await faults.keep(fault, (signal) => clock.until(clock.now() + delayMs, signal));
    if (fault.hold) await faults.keep(fault);
    if (fault.meanwhile) {
      await this.surroundings.happen(fault.meanwhile, call).catch((error: unknown) => {
        fault.problem = error instanceof Error ? error.message : String(error);
      });
    }
    if (fault.cut) return CUT;
    return fault.answer && faultAnswer(fault.answer, surface, () => traceOf(this.services, call));
  }

  private async apply(operation: Operation, call: Call, set: readonly Fault[]): Promise<Answer> {
    const { world } = this.services;
    await this.surroundings.settle();
    try {
      const discard = set.find((fault) => fault.discard)?.discard ?? this.discardOfZombie(operation, call);
      const answer = await operation.run(call);
      if (discard === undefined) {
        if (set.some((fault) => fault.zombie)) this.makeZombie(call);
        world.flush();
        return answer;
      }
      await this.undo();
      return discard === 'stored' && operation.reread ? await operation.reread(call) : answer;
    } catch (error) {
      await this.undo();
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  }

  private makeZombie({ facts }: Call): void {
    const submission = this.services.world.submissions.get(facts.submission ?? '');
    if (submission) submission.zombie = true;
  }

  /** *Observed*: an update of the draft that a failed create has left answers 200 and changes nothing. */
  private discardOfZombie(operation: Operation, { facts }: Call): Fault['discard'] {
    const submission = this.services.world.submissions.get(facts.submission ?? '');
    return operation.reread && submission?.zombie ? 'stored' : undefined;
  }

  /** What depends on time comes out as it did before the operation: it depends on nothing else that was undone. */
  private async undo(): Promise<void> {
    this.services.world.rollback();
    await this.surroundings.settle();
  }

  private openEntry(operation: Operation | RelayedOperation, call: Call): JournalEntry {
    const sent = SENT_IDS.map((name) => header(call, name)).find((id) => id !== undefined);
    const write = call.method === 'POST' || call.method === 'PUT';
    // A sign-in may come in any form, and with its secret in any place.
    const signIn = operation.surface === 'entra';
    const isForm = signIn || /x-www-form-urlencoded/i.test(header(call, 'content-type') ?? '');
    const query = (signIn ? redactForm(call.query) : call.query).toString();
    return this.services.journal.open({
      time: Date.now(),
      clock: this.services.clock.now(),
      operation: operation.name,
      method: call.method,
      path: withoutSignatures(query === '' ? call.path : `${call.path}?${query}`),
      correlationId: call.correlationId,
      ...(sent !== undefined && { sentCorrelationId: sent }),
      ...(write && { requestBody: redactBody(call.body, isForm) }),
      ...call.facts,
    });
  }
}

function both({ before, after }: Met): Fault[] {
  return [before, after].flatMap((fault) => fault ?? []);
}

/** Whether the fault counted as met when it began to keep the request. */
function isKeeping(fault: Fault): boolean {
  return fault.hold || fault.delayMs !== undefined;
}

function patchRequest(call: Call, fault: Fault): Call {
  if (fault.patchRequest === undefined) return call;
  try {
    const body: unknown = JSON.parse(call.body.toString('utf8').replace(/^\uFEFF/, ''));
    return { ...call, body: Buffer.from(JSON.stringify(mergePatch(body, fault.patchRequest))) };
  } catch {
    fault.problem = 'The request had no JSON to patch';
    return call;
  }
}

function changeAnswer(answer: Answer, fault: Fault): Answer {
  if (fault.patch === undefined && fault.reverse === undefined) return answer;
  if (answer.json === undefined) {
    fault.problem = 'The answer had no JSON to change';
    return answer;
  }
  const patched = fault.patch === undefined ? answer.json : mergePatch(answer.json, fault.patch);
  return { ...answer, json: reverseLists(patched, fault.reverse ?? []) };
}
