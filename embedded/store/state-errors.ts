import { isObject, stringMember } from '../engine/json';

/**
 * The state cannot be written: the disk is full, or fails, or another program has the file. What was to be written is
 * not; it may be tried again.
 */
export class StateUnwritableError extends Error {}

/** A state file that this version cannot use. The message says what a person can do; the file is as it was. */
export class StateFileError extends Error {}

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html); the lowest byte of every extended one. */
const resultCode = {
  permission: 3,
  busy: 5,
  noMemory: 7,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

/**
 * Codes that speak of the file and the machine, not of what was to be written: doing the work again would not help it,
 * and would do twice what must be done once. A quota and a limit for a file's size arrive as I/O errors.
 */
const unwritable = new Set<number | undefined>(Object.values(resultCode));

/** An error of SQLite's that says that nothing can be written now, as a StateUnwritableError; any other as it is. */
export function explainWriteError(error: unknown): unknown {
  if (!unwritable.has(primaryCode(error))) return error;
  return new StateUnwritableError(`The state cannot be written: ${reason(error)}.`, { cause: error });
}

/** What SQLite finds wrong with a file, or undefined when the error says nothing about the file. */
export function damageOf(error: unknown): string | undefined {
  const code = primaryCode(error);
  return code === resultCode.corrupt || code === resultCode.notADatabase ? reason(error) : undefined;
}

function primaryCode(error: unknown): number | undefined {
  const code = isObject(error) ? error['errcode'] : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}

function reason(error: unknown): string {
  return (isObject(error) ? stringMember(error, 'message') : undefined) ?? String(error);
}
