import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isObject, parseJson } from '../engine/json';
import { makeStateDirectory } from './state-directory';

/** A claim on a state directory. */
export interface StateLock {
  /** Gives the directory free. The operating system does it when the process ends in any way. */
  release(): void;
}

/** Locks that are held. A database that nobody refers to is closed by the garbage collector, and its lock with it. */
const held = new Set<DatabaseSync>();

/**
 * Claims a state directory for this process, making it (mode 0700) when absent.
 *
 * The claim is a lock of the operating system, held through SQLite: it cannot outlive its owner, so nothing is left to
 * clean up after `kill -9`.
 *
 * @throws Error that names the process that has the directory, or says why there can be none.
 */
export function lockState(stateDirectory: string): StateLock {
  makeStateDirectory(stateDirectory);
  const ownerFile = join(stateDirectory, 'owner.json');
  const database = new DatabaseSync(join(stateDirectory, 'lock.db'), { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    throw new Error(`Another runtime has ${stateDirectory}: ${describeOwner(ownerFile)}. Stop it first.`);
  }
  const owner = { pid: process.pid, startedAt: new Date().toISOString() };
  writeFileSync(ownerFile, JSON.stringify(owner), { mode: 0o600 });
  held.add(database);
  return {
    release() {
      if (held.delete(database)) database.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  // SQLITE_BUSY
  return isObject(error) && error['errcode'] === 5;
}

function describeOwner(ownerFile: string): string {
  try {
    const owner = parseJson(readFileSync(ownerFile, 'utf8'));
    if (isObject(owner)) return `process ${String(owner['pid'])}, started ${String(owner['startedAt'])}`;
  } catch {
    // It is being written, or was never: the lock alone is what counts.
  }
  return 'a process that has not said which';
}
