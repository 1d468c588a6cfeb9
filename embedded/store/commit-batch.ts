import type { Clock } from '../engine/clock';
import type { LogSink } from '../engine/log';
import { StateUnwritableError } from './state-errors';
import type { Store } from './store';

interface Entry {
  /** Does the work; answers how to tell its caller, once everything is committed. */
  readonly run: () => () => void;
  readonly fail: (error: unknown) => void;
}

/** What a batch needs. */
export interface BatchParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: LogSink;
}

/** How long a full disk is left alone before the same work is written again. */
const retryDelayMs = 1_000;

/**
 * Commits what comes together in one transaction: the wait for the disk is most of an episode's time, and it is the same
 * for one episode as for twenty. Each piece of work still happens whole or not at all, and its caller hears of it only
 * when it is on disk.
 *
 * While nothing can be written, because the disk is full, say, what has been done is held here and written when it can
 * be: nobody does it twice for that. New work is refused meanwhile (`Store.accept`).
 */
export class CommitBatch {
  readonly #parts: BatchParts;
  #waiting: Entry[] = [];
  #isAbandoned = false;
  #cancelRetry: (() => void) | undefined;

  /** @param parts where it is committed, and where a full disk is told of. */
  constructor(parts: BatchParts) {
    this.#parts = parts;
  }

  /** True while finished work waits for room on the disk: nothing more should be begun. */
  get isHeld(): boolean {
    return this.#cancelRetry !== undefined;
  }

  /** Carries work out in the next batch. Rejects with what it throws, nothing of it written then. */
  commit<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = (): (() => void) => {
        try {
          const result = this.#parts.store.transaction(work);
          return () => resolve(result);
        } catch (error) {
          // It ends the batch, not this piece of work alone.
          if (error instanceof StateUnwritableError) throw error;
          return () => reject(toError(error));
        }
      };
      this.#waiting.push({ run, fail: (error) => reject(toError(error)) });
      if (this.#waiting.length === 1) setImmediate(() => this.#flush());
    });
  }

  /** Writes nothing any more, what is being written included: the process is as good as dead. */
  abandon(): void {
    this.#isAbandoned = true;
    if (this.#cancelRetry === undefined) return;
    this.#cancelRetry();
    this.#parts.store.refusal = undefined;
    this.#flush();
  }

  #flush(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    try {
      const answers = this.#parts.store.transaction(() => batch.map(({ run }) => this.#alive(run)));
      this.#release();
      for (const answer of answers) answer();
    } catch (error) {
      if (error instanceof StateUnwritableError && !this.#isAbandoned) this.#hold(batch, error);
      else for (const { fail } of batch) fail(error);
    }
  }

  #hold(batch: Entry[], error: StateUnwritableError): void {
    const { store, clock, log } = this.#parts;
    this.#waiting = batch;
    this.#cancelRetry = clock.schedule(clock.now() + retryDelayMs, () => this.#flush());
    if (store.refusal !== undefined) return;
    store.refusal = `${error.message} Nothing new is accepted until it can; is the disk full? Does another program have the file?`;
    const message = `${store.refusal} What is done is kept, and written then.`;
    log({ level: 'critical', category: 'Host.Durable', message });
  }

  #release(): void {
    if (this.#cancelRetry === undefined) return;
    this.#cancelRetry = undefined;
    this.#parts.store.refusal = undefined;
    const message = 'The state can be written again: what was held is written, and work goes on.';
    this.#parts.log({ level: 'information', category: 'Host.Durable', message });
  }

  #alive(run: Entry['run']): () => void {
    const answer = this.#isAbandoned ? undefined : run();
    // Asked again: a test may let the process die in the middle of the work.
    if (answer === undefined || this.#isAbandoned) throw new Error('Abandoned.');
    return answer;
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
