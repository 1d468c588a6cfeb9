import type { CallFacts } from './call';
import type { Database } from './database';

/** One request that reached an emulated service. Never holds credentials or signatures. */
export interface JournalEntry extends CallFacts {
  readonly seq: number;
  /** Real time of arrival, epoch milliseconds. */
  readonly time: number;
  /** The emulator's time of arrival, epoch milliseconds. */
  readonly clock: number;
  readonly operation: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** The correlation id in the answer. */
  readonly correlationId: string;
  /** The correlation id that the client sent. */
  readonly sentCorrelationId?: string;
  readonly requestBody?: unknown;
  /** What a refusal said. Other answers are not kept: they are the state, or a secret. */
  responseBody?: unknown;
  /** Absent while the answer is being made; 0 when the connection was cut. */
  status?: number;
  /** Milliseconds from arrival to answer. */
  duration?: number;
  /** The faults that this request met. */
  faults?: string[];
}

/** What the journal can be narrowed by, besides how new and how many. */
export const JOURNAL_FILTERS = ['operation', 'application', 'flight', 'addOn', 'offer', 'product'] as const;

/** Which entries are asked for; names are matched without regard to case. */
export type JournalFilter = { readonly [name in (typeof JOURNAL_FILTERS)[number]]?: string } & {
  /** Those with a greater number. */
  readonly after?: number;
  /** So many of them, the newest. */
  readonly newest?: number;
};

const KEPT = 20_000;

/** All requests, oldest first. */
export class Journal {
  private entries: JournalEntry[] = [];

  constructor(private readonly database: Database) {
    // Written by `write` below, in this form.
    this.entries = database.readJournal().map((line) => JSON.parse(line) as JournalEntry);
  }

  /** Opens an entry: the request is seen even when its answer never comes. */
  open(entry: Omit<JournalEntry, 'seq'>): JournalEntry {
    const opened = { ...entry, seq: (this.entries.at(-1)?.seq ?? 0) + 1 };
    this.entries.push(opened);
    if (this.entries.length > KEPT) this.entries.shift();
    this.write(opened);
    return opened;
  }

  /** Completes an entry. */
  close(entry: JournalEntry, result: Partial<JournalEntry>): void {
    Object.assign(entry, result);
    this.write(entry);
  }

  /** Every entry, oldest first. */
  all(): readonly JournalEntry[] {
    return this.entries;
  }

  /** Those that are asked for, oldest first. */
  find(filter: JournalFilter): readonly JournalEntry[] {
    const found = this.entries.filter(
      (entry) => entry.seq > (filter.after ?? 0) && JOURNAL_FILTERS.every((name) => isSame(filter[name], entry[name])),
    );
    return found.slice(-(filter.newest ?? found.length));
  }

  /** Forgets everything. */
  clear(): void {
    this.entries = [];
    this.database.clearJournal();
  }

  private write(entry: JournalEntry): void {
    this.database.writeJournal(entry.seq, JSON.stringify(entry), KEPT);
  }
}

function isSame(wanted: string | undefined, found: string | undefined): boolean {
  return wanted === undefined || wanted.toLowerCase() === found?.toLowerCase();
}
