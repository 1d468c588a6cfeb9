import type { Database } from './database';

/** One request that reached an emulated service. Never holds credentials or signatures. */
export interface JournalEntry {
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
  tenant?: string;
  application?: string;
  flight?: string;
  addOn?: string;
  submission?: string;
  product?: string;
  /** Absent while the answer is being made; 0 when the connection was cut. */
  status?: number;
  /** Milliseconds from arrival to answer. */
  duration?: number;
  /** The faults that this request met. */
  faults?: string[];
}

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

  /** Forgets everything. */
  clear(): void {
    this.entries = [];
    this.database.clearJournal();
  }

  private write(entry: JournalEntry): void {
    this.database.writeJournal(entry.seq, JSON.stringify(entry), KEPT);
  }
}
