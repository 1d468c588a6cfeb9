import { activities } from '../contracts/activities';
import type { Commands } from '../contracts/activities';
import { newGuid, now } from '../contracts/durable';
import type { Flow } from '../contracts/durable';
import type { DecisionView, StepName } from '../domain/release';
import type { Gate } from '../domain/release-document';
import { act, checkpoint, waitForBell } from './run';
import type { Run } from './run';
import { Stopped, stopFailed } from './stopped';

const stepOfGate: Record<Gate, StepName> = { commit: 'approveCommit', 'go-live': 'approveGoLive' };

/**
 * Waits until a person decides. The gate is closed by one compare-and-swap in the record, whoever comes first: an
 * approval, a rejection, or the time-out.
 */
export function* approve(run: Run, gate: Gate): Flow<void> {
  const decision = yield* decided(run, gate);
  yield* checkpoint(run, [{ type: 'decided', decision }, { type: 'resumed' }]);
  if (decision.decision === 'approved') return;
  if (decision.decision === 'expired') {
    stopFailed({ code: 'approval-timeout', message: 'The approval was not given in time.', retryable: false });
  }
  const { by, comment: reason } = decision;
  throw new Stopped({ kind: 'canceled', cancellation: { code: 'rejected', by, reason } });
}

function* decided(run: Run, gate: Gate): Flow<DecisionView> {
  const gateId = newGuid(run.ctx);
  const since = now(run.ctx);
  const expiresAt = new Date(since.getTime() + run.plan.approvalTimeoutMs);
  run.step = stepOfGate[gate];
  let commands = yield* checkpoint(
    run,
    [
      { type: 'step-started', step: run.step },
      {
        type: 'waiting',
        waitingFor: { kind: 'approval', gate, gateId, since: since.toISOString(), expiresAt: expiresAt.toISOString() },
      },
    ],
    { bell: true, gate: { gateId, gate } },
  );
  while (decisionOf(commands, gateId) === undefined && now(run.ctx) < expiresAt) {
    yield* waitForBell(run, expiresAt);
    commands = yield* checkpoint(run, [], { bell: true });
  }
  const decision = decisionOf(commands, gateId);
  if (decision !== undefined) return decision;
  const closed = yield* act(run, activities.closeGate, { ...run.fence, gateId, at: now(run.ctx).toISOString() });
  return closed.decision;
}

function decisionOf(commands: Commands, gateId: string): DecisionView | undefined {
  if (commands.decision?.gateId !== gateId) return undefined;
  const { gateId: _met, ...decision } = commands.decision;
  return decision;
}
