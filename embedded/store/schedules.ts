import type { Database } from './database';
import { number, optionalNumber } from './rows';

/** What is known about a timer trigger's occurrences. Epoch milliseconds. */
export interface ScheduleStatus {
  /** The last occurrence that has run, or undefined when none has. */
  readonly last: number | undefined;
  /** The next occurrence as of the last run. */
  readonly next: number;
  readonly updatedAt: number;
}

/** The occurrences of timer triggers, so that one missed while the runtime was down runs once at the next start. */
export class ScheduleStore {
  readonly #database: Database;

  /** @param database an open, migrated database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** What is known of a function's schedule, or undefined before its first start. */
  get(functionName: string): ScheduleStatus | undefined {
    const row = this.#database.get('SELECT * FROM schedules WHERE function_name = ?', functionName);
    if (row === undefined) return undefined;
    return { last: optionalNumber(row, 'last'), next: number(row, 'next'), updatedAt: number(row, 'updated_at') };
  }

  /** Remembers a function's occurrences. */
  set(functionName: string, status: ScheduleStatus): void {
    this.#database.run(
      'INSERT OR REPLACE INTO schedules (function_name, last, next, updated_at) VALUES (?, ?, ?, ?)',
      functionName,
      status.last ?? null,
      status.next,
      status.updatedAt,
    );
  }
}
