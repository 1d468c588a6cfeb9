import { Database } from './database';
import { InstanceStore } from './instances';
import { ScheduleStore } from './schedules';
import { WorkStore } from './work';

/** Everything the runtime remembers, in one SQLite file. */
export class Store {
  readonly instances: InstanceStore;
  readonly work: WorkStore;
  readonly schedules: ScheduleStore;
  readonly #database: Database;

  /** @param path a file, made when absent, or `:memory:`. Throws when it cannot be opened or is too new. */
  constructor(path: string) {
    this.#database = new Database(path);
    this.instances = new InstanceStore(this.#database);
    this.work = new WorkStore(this.#database);
    this.schedules = new ScheduleStore(this.#database);
  }

  /** All of `work` or nothing of it; durable when it returns. */
  transaction<T>(work: () => T): T {
    return this.#database.transaction(work);
  }

  /** Closes the file. */
  close(): void {
    this.#database.close();
  }
}
