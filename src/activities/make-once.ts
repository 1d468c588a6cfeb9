import type { RunRef } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import type { ActivityDeps } from './deps';
import { recordOf } from './fence';
import { asMakeIntent } from './intent';
import type { MakeIntent } from './intent';
import type { RemoteReading } from './to-failure';

/** How something is looked for by its name, and made. */
interface Making<T> {
  /** `null` = the list does not show it. */
  find(): Promise<T | null>;
  /** Sends the POST. */
  make(): Promise<T>;
  /** Reads what the POST throws. */
  readonly remoteFailure: RemoteReading;
}

/** `ours`: the release made it, whose intent stays until it is noted as the release's own. */
export interface Made<T> {
  readonly value: T;
  readonly ours: boolean;
}

/**
 * Makes what has a name, where it is not there yet. Safe to repeat, killed anywhere or running twice: it looks for the
 * name first, the intent is written before the POST by whoever sends it, and after a lost answer the POST is sent again
 * only after the list has had time to show what it made.
 */
export async function makeOnce<T>(deps: ActivityDeps, ref: RunRef, making: Making<T>): Promise<Result<Made<T>>> {
  const found = await making.find();
  // Read after the list: another copy of this activity may have sent since.
  const now = await recordOf(deps, ref);
  if (!now.ok) return now;
  const before = asMakeIntent(now.value.intent);
  if (found !== null) return ok({ value: found, ours: before !== undefined });
  const waitMs = before === undefined ? 0 : Date.parse(before.at) + deps.settings.settleMs - deps.now().getTime();
  if (waitMs > 0) return unsettled(waitMs);
  const intent: MakeIntent = { kind: 'make', at: deps.now().toISOString() };
  const stored = await deps.releases.setIntent(ref, intent, now.value.intent);
  // Another copy of this activity is sending: what it makes will show.
  if (stored.kind !== 'set') return unsettled(deps.settings.settleMs);
  try {
    return ok({ value: await making.make(), ours: true });
  } catch (error) {
    const failure = making.remoteFailure(error);
    if (failure === undefined) throw error;
    // This POST has made nothing; one that was sent before it may have.
    if (failure.unclear !== true) await deps.releases.replaceIntent(ref, before ?? null);
    return failed(failure);
  }
}

function unsettled(waitMs: number): Result<never> {
  return failed({
    code: 'partner-center-unavailable',
    message: 'A create was sent and its answer lost; the list does not show what it made yet.',
    retryable: true,
    unclear: true,
    retryAfterMs: waitMs,
  });
}
