import type { RollOutInput, RollOutOutput } from '../contracts/activities';
import { continueAs, inputOf, now } from '../contracts/durable';
import type { Context, Flow } from '../contracts/durable';
import { nextRequest } from '../domain/store/rollout';
import { byStage, look, send } from './roll-out-calls';
import { close, takeCommands } from './roll-out-commands';
import type { RollOutEnd, Stages } from './roll-out-commands';
import type { Run } from './run';
import { waitForBell, childRun } from './run';
import { Stopped } from './stopped';

/** Rounds in one generation: the history, which is read again at each round, stays below one page. */
const roundsPerGeneration = 20;

/**
 * The orchestrator of the stages: each round writes what happened and reads the commands that wait, then does one thing
 * or sleeps. It continues as new, so that the cost of a round never grows, however long a stage lasts. A command never
 * waits behind a change that fails: every retry is a sleep that a bell ends.
 */
export function* rollOutStages(ctx: Context): Flow<RollOutOutput | undefined> {
  const input = inputOf<RollOutInput>(ctx);
  const stages: Stages = { run: runOf(ctx, input), submission: input.call, plan: planOf(input), state: input.state };
  const end = yield* untilStopped(generation(stages));
  if (end !== undefined) return { ...end, seq: stages.run.seq };
  continueAs(ctx, { ...input, seq: stages.run.seq, state: stages.state });
  return undefined;
}

function planOf({ plan }: RollOutInput): Stages['plan'] {
  return plan.rollout ?? { stages: [], finalize: false };
}

function runOf(ctx: Context, input: RollOutInput): Run {
  // A cancel is obeyed here, after what else was asked for.
  return { ...childRun(ctx, input), step: 'rollout', ending: true };
}

function* generation(stages: Stages): Flow<RollOutEnd | undefined> {
  for (let round = 0; round < roundsPerGeneration; round++) {
    const end = yield* oneRound(stages);
    if (end !== undefined) return end;
  }
  return undefined;
}

function* oneRound(stages: Stages): Flow<RollOutEnd | undefined> {
  const commands = yield* takeCommands(stages);
  // What changed is written, and what else was asked for is read, before anything is done.
  if (commands.changed) return undefined;
  const { asked } = stages.state;
  if (commands.cancel !== undefined && (asked === null || asked.command === null)) {
    const { by, reason } = commands.cancel;
    return yield* close(stages, { end: 'canceled', by, reason });
  }
  const time = now(stages.run.ctx).getTime();
  if (asked !== null && asked.retryAt <= time) return yield* send(stages, asked);
  if (stages.state.lookAt <= time) return yield* look(stages);
  if (asked === null && isOver(stages, time)) return yield* goOn(stages);
  yield* waitForBell(stages.run, new Date(earliest(stages)));
  return undefined;
}

function isOver({ state }: Stages, time: number): boolean {
  return !state.held && state.dueAt !== null && state.dueAt <= time;
}

/** After a stage: the next one, or the end. */
function* goOn(stages: Stages): Flow<RollOutEnd | undefined> {
  const next = nextRequest(stages.plan, stages.state);
  if (next === 'end') return yield* close(stages, { end: 'over', running: true });
  stages.state = { ...stages.state, asked: byStage(stages, next) };
  return undefined;
}

function earliest({ state }: Stages): number {
  const { asked, lookAt, held, dueAt } = state;
  // What is asked for comes before the stages.
  if (asked !== null) return Math.min(asked.retryAt, lookAt);
  return Math.min(lookAt, held ? Infinity : (dueAt ?? Infinity));
}

function* untilStopped(rounds: Flow<RollOutEnd | undefined>): Flow<RollOutEnd | undefined> {
  try {
    return yield* rounds;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    const { ending } = error;
    if (ending.kind === 'failed') return { end: 'failed', failure: ending.failure, running: true };
    return { end: 'fenced' };
  }
}
