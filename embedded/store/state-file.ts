import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { applicationId, migrate, newestSchema, schemaOf } from './schema';
import { damageOf, StateFileError } from './state-errors';
import { syncDirectory } from './whole-file';

/**
 * Makes sure that a path holds a state file which this version can use: makes one when there is none, looks through the
 * one that is there. Nothing of a file that is refused is changed.
 *
 * @throws StateFileError when the file is damaged, not ours, or of a newer version.
 */
export function prepareStateFile(path: string): void {
  if (existsSync(path)) inspect(path);
  else create(path);
}

/** Made beside and renamed: a state file is never without its tables, so that an empty one is known to be damaged. */
function create(path: string): void {
  if (existsSync(`${path}-wal`)) throw damaged(path, `it is missing, although ${path}-wal is there`);
  const beside = `${path}.new`;
  for (const suffix of ['', '-journal']) rmSync(`${beside}${suffix}`, { force: true });
  const database = new DatabaseSync(beside);
  try {
    migrate(database);
  } finally {
    database.close();
  }
  renameSync(beside, path);
  syncDirectory(dirname(path));
}

function inspect(path: string): void {
  if (sizeOf(path) === 0) throw damaged(path, 'it is empty');
  try {
    // Read-only: an ordinary connection would write to the file when it is closed.
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    try {
      check(path, database);
    } finally {
      database.close();
    }
  } catch (error) {
    const damage = damageOf(error);
    throw damage === undefined ? error : damaged(path, damage);
  }
}

function check(path: string, database: DatabaseSync): void {
  const schema = schemaOf(database);
  if (schema > newestSchema) throw newer(path, schema);
  // The first schema had no mark.
  if (schema === 0 || (schema > 1 && pragma(database, 'application_id') !== applicationId)) {
    throw damaged(path, 'it is a database of something else');
  }
  // With a write-ahead log, a kill may have been in the middle of copying a page from it: it is copied again.
  if (sizeOf(path) % Number(pragma(database, 'page_size')) !== 0 && sizeOf(`${path}-wal`) === 0) {
    throw damaged(path, 'its end is missing');
  }
  const found = pragma(database, 'quick_check(1)');
  if (found !== 'ok') throw damaged(path, String(found).replace(/\s+/g, ' '));
}

function pragma(database: DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

function damaged(path: string, what: string): StateFileError {
  return new StateFileError(
    `The state file ${path} cannot be used: ${what}. Nothing was changed. Either put back a backup of its whole ` +
      `directory; or move state.db, state.db-wal and state.db-shm away (keep them) and start anew: the orchestrations in ` +
      `them are forgotten then.`,
  );
}

function newer(path: string, schema: number): StateFileError {
  return new StateFileError(
    `The state file ${path} was written by a newer version (schema ${schema}, this one knows ${newestSchema}). Nothing ` +
      `was changed. Start the version that wrote it, or a later one; or start this one on another state directory.`,
  );
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
