import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file for its owner alone (mode 0600), whole or not at all: beside, flushed, renamed. A kill or a power cut
 * leaves the old file or the new one.
 */
export function writeWhole(path: string, text: string): void {
  const beside = `${path}.new`;
  const file = openSync(beside, 'w', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
  syncDirectory(dirname(path));
}

/** Flushes a directory: a file that was made or renamed in it is found again after a power cut. */
export function syncDirectory(path: string): void {
  // Windows cannot open a directory for this, and its file system orders a rename by itself.
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
