import { activities } from '../contracts/activities';
import type { AskedRollout, ChangeRolloutOutput } from '../contracts/activities';
import { call, now } from '../contracts/durable';
import type { Flow } from '../contracts/durable';
import type { Failure } from '../domain/failure';
import { nextAttempt, patient } from '../domain/retry-policy';
import type { RetryPolicy } from '../domain/retry-policy';
import { atPercentage, isSamePercentage, isTaken, standingOf } from '../domain/store/rollout';
import type { RolloutRequest, SeenRollout } from '../domain/store/rollout';
import { missedPauseMs, mostMisses, notTaken } from './change-rollout';
import { close } from './roll-out-commands';
import type { RollOutEnd, Stages } from './roll-out-commands';
import { attemptFailed } from './run';

/** Between two looks at what nobody here changes: people in Partner Center, or the next release, may. */
const lookEveryMs = 60 * 60 * 1000;

/** A halt is tried more often. */
const urgent: RetryPolicy = { ...patient, longestMs: 60_000 };

/** What the stages want next, to be asked for at once. */
export function byStage(stages: Stages, request: RolloutRequest): AskedRollout {
  const time = timeOf(stages);
  return { request, command: null, since: time, retryAt: time, failures: 0, misses: 0 };
}

/** Asks Partner Center for a change, and judges what was read back. */
export function* send(stages: Stages, asked: AskedRollout): Flow<RollOutEnd | undefined> {
  const { run, submission, state } = stages;
  const { request, command, ticket } = asked;
  // A stage builds on what it left: where somebody has set another percentage, it is not asked for.
  const from = command === null && state.status !== '' ? state.percentage : null;
  const answer = yield* call(run.ctx, activities.changeRollout, { ...submission, request, from, ticket });
  if (!answer.ok) return yield* notAnswered(stages, asked, answer.failure);
  return yield* judge(stages, asked, answer.value);
}

function* judge(stages: Stages, asked: AskedRollout, answer: ChangeRolloutOutput): Flow<RollOutEnd | undefined> {
  const { seen, sent } = answer;
  const { request, command } = asked;
  if (standingOf(seen) !== 'running') return yield* settled(stages, seen);
  if (isTaken(request, seen)) return taken(stages, seen);
  // Not sent, since somebody has set another percentage meanwhile: theirs counts.
  if (!sent && command === null) return taken(stages, seen);
  const misses = asked.misses + 1;
  if (misses >= mostMisses) return yield* refused(stages, asked, notTaken(request, seen));
  const retryAt = timeOf(stages) + missedPauseMs;
  stages.state = {
    ...stages.state,
    status: seen.status,
    asked: { ...asked, misses, retryAt, failures: 0, ticket: undefined },
  };
  return undefined;
}

/** A percentage that holds: its stage begins, whoever asked for it. */
function taken(stages: Stages, seen: SeenRollout): undefined {
  const { state, plan } = stages;
  const place = atPercentage(plan, state, seen.percentage, timeOf(stages));
  const done = [...state.done, ...state.taken];
  const lookAt = timeOf(stages) + lookEveryMs;
  stages.state = { ...state, ...place, status: seen.status, asked: null, taken: [], done, lookAt, failures: 0 };
  return undefined;
}

/** Nothing can be changed any more: by us, by the next release, or by a person in Partner Center. */
function* settled(stages: Stages, seen: SeenRollout): Flow<RollOutEnd | undefined> {
  const { state } = stages;
  const standing = standingOf(seen);
  const command = state.asked?.command ?? null;
  const isOurs = command !== null && 'action' in command.change && command.change.action === 'halt';
  stages.state = { ...state, percentage: seen.percentage, status: seen.status, held: false, dueAt: null, leftMs: null };
  if (standing === 'finalized') return yield* close(stages, { end: 'over', running: false });
  if (standing === 'halted')
    return yield* close(stages, { end: 'halted', by: isOurs ? command.by : null, reason: null });
  return yield* ignored(stages, seen);
}

/** A read may lag behind the publication: what shows no rollout is looked at again before it is believed. */
function* ignored(stages: Stages, seen: SeenRollout): Flow<RollOutEnd | undefined> {
  const failures = stages.state.failures + 1;
  const lookAt = timeOf(stages) + missedPauseMs;
  const { asked } = stages.state;
  stages.state = { ...stages.state, status: '', failures, lookAt, asked: asked && { ...asked, retryAt: lookAt } };
  if (failures < mostMisses) return undefined;
  const message = `The submission was published with a rollout, and Partner Center shows none (${seen.status}).`;
  stages.state = { ...stages.state, status: seen.status };
  return yield* close(stages, {
    end: 'failed',
    failure: { code: 'rollout-ignored', message, retryable: false },
    running: false,
  });
}

