import type { RunRef } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { DecisionView } from '../domain/release';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { guarded } from './to-failure';

type Input = RunRef & { readonly gateId: string; readonly at: string };

/**
 * Closes a gate whose time is up; whoever decided just before keeps the decision. Safe to repeat: the gate is closed
 * once, by one compare-and-swap, and every call tells how.
 */
export function createCloseGate(deps: ActivityDeps): Activity<Input, { decision: DecisionView }> {
  return (input) =>
    guarded(async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const closed = await deps.releases.closeGateExpired(input.releaseId, input.gateId, input.at);
      if (closed.kind === 'closed') return ok({ decision: closed.decision });
      return failed({
        code: 'run-ended-unexpectedly',
        message: 'The gate is not this run’s any more.',
        retryable: false,
      });
    });
}
