import { DatabaseSync } from 'node:sqlite';

/**
 * The emulator's documents on disk: one row per document, written in one transaction per request, so that a killed
 * emulator comes back with everything that it answered for.
 */
export class Database {
  private readonly db: DatabaseSync;
  private written = new Map<string, string>();

  /** @param file path of the SQLite file, or `:memory:` */
  constructor(file: string) {
    this.db = open(file);
    try {
      // Held for as long as the emulator runs: two emulators on one folder would overwrite each other.
      this.db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
      this.db.exec('CREATE TABLE IF NOT EXISTS documents (key TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT');
      this.db.exec('CREATE TABLE IF NOT EXISTS journal (seq INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT');
    } catch (error) {
      this.db.close();
      if (!String(error).includes('locked')) throw error;
      throw new Error(`Another emulator is running on ${file}: give each its own --data`, { cause: error });
    }
    for (const row of this.db.prepare('SELECT key, json FROM documents').all()) {
      this.written.set(String(row['key']), String(row['json']));
    }
  }

  /** What was last written, by key. */
  documents(): ReadonlyMap<string, string> {
    return this.written;
  }

  /** Makes the stored documents equal to `next`; writes only the differences. */
  write(next: ReadonlyMap<string, string>): void {
    const changed = [...next].filter(([key, text]) => this.written.get(key) !== text);
    const gone = [...this.written.keys()].filter((key) => !next.has(key));
    if (changed.length === 0 && gone.length === 0) return;
    this.db.exec('BEGIN IMMEDIATE');
    const put = this.db.prepare('INSERT OR REPLACE INTO documents (key, json) VALUES (?, ?)');
    for (const [key, text] of changed) put.run(key, text);
    const remove = this.db.prepare('DELETE FROM documents WHERE key = ?');
    for (const key of gone) remove.run(key);
    this.db.exec('COMMIT');
    this.written = new Map(next);
  }

  /** Adds or replaces a line of the journal and forgets lines older than the newest `keep`. */
  writeJournal(seq: number, text: string, keep: number): void {
    this.db.prepare('INSERT OR REPLACE INTO journal (seq, json) VALUES (?, ?)').run(seq, text);
    if (seq % 100 === 0) this.db.prepare('DELETE FROM journal WHERE seq <= ?').run(seq - keep);
  }

  /** All lines of the journal, oldest first. */
  readJournal(): string[] {
    return this.db
      .prepare('SELECT json FROM journal ORDER BY seq')
      .all()
      .map((row) => String(row['json']));
  }

  /** Empties the journal. */
  clearJournal(): void {
    this.db.exec('DELETE FROM journal');
  }

  /** Closes the file. */
  close(): void {
    this.db.close();
  }
}

function open(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${file} cannot be opened: ${reason}. Name another folder with --data`, { cause: error });
  }
}