function* notAnswered(stages: Stages, asked: AskedRollout, failure: Failure): Flow<RollOutEnd | undefined> {
  const { run, state } = stages;
  const time = timeOf(stages);
  const { ticket } = failure;
  if (ticket !== undefined) {
    // Nothing was sent, and slots are reserved: this is no attempt.
    stages.state = { ...state, asked: { ...asked, ticket, retryAt: time + (failure.retryAfterMs ?? 0) } };
    return undefined;
  }
  const failures = asked.failures + 1;
  const policy = asked.request.kind === 'halt' ? urgent : patient;
  const wait = nextAttempt(policy, failure, failures, time - asked.since);
  if (wait === undefined) return yield* refused(stages, asked, failure);
  const news = [...state.news, ...attemptFailed(run, failure, wait)];
  stages.state = { ...state, news, asked: { ...asked, failures, ticket: undefined, retryAt: time + wait } };
  return undefined;
}

/** A percentage that a person asked for in vain is told, and the stages go on; anything else ends the release. */
function* refused(stages: Stages, asked: AskedRollout, failure: Failure): Flow<RollOutEnd | undefined> {
  if (asked.command === null || asked.request.kind !== 'percentage') {
    return yield* close(stages, { end: 'failed', failure, running: true });
  }
  const { state, run } = stages;
  const news = [...state.news, ...attemptFailed(run, failure, 0)];
  const done = [...state.done, ...state.taken];
  stages.state = { ...state, news, asked: null, taken: [], done, lookAt: timeOf(stages) };
  return undefined;
}

/** Looks how the rollout stands: a percentage that somebody else has set is taken for set by hand. */
export function* look(stages: Stages): Flow<RollOutEnd | undefined> {
  const { run, submission, state } = stages;
  const answer = yield* call(run.ctx, activities.readRollout, { ...submission, ticket: state.ticket });
  if (!answer.ok) return yield* notSeen(stages, answer.failure);
  const { seen } = answer.value;
  stages.state = { ...state, ticket: undefined };
  if (standingOf(seen) !== 'running') return yield* settled(stages, seen);
  if (state.status === '') return began(stages, seen);
  const lookAt = timeOf(stages) + lookEveryMs;
  if (isSamePercentage(seen.percentage, state.percentage)) {
    stages.state = { ...stages.state, status: seen.status, lookAt, failures: 0 };
    return undefined;
  }
  const place = atPercentage(stages.plan, state, seen.percentage, timeOf(stages));
  stages.state = { ...stages.state, ...place, status: seen.status, lookAt, failures: 0 };
  return undefined;
}

/** The first look after the publication: the percentage is that of the first stage, or a higher one that somebody set. */
function began(stages: Stages, seen: SeenRollout): undefined {
  const first = stages.plan.stages[0]?.percentage ?? seen.percentage;
  const place = atPercentage(stages.plan, stages.state, seen.percentage, timeOf(stages));
  const lookAt = timeOf(stages) + lookEveryMs;
  stages.state = { ...stages.state, ...place, status: seen.status, lookAt, failures: 0 };
  const isLost = seen.percentage < first && !isSamePercentage(seen.percentage, first);
  if (!isLost || stages.state.asked !== null) return undefined;
  stages.state = { ...stages.state, asked: byStage(stages, { kind: 'percentage', percentage: first }) };
  return undefined;
}

/** An outage is outlived, and told once; only what waiting cannot mend ends the release. */
function* notSeen(stages: Stages, failure: Failure): Flow<RollOutEnd | undefined> {
  const { run, state } = stages;
  const { ticket } = failure;
  const time = timeOf(stages);
  if (ticket !== undefined) {
    stages.state = { ...state, ticket, lookAt: time + (failure.retryAfterMs ?? 0) };
    return undefined;
  }
  if (!failure.retryable) return yield* close(stages, { end: 'failed', failure, running: true });
  const failures = state.failures + 1;
  const wait = nextAttempt({ ...patient, giveUpAfterMs: Infinity }, failure, failures, 0) ?? patient.longestMs;
  const news = failures === 1 ? [...state.news, ...attemptFailed(run, failure, wait)] : state.news;
  stages.state = { ...state, news, failures, ticket: undefined, lookAt: time + wait };
  return undefined;
}

function timeOf({ run }: Stages): number {
  return now(run.ctx).getTime();
}
