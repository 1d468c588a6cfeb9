/** What the system and SQLite say where nothing more can be written; a quota and a limit for files come as I/O errors. */
const unwritable = /\b(ENOSPC|EDQUOT|EFBIG|EIO)\b|disk is full|disk I\/O error/;

/**
 * Why the service did not start, for people.
 *
 * @param state where it keeps what outlives a stop
 */
export function startFailure(error: unknown, state: string): Error {
  const message = error instanceof Error ? error.message : String(error);
  if (!unwritable.test(message)) return error instanceof Error ? error : new Error(message);
  return new Error(
    `The service cannot start: nothing can be written to ${state}, the disk is full or fails (${message}). Make room there, or choose another place with --state.`,
    { cause: error },
  );
}
