import type { Commands, RollOutOutput, RollOutState, RolloutCommand, SubmissionCall } from '../contracts/activities';
import { now } from '../contracts/durable';
import type { Flow } from '../contracts/durable';
import type { ReleaseEvent } from '../domain/release-event';
import { held, requestOf, resumed, rolloutView } from '../domain/store/rollout';
import type { RolloutPlan } from '../domain/store/rollout';
import type { Run } from './run';
import { checkpoint } from './run';

/** A rollout as its orchestrator sees it; `state` is what the next generation begins with. */
export interface Stages {
  readonly run: Run;
  readonly submission: SubmissionCall;
  readonly plan: RolloutPlan;
  state: RollOutState;
}

export type RollOutEnd = RollOutOutput extends infer O ? (O extends unknown ? Omit<O, 'seq'> : never) : never;

export interface Taken {
  /** Whether a command was taken up, which must be written first. */
  readonly changed: boolean;
  readonly cancel: Commands['cancel'];
}

/** Writes what happened, names a bell, and takes up the commands that wait. */
export function* takeCommands(stages: Stages): Flow<Taken> {
  const commands = yield* write(stages, undefined);
  return { changed: takeUp(stages, commands), cancel: commands.cancel };
}

/**
 * Ends the rollout for this run, unless a command came meanwhile: one write decides, so that a command that was accepted
 * is carried out. Where the rollout was settled there is nothing left to command.
 */
export function* close(stages: Stages, end: RollOutEnd): Flow<RollOutEnd | undefined> {
  const isSettled = end.end === 'halted' || (end.end === 'over' && !end.running);
  stages.state = { ...stages.state, done: [...stages.state.done, ...stages.state.taken], taken: [], asked: null };
  const commands = yield* write(stages, isSettled ? 'at-once' : 'if-idle');
  return takeUp(stages, commands) ? undefined : end;
}

function* write(stages: Stages, how: 'if-idle' | 'at-once' | undefined): Flow<Commands> {
  const { done } = stages.state;
  const events = newsOf(stages);
  return yield* checkpoint(stages.run, events, { bell: how === undefined, rollout: { done, close: how } });
}

/** What people see now and did not see before. */
function newsOf(stages: Stages): ReleaseEvent[] {
  const { state, run } = stages;
  const rollout = rolloutView(state, state.status);
  const shown = JSON.stringify(rollout);
  // A person must act: the stage lasts until then.
  const isWaiting = state.status !== '' && state.asked === null && state.dueAt === null;
  const since = now(run.ctx).toISOString();
  const events: ReleaseEvent[] = [...state.news];
  if (state.status !== '' && shown !== state.shown) events.push({ type: 'rollout-seen', rollout });
  if (isWaiting && !state.isWaiting) events.push({ type: 'waiting', waitingFor: { kind: 'rollout', since } });
  if (!isWaiting && state.isWaiting) events.push({ type: 'resumed' });
  stages.state = { ...state, news: [], done: [], isWaiting, shown: state.status === '' ? state.shown : shown };
  return events;
}

function takeUp(stages: Stages, { rollout: commands = [] }: Commands): boolean {
  const fresh = commands.filter(({ id }) => !stages.state.taken.includes(id));
  for (const command of fresh) stages.state = after(stages, command);
  return fresh.length > 0;
}

/** Holding and resuming is done at once; what goes to Partner Center takes the place of what was asked for before. */
function after({ run, state }: Stages, command: RolloutCommand): RollOutState {
  const time = now(run.ctx).getTime();
  const { change, id, by } = command;
  const news: RollOutState['news'] = [...state.news, { type: 'rollout-asked', change, by }];
  const request = requestOf(change);
  if (request === null) {
    const isHold = 'action' in change && change.action === 'hold';
    const place = isHold ? held(state, time) : resumed(state, time);
    return { ...state, ...place, news, done: [...state.done, id], asked: isHold ? commandOnly(state) : state.asked };
  }
  const asked = { request, command, since: time, retryAt: time, failures: 0, misses: 0 };
  return { ...state, news, asked, taken: [...state.taken, id] };
}

/** Who holds a rollout wants no further stage, also none that is being asked for. */
function commandOnly({ asked }: RollOutState): RollOutState['asked'] {
  return asked === null || asked.command === null ? null : asked;
}
