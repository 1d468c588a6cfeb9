import { AnswerError, type OrchestratorAnswer } from './actions';
import type { Episode } from './episode';
import { completedId } from './history';
import { jsonText } from './json';
import { type Effect, followActions } from './numbering';
import { findDivergence, recordedEffects } from './replay-check';
import { RuntimeStatus } from './status';

/** What an episode ends in. Payloads are JSON texts. */
export type Outcome =
  | { readonly kind: 'goes-on'; readonly status: RuntimeStatus }
  | { readonly kind: 'ended'; readonly status: RuntimeStatus; readonly output: string }
  | { readonly kind: 'continued'; readonly input: string };

/** What has to be written at the end of an episode. */
export interface Plan {
  /** Asked for in this episode for the first time. */
  readonly scheduled: readonly Effect[];
  /** Numbers of timers that are cancelled now. */
  readonly cancelled: readonly number[];
  /** JSON text; undefined leaves it as it is. */
  readonly customStatus: string | undefined;
  readonly outcome: Outcome;
}

/** Azure's limit: 16 KB of UTF-16 text. */
const maxCustomStatusLength = 8 * 1024;

/** A plan that changes nothing but the history. */
export function holdPlan(status: RuntimeStatus): Plan {
  return { scheduled: [], cancelled: [], customStatus: undefined, outcome: { kind: 'goes-on', status } };
}

/** A plan that ends the instance at once, whatever is open. `output` is a text, not JSON. */
export function endPlan(status: RuntimeStatus, output: string): Plan {
  const outcome: Outcome = { kind: 'ended', status, output: JSON.stringify(output) };
  return { scheduled: [], cancelled: [], customStatus: undefined, outcome };
}

/** How an orchestrator's failure reads on Azure. */
export function orchestratorFailure(name: string, message: string): string {
  return `Orchestrator function '${name}' failed: ${message}`;
}

/**
 * Makes a plan of an orchestrator's answer. An instance completes, fails or continues as new only when the host has come
 * through all actions and no activity, no sub-orchestration and no uncancelled timer is open; until then it goes on, and
 * the next episode answers the same.
 *
 * @throws AnswerError when the answer contradicts the history or breaks a rule; the instance has to fail with it.
 */
export function planAnswer(episode: Episode, answer: OrchestratorAnswer): Plan {
  const history = [...episode.past, ...episode.fresh];
  const { effects, isThrough } = followActions(answer.actions, history);
  const recorded = recordedEffects(history);
  const divergence = findDivergence(effects, recorded);
  if (divergence !== undefined) {
    throw new AnswerError(
      `Non-deterministic orchestrator: ${divergence}. The code differs from what this instance ran.`,
    );
  }
  const completed = new Set(history.map(completedId));
  const open = effects.filter((effect) => !completed.has(effect.id) && !isCancelled(effect));
  const scheduled = effects.filter((effect) => !recorded.has(effect.id) && !isCancelled(effect));
  checkChildIds(episode, scheduled);
  checkTimes(scheduled);
  return {
    scheduled,
    cancelled: effects.filter((effect) => recorded.has(effect.id) && isCancelled(effect)).map(({ id }) => id),
    customStatus: customStatusText(answer.customStatus),
    outcome: isThrough && open.length === 0 ? outcomeOf(episode, answer) : goesOn,
  };
}

const goesOn: Outcome = { kind: 'goes-on', status: RuntimeStatus.Running };

function outcomeOf({ instance }: Episode, answer: OrchestratorAnswer): Outcome {
  if (answer.error !== undefined) {
    const output = JSON.stringify(orchestratorFailure(instance.name, answer.error));
    return { kind: 'ended', status: RuntimeStatus.Failed, output };
  }
  if (!answer.isDone) return goesOn;
  const last = answer.actions.at(-1);
  if (last?.kind === 'continue') return { kind: 'continued', input: jsonText(last.input) };
  return { kind: 'ended', status: RuntimeStatus.Completed, output: jsonText(answer.output) };
}

function isCancelled(effect: Effect): boolean {
  return effect.kind === 'timer' && effect.cancelled;
}

function customStatusText(customStatus: unknown): string | undefined {
  if (customStatus === undefined) return undefined;
  const text = jsonText(customStatus);
  if (text.length > maxCustomStatusLength) {
    throw new AnswerError('The size of the JSON-serialized custom status must not exceed 16 KB of UTF-16 text.');
  }
  return text;
}

/** An interval between attempts may reach beyond the last moment that has a date. */
function checkTimes(scheduled: readonly Effect[]): void {
  for (const effect of scheduled) {
    if (effect.kind !== 'timer' || !Number.isNaN(new Date(effect.fireAt).getTime())) continue;
    throw new AnswerError('The orchestrator asked for a timer that no clock can reach.');
  }
}

function checkChildIds({ instance }: Episode, scheduled: readonly Effect[]): void {
  for (const effect of scheduled) {
    if (effect.kind !== 'child' || effect.instanceId === undefined) continue;
    const taken = [instance.instanceId, instance.parent?.instanceId].map((id) => id?.toLowerCase());
    if (taken.includes(effect.instanceId.toLowerCase())) {
      throw new AnswerError('A sub-orchestration must not have the instance ID of its parent or of that one’s parent.');
    }
  }
}
