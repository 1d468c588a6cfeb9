import type { RunRef, TargetApi } from '../contracts/activities';
import { ok } from '../domain/failure';
import type { Activity, ActivityDeps } from './deps';
import { guarded } from './to-failure';

type Input = RunRef & { readonly account: string; readonly api?: TargetApi | undefined };

/** Whether the account can sign in, and until when its token is good; the token itself stays here. A read. */
export function createCheckToken(deps: ActivityDeps): Activity<Input, { expiresAt: string }> {
  return ({ account, api }) => guarded(async () => ok(await deps.checkToken(account, api)));
}
