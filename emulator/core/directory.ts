import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder for its owner alone (mode 0700), and what is missing above it.
 *
 * Node's own recursive mkdir never returns where the system answers "no such entry" below a folder that is there, as
 * `/proc` does: here each is made by a call of its own.
 *
 * @param path absolute
 * @throws Error with a message for people when it cannot be made.
 */
export function makeDirectory(path: string): void {
  try {
    make(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The folder ${path} cannot be made: ${reason}. Name another one with --data`, { cause: error });
  }
}

function make(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return;
  if (found !== undefined) throw new Error(`${path} is a file`);
  if (dirname(path) !== path) make(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it in between.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}
