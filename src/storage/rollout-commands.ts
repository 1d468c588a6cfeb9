import type { RolloutCommand } from '../contracts/activities';
import type { ReleaseView } from '../domain/release';
import { isSamePercentage, requestOf, standingOf } from '../domain/store/rollout';
import type { RolloutAction, RolloutChange } from '../domain/store/rollout-change';
import type { AuditEvent } from './audit';
import { withAudit, type ReleaseRecord } from './release-record';

/**
 * `settling`: it is being halted or finalized. `over`: the run takes no commands any more; the rollout itself may still
 * run. `not-running`: none has begun.
 */
export type RolloutOutcome = 'accepted' | 'already-same' | 'settling' | 'over' | 'not-running';

/** Enough for people; a loop that sends another command each second is told to wait. */
const mostCommands = 20;

/** What becomes of a command about a rollout. Pure: the caller writes the record by compare-and-swap. */
export function decideRollout(
  record: ReleaseRecord,
  wish: RolloutCommand,
  audit: AuditEvent | undefined,
): { readonly outcome: RolloutOutcome; readonly record?: ReleaseRecord } {
  const { rollout, view } = record;
  if (rollout === null) return { outcome: 'not-running' };
  if (!rollout.open) return { outcome: isSettledSo(view, wish.change) ? 'already-same' : 'over' };
  const { commands } = rollout;
  const changes = commands.map(({ change }) => change);
  if (isAsked(changes, wish.change) ?? isSo(view, wish.change)) return { outcome: 'already-same' };
  const settling = changes.map(settlingOf).find((action) => action !== undefined);
  // What does harm is stopped, even where somebody was about to give it to everyone.
  const isUrgent = settlingOf(wish.change) === 'halt' && settling === 'finalize';
  const isFull = commands.length >= mostCommands && settlingOf(wish.change) === undefined;
  if ((settling !== undefined && !isUrgent) || isFull) return { outcome: 'settling' };
  const next = { ...record, rollout: { ...rollout, commands: [...commands, wish] } };
  return { outcome: 'accepted', record: withAudit(next, audit) };
}

/** Whether the rollout has ended in the way that is asked for. */
function isSettledSo({ rollout }: Pick<ReleaseView, 'rollout'>, change: RolloutChange): boolean {
  const standing = standingOf({ status: rollout?.status ?? '' });
  const action = settlingOf(change);
  return (action === 'halt' && standing === 'halted') || (action === 'finalize' && standing === 'finalized');
}

function settlingOf(change: RolloutChange): 'halt' | 'finalize' | undefined {
  const request = requestOf(change);
  return request === null || request.kind === 'percentage' ? undefined : request.kind;
}

/** Whether the last command about the same thing asks for this; `undefined` where none is about it. */
function isAsked(changes: readonly RolloutChange[], change: RolloutChange): boolean | undefined {
  if ('percentage' in change) {
    const last = changes.findLast((other) => 'percentage' in other);
    return last === undefined ? undefined : isSamePercentage(last.percentage, change.percentage);
  }
  const about = kindOf(change.action);
  const last = changes.findLast((other) => 'action' in other && about.includes(other.action));
  return last === undefined ? undefined : 'action' in last && last.action === change.action;
}

/** Commands of which the last one counts. */
function kindOf(action: RolloutAction): readonly RolloutAction[] {
  return action === 'hold' || action === 'resume' ? ['hold', 'resume'] : [action];
}

/** Whether it is so already, as people see it. A stage that waits for a person can be resumed: it is over then. */
function isSo({ rollout, waitingFor }: ReleaseView, change: RolloutChange): boolean {
  if (rollout === null) return false;
  if ('percentage' in change) return isSamePercentage(rollout.percentage, change.percentage);
  if (change.action === 'hold') return rollout.held;
  return change.action === 'resume' && !rollout.held && waitingFor?.kind !== 'rollout';
}
