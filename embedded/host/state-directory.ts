import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a directory and what is missing above it, for its owner alone (mode 0700).
 *
 * Node's own recursive mkdir never returns where the file system answers "no such entry" for a parent that is there, as
 * `/proc` does: here every directory is made by a call of its own.
 *
 * @throws Error that says why it cannot be made and what to choose instead.
 */
export function makeStateDirectory(path: string): void {
  try {
    makeDirectory(resolve(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The directory ${path} cannot be made: ${reason}. Name one that can be written to.`);
  }
}

function makeDirectory(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return;
  if (found !== undefined) throw new Error(`${path} is a file`);
  const parent = dirname(path);
  if (parent !== path) makeDirectory(parent);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it in between.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}
