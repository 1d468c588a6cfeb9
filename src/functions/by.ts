import type { Caller } from './caller';
import { Problem } from './problem';

/**
 * Who is recorded: the signed-in name, else whom the body claims.
 *
 * @throws Problem where both are there, for then the claim could only be wrong
 */
export function byOf({ caller, body }: { caller: Caller; body: { readonly by?: string | undefined } }): string | null {
  if (caller.name === null) return body.by ?? null;
  if (body.by === undefined) return caller.name;
  throw new Problem('invalid-request', {
    errors: [{ pointer: '/by', code: 'signed-in', message: 'Who asks is known from the sign-in: leave "by" out.' }],
  });
}
