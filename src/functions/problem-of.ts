import type { InvocationContext } from '@azure/functions';
import type { StorageErrorCode } from '../storage/storage-error';
import { logLine } from './log-line';
import { Problem } from './problem';

interface Circumstances {
  readonly context: InvocationContext;
  readonly traceId: string;
  readonly redact: (text: string) => string;
}

/** What is answered for whatever was thrown. What nobody expected is logged, without secrets, and not told. */
export function problemOf(error: unknown, { context, traceId, redact }: Circumstances): Problem {
  if (error instanceof Problem) return error;
  const known = problemOfStorage(error);
  if (known?.code !== undefined && known.code !== 'storage-unavailable') return known;
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const facts = { traceId, error: name, message: redact(message), stack: redact(stack ?? '') };
  context.error(logLine('An HTTP function failed', facts));
  return known ?? new Problem('internal-error');
}

const storageErrors: readonly string[] = ['StorageError', 'PackageError'];

/** Errors of storage are told by their code; the class stays where it is. */
function problemOfStorage(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !storageErrors.includes(error.name)) return undefined;
  // The name says whose code it is; those of packages that concern storage have the same.
  const code = Reflect.get(error, 'code') as StorageErrorCode;
  switch (code) {
    case 'release-not-found':
      return new Problem('release-not-found');
    case 'continuation-invalid':
      return new Problem('invalid-parameter', {
        detail: 'continuation: it is not of this list; follow the nextLink of a page as it is.',
      });
    case 'storage-unavailable':
    case 'storage-conflict':
    case 'storage-denied':
      return new Problem('storage-unavailable', { retryAfter: 10 });
    default:
      return undefined;
  }
}
