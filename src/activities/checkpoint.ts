import type { CheckpointInput, CheckpointOutput } from '../contracts/activities';
import { applyEvent } from '../domain/apply-event';
import { ok } from '../domain/failure';
import { isKept } from '../domain/release-event';
import type { ReleaseEvent } from '../domain/release-event';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { guarded } from './to-failure';

const endings: readonly ReleaseEvent['type'][] = ['succeeded', 'canceled'];

/**
 * Writes what happened, publishes the bell, and reads the commands that wait, the last two in one compare-and-swap: a
 * command is either answered here, or its sender finds the bell. Safe to repeat: the timeline's keys and the record's
 * `seq` make the second write do nothing.
 */
export function createCheckpoint(deps: ActivityDeps): Activity<CheckpointInput, CheckpointOutput> {
  return ({ releaseId, run, token, seq, at, events, bell, gate }) =>
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
      });
      return ok(
        result.fenced ? { fenced: true } : { fenced: false, commands: result.commands, seq: result.record.seq },
      );
    });
}
