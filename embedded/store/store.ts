import { Database } from './database';
import { InstanceStore } from './instances';
import { ScheduleStore } from './schedules';
import { StateUnwritableError } from './state-errors';
import { WorkStore } from './work';

/** Everything the runtime remembers, in one SQLite file. */
export class Store {
  readonly instances: InstanceStore;
  readonly work: WorkStore;
  readonly schedules: ScheduleStore;
  readonly #database: Database;
  #refusal: string | undefined;

  /**
   * @param path a file, made when absent, or `:memory:`.
   * @throws StateFileError when the file is damaged, not ours, or of a newer version.
   */
  constructor(path: string) {
    this.#database = new Database(path);
    this.instances = new InstanceStore(this.#database);
    this.work = new WorkStore(this.#database);
    this.schedules = new ScheduleStore(this.#database);
  }

  /** Why no new work is accepted, or undefined when it is. Whoever has finished work to write sets it. */
  get refusal(): string | undefined {
    return this.#refusal;
  }

  set refusal(why: string | undefined) {
    this.#refusal = why;
  }

  /** All of `work` or nothing of it; durable when it returns. Throws StateUnwritableError when the disk is full. */
  transaction<T>(work: () => T): T {
    return this.#database.transaction(work);
  }

  /**
   * As `transaction`, for new work from outside: refused while finished work waits to be written, for which the room that
   * is left is needed.
   */
  accept<T>(work: () => T): T {
    if (this.#refusal !== undefined) throw new StateUnwritableError(this.#refusal);
    return this.#database.transaction(work);
  }

  /** Why nothing can be written, or undefined after a small write that went well. */
  problem(): string | undefined {
    if (this.#refusal !== undefined) return this.#refusal;
    try {
      this.#database.tryWrite();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Closes the file. */
  close(): void {
    this.#database.close();
  }
}
