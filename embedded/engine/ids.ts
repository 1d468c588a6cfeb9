import { randomUUID } from 'node:crypto';

/** A new id for a generation, or for an instance that was given none: a GUID without dashes. */
export function newId(): string {
  return randomUUID().replaceAll('-', '');
}

/**
 * Says what is wrong with an instance id, or undefined when it may be used. The rules are Azure's: at most 256
 * characters, no slash, backslash, `#`, `?` or control character, and no `@` at its beginning.
 */
export function instanceIdProblem(instanceId: string): string | undefined {
  if (instanceId.length > 256) return 'Instance IDs must not be longer than 256 characters.';
  if (instanceId.startsWith('@')) return 'Instance IDs must not start with @.';
  if (/[/\\#?\p{Cc}]/u.test(instanceId)) return 'Instance IDs must not contain /, \\, #, ? or control characters.';
  return undefined;
}
