import type { RunRef } from '../contracts/activities';
import { ok } from '../domain/failure';
import type { Activity, ActivityDeps } from './deps';
import { guarded } from './to-failure';

/** Whether the account can sign in, and until when its token is good; the token itself stays here. A read. */
export function createCheckToken(deps: ActivityDeps): Activity<RunRef & { account: string }, { expiresAt: string }> {
  return ({ account }) => guarded(async () => ok(await deps.checkToken(account)));
}
