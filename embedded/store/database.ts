import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Row } from './rows';
import { migrate, newestSchema } from './schema';
import { explainWriteError, StateUnwritableError } from './state-errors';
import { prepareStateFile } from './state-file';

/**
 * One SQLite file in WAL mode with `synchronous=FULL`: a transaction that has returned survives a power cut. Everything
 * is synchronous, so a transaction can never be interleaved with another one of this process.
 */
export class Database {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #depth = 0;

  /**
   * @param path a file, made when absent, or `:memory:`.
   * @throws StateFileError when the file is damaged, not ours, or of a newer version.
   */
  constructor(path: string) {
    if (path !== ':memory:') prepareStateFile(path);
    this.#database = new DatabaseSync(path, { timeout: 5_000 });
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    migrate(this.#database);
  }

  /** All rows of a query. */
  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#statement(sql).all(...values);
  }

  /** The first row of a query, or undefined. */
  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#statement(sql).get(...values);
  }

  /** Carries a statement out and says how many rows it changed. Throws StateUnwritableError when the disk is full. */
  run(sql: string, ...values: SQLInputValue[]): number {
    try {
      return Number(this.#statement(sql).run(...values).changes);
    } catch (error) {
      throw explainWriteError(error);
    }
  }

  /**
   * Carries `work` out as one transaction: all of it or, when it throws, nothing. Inside a running transaction it is a
   * part of that one that can fail by itself, but for a StateUnwritableError: that one ends the whole transaction, and
   * must be thrown on.
   *
   * @throws StateUnwritableError when the disk is full.
   */
  transaction<T>(work: () => T): T {
    const isInner = this.#depth > 0;
    // Beginning anew in here would commit a part of a transaction that has failed.
    if (isInner && !this.#database.isTransaction) throw new StateUnwritableError('The transaction was rolled back.');
    this.#execute(isInner ? 'SAVEPOINT inner_work' : 'BEGIN IMMEDIATE');
    this.#depth += 1;
    try {
      const result = work();
      this.#execute(isInner ? 'RELEASE inner_work' : 'COMMIT');
      return result;
    } catch (error) {
      // SQLite ends a transaction by itself on errors such as a full disk.
      if (this.#database.isTransaction) {
        this.#database.exec(isInner ? 'ROLLBACK TO inner_work; RELEASE inner_work' : 'ROLLBACK');
      }
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  /** Writes what is there already. Throws StateUnwritableError when the disk is full. */
  tryWrite(): void {
    this.#execute(`PRAGMA user_version = ${newestSchema}`);
  }

  /** Closes the file; what was committed is safe without it. */
  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #execute(sql: string): void {
    try {
      this.#database.exec(sql);
    } catch (error) {
      throw explainWriteError(error);
    }
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#database.prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }
}
