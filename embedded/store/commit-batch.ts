import type { Store } from './store';

interface Entry {
  /** Does the work; answers how to tell its caller, once everything is committed. */
  readonly run: () => () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Commits what comes together in one transaction: the wait for the disk is most of an episode's time, and it is the same
 * for one episode as for twenty. Each piece of work still happens whole or not at all, and its caller hears of it only
 * when it is on disk.
 */
export class CommitBatch {
  readonly #store: Store;
  #waiting: Entry[] = [];
  #isAbandoned = false;

  /** @param store where it is committed. */
  constructor(store: Store) {
    this.#store = store;
  }

  /** Carries work out in the next batch. Rejects with what it throws, nothing of it written then. */
  commit<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = (): (() => void) => {
        try {
          const result = this.#store.transaction(work);
          return () => resolve(result);
        } catch (error) {
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
  }

  #flush(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    try {
      const answers = this.#store.transaction(() => batch.map(({ run }) => this.#alive(run)));
      for (const answer of answers) answer();
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
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
