import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LokiDatabase } from 'azurite/dist/src/blob/BlobServer';

/**
 * Says when what a database holds is on disk.
 *
 * Azurite keeps its records in memory and saves them every five seconds: what it has acknowledged in between is lost
 * with the process. Here a save is begun for every answer that has something to lose, one save for all that wait, and it
 * reaches the disk (fsync) before it counts.
 */
export class DurableSaves {
  readonly #database: LokiDatabase;
  #running: Promise<void> | undefined;
  /** The last save has failed: flags are cleared when a save begins, and do not come back. */
  #isBehind = false;

  /** @param database a LokiJS database that saves to a file; its way of saving is replaced. */
  constructor(database: LokiDatabase) {
    this.#database = database;
    database.persistenceAdapter.saveDatabase = (name, text, done) => {
      const save = writeDurably(name, text);
      this.#running = save;
      save.then(
        () => this.#ended(save, done, undefined),
        (error: unknown) => this.#ended(save, done, error),
      );
    };
  }

  /**
   * Undefined when everything that the database holds at this moment is on disk; else a promise for the time when it is.
   * It rejects when it could not be saved; the change stays in memory and goes with the next save.
   */
  pending(): Promise<void> | undefined {
    // Flags are cleared when a save takes its copy: clean, with a save running, means that this save has it all.
    if (!this.#database.autosaveDirty() && !this.#isBehind) return this.#running;
    return new Promise((resolve, reject) => {
      this.#database.saveDatabase((error) => (error ? reject(toError(error)) : resolve()));
    });
  }

  #ended(save: Promise<void>, done: (error?: unknown) => void, error: unknown): void {
    this.#isBehind = error !== undefined;
    if (this.#running === save) this.#running = undefined;
    done(error);
  }
}

/** Writes beside, flushes, renames, flushes the directory: a kill or a power cut leaves the old file or the new one. */
async function writeDurably(path: string, text: string): Promise<void> {
  const beside = `${path}~`;
  const file = await open(beside, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
  await syncDirectory(dirname(path));
}

async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open a directory for this, and its file system orders a rename by itself.
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
