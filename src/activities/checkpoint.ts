import type { CheckpointInput, CheckpointOutput } from '../contracts/activities';
import { applyEvent } from '../domain/apply-event';
import { ok } from '../domain/failure';
import { isKept } from '../domain/release-event';
import type { ReleaseEvent } from '../domain/release-event';
import type { Activity, ActivityDeps, ActivityLog } from './deps';
import { recordOf } from './fence';
import { guarded } from './to-failure';

const endings: readonly ReleaseEvent['type'][] = ['succeeded', 'canceled'];

/**
 * Writes what happened, publishes the bell, and reads the commands that wait, the last two in one compare-and-swap: a
 * command is either answered here, or its sender finds the bell. Safe to repeat: the timeline's keys and the record's
 * `seq` make the second write do nothing.
 */
export function createCheckpoint(deps: ActivityDeps, log: ActivityLog): Activity<CheckpointInput, CheckpointOutput> {
  return ({ releaseId, run, token, seq, at, events, bell, gate, rollout }) =>
    guarded<CheckpointOutput>(async () => {
      const ref = { releaseId, run, token };
      const mine = await recordOf(deps, ref);
      if (!mine.ok) return ok({ fenced: true });
      await deps.timeline.insert(releaseId, { run, seq, at, events: events.filter(isKept) });
      // A sealed query is a secret that nobody needs once the release cannot be retried.
      if (events.some((event) => endings.includes(event.type))) await deps.documents.deleteSealed(releaseId);
      const result = await deps.releases.checkpoint(ref, {
        seq,
        apply: (view) => events.reduce((before, event) => applyEvent(before, event, at), view),
        bell,
        gate,
        rollout,
      });
      if (!result.fenced && result.applied) for (const event of events) tell(log, event, { releaseId, run });
      return ok(
        result.fenced ? { fenced: true } : { fenced: false, commands: result.commands, seq: result.record.seq },
      );
    });
}

/** What operators read of a release in the log; the rest is in its timeline. */
function tell(log: ActivityLog, event: ReleaseEvent, of: { readonly releaseId: string; readonly run: number }): void {
  switch (event.type) {
    case 'run-started':
      return log('info', 'A run of a release has begun', of);
    case 'submission-made':
      return log('info', 'A release has its submission', { ...of, submissionId: event.submissionId, how: event.how });
    case 'attempt-failed': {
      const { step, code, correlationId, retryAt } = event;
      return log('warn', 'A step of a release is tried again', { ...of, step, code, correlationId, retryAt });
    }
    case 'succeeded':
      return log('info', 'A release has succeeded', of);
    case 'canceled':
      return log('info', 'A release was canceled', { ...of, code: event.cancellation.code, left: event.left });
    case 'failed': {
      const { code, step, correlationId } = event.failure;
      return log('error', 'A release has failed', { ...of, code, step, correlationId, left: event.left });
    }
    default:
  }
}
