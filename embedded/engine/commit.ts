import type { NewInstance, ParentLink } from '../store/records';
import type { Store } from '../store/store';
import type { Episode } from './episode';
import { EventType, type HistoryEvent, newEvent } from './history';
import { instanceIdProblem, newId } from './ids';
import { jsonText } from './json';
import { childEndMessage, childFailureMessage } from './messages';
import type { Effect } from './numbering';
import { type Outcome, type Plan } from './plan';
import { hasEnded, RuntimeStatus } from './status';

type Child = Extract<Effect, { kind: 'child' }>;

/** What writing an episode needs to know besides the plan. */
export interface CommitContext {
  readonly store: Store;
  readonly now: number;
  /** The version that children get when their call names none. */
  readonly defaultVersion: string | undefined;
  /** The registered name of an orchestrator function, or undefined when there is none. */
  readonly orchestratorName: (name: string) => string | undefined;
}

/**
 * Writes an episode: history, activities, timers, children, the instance's row and the end of the messages it has used
 * up. Must run inside one transaction, which is what makes an episode happen once or not at all.
 *
 * @returns ids of the instances that have something to do now.
 */
export function commitEpisode(context: CommitContext, episode: Episode, plan: Plan): string[] {
  const { store, now } = context;
  const { instance } = episode;
  const ready: string[] = [];
  store.work.removeMessages(episode.taken);
  const scheduled = plan.scheduled.map((effect) => schedule(context, episode, effect, ready));
  for (const timerId of plan.cancelled) store.work.removeTimer(instance.executionId, timerId);
  if (plan.outcome.kind === 'continued') {
    store.instances.insert(nextGeneration(episode, plan, plan.outcome.input), now);
    return [...ready, instance.instanceId];
  }
  const events = [...episode.fresh, ...scheduled, ...closingEvents(plan.outcome, now)];
  const texts = events.map((event) => JSON.stringify({ ...event, IsPlayed: true }));
  store.instances.appendHistory(instance.instanceId, episode.pastTexts.length, texts);
  const output = plan.outcome.kind === 'ended' ? plan.outcome.output : undefined;
  const change = { status: plan.outcome.status, output, customStatus: plan.customStatus };
  store.instances.update(instance.instanceId, change, now);
  if (plan.outcome.kind === 'ended') ready.push(...end(context, episode, plan.outcome));
  return ready;
}

/** A new generation keeps id, version, parent and custom status; what was buffered for the old one is lost, as on Azure. */
function nextGeneration({ instance }: Episode, plan: Plan, input: string): NewInstance {
  return {
    instanceId: instance.instanceId,
    executionId: newId(),
    name: instance.name,
    version: instance.version,
    input,
    parent: instance.parent,
    status: RuntimeStatus.Running,
    customStatus: plan.customStatus ?? instance.customStatus,
  };
}

function closingEvents(outcome: Outcome, now: number): HistoryEvent[] {
  const completed = newEvent(EventType.OrchestratorCompleted, now);
  if (outcome.kind !== 'ended') return [completed];
  if (outcome.status === RuntimeStatus.Terminated) return [completed];
  const type = outcome.status === RuntimeStatus.Failed ? EventType.ExecutionFailed : EventType.ExecutionCompleted;
  return [newEvent(type, now, { Result: outcome.output }), completed];
}

function end({ store, now }: CommitContext, episode: Episode, outcome: Extract<Outcome, { kind: 'ended' }>): string[] {
  const { instance } = episode;
  store.work.removeTimers(instance.instanceId);
  if (instance.parent === undefined) return [];
  store.work.addMessage(childEndMessage(instance.parent, outcome, now));
  return [instance.parent.instanceId];
}

function schedule(context: CommitContext, episode: Episode, effect: Effect, ready: string[]): HistoryEvent {
  const { instanceId, executionId } = episode.instance;
  const { store, now } = context;
  switch (effect.kind) {
    case 'activity': {
      const input = jsonText(effect.input);
      store.work.addActivity({ instanceId, executionId, taskId: effect.id, name: effect.name, input });
      return newEvent(EventType.TaskScheduled, now, { Name: effect.name, Input: `[${input}]` }, effect.id);
    }
    case 'timer':
      store.work.addTimer({ instanceId, executionId, timerId: effect.id, fireAt: effect.fireAt });
      return newEvent(EventType.TimerCreated, now, { FireAt: new Date(effect.fireAt).toISOString() }, effect.id);
    case 'child': {
      const childId = effect.instanceId ?? `${executionId}:${effect.id}`;
      const parent = { instanceId, executionId, taskId: effect.id };
      ready.push(startChild(context, effect, childId, parent));
      const detail = { Name: effect.name, Input: jsonText(effect.input), InstanceId: childId };
      return newEvent(EventType.SubOrchestrationInstanceCreated, now, detail, effect.id);
    }
  }
}

/** Starts a child, or tells its parent why not; answers the id of the one that has something to do now. */
function startChild(context: CommitContext, effect: Child, childId: string, parent: ParentLink): string {
  const { store, now } = context;
  const name = context.orchestratorName(effect.name);
  const problem = childProblem(context, effect, childId, name);
  if (problem !== undefined || name === undefined) {
    store.work.addMessage(childFailureMessage(parent, problem ?? '', now));
    return parent.instanceId;
  }
  const version = effect.version ?? context.defaultVersion;
  const input = effect.input === undefined ? undefined : jsonText(effect.input);
  // With the messages that an instance which has ended under this id did not live to see.
  store.instances.remove(childId);
  store.instances.insert({ instanceId: childId, executionId: newId(), name, version, input, parent }, now);
  return childId;
}

function childProblem(
  { store }: CommitContext,
  effect: Child,
  childId: string,
  name: string | undefined,
): string | undefined {
  if (name === undefined) {
    return `The function '${effect.name}' doesn't exist, is disabled, or is not an orchestrator function.`;
  }
  const badId = instanceIdProblem(childId);
  if (badId !== undefined) return badId;
  const existing = store.instances.get(childId);
  return existing !== undefined && !hasEnded(existing.status)
    ? `An Orchestration instance with the status ${existing.status} already exists: '${childId}'.`
    : undefined;
}
