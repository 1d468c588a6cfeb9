import { activities, orchestrators } from '../contracts/activities';
import type { PollOutput, SubmissionCall, WatchInput, WatchOutput, WatchState } from '../contracts/activities';
import { call, continueAs, inputOf, now, runChild } from '../contracts/durable';
import type { Context, Flow } from '../contracts/durable';
import { watchInstanceIdOf } from '../contracts/names';
import type { ReleaseEvent } from '../domain/release-event';
import { isStalled, nextPollMs } from '../domain/store/poll-plan';
import { judgeStatus, stepOfStatus, storeUntil } from '../domain/store/submission-status';
import type { StatusVerdict } from '../domain/store/submission-status';
import { outlive } from './outlive';
import { act, checkpoint, childRun, pause } from './run';
import type { Run } from './run';
import { Stopped, stopFailed } from './stopped';

/** Polls in one generation: the history, which is read again at each poll, stays below one page. */
const pollsPerGeneration = 20;

/** Watches a committed submission in a child of its own until the wanted end. */
export function* watch(run: Run, submission: SubmissionCall): Flow<void> {
  const input: WatchInput = {
    call: submission,
    plan: run.plan,
    seq: run.seq,
    watch: { status: '', since: now(run.ctx).toISOString(), polls: 0, step: run.step },
  };
  const instance = watchInstanceIdOf(run.fence.releaseId, run.fence.run);
  const watched = yield* runChild(run.ctx, orchestrators.watchStoreSubmission, input, instance);
  if (!watched.ok) stopFailed(watched.failure);
  run.seq = watched.value.seq;
  run.step = watched.value.step;
  obey(watched.value);
}

function obey(watched: WatchOutput): void {
  switch (watched.end) {
    case 'reached':
      return;
    case 'failed':
      return stopFailed(watched.failure);
    case 'fenced':
      throw new Stopped({ kind: 'fenced' });
    case 'abandoned': {
      const { by, reason } = watched;
      throw new Stopped({ kind: 'canceled', cancellation: { code: 'requested', by, reason } });
    }
    case 'canceled-in-portal':
      throw new Stopped({ kind: 'canceled', cancellation: { code: watched.end, by: null, reason: null } });
  }
}

/** At the wanted end: what Partner Center has taken is what was asked for, and is remembered by its hashes. */
export function* confirm(run: Run, submission: SubmissionCall): Flow<void> {
  const after = run.plan.until === 'published' ? 'publish' : 'commit';
  yield* act(run, activities.verifyStoreSubmission, { ...submission, after });
  yield* act(run, activities.rememberPublished, submission);
}

/**
 * The orchestrator of the watch: polls on durable timers, quick while something is about to change and slow while
 * people work, and continues as new, so that the cost of a poll never grows. It ends when the submission does, and
 * never because time ran out.
 */
export function* watchStoreSubmission(ctx: Context): Flow<WatchOutput | undefined> {
  const input = inputOf<WatchInput>(ctx);
  const run: Run = { ...childRun(ctx, input), step: input.watch.step };
  const result = yield* untilStopped(pollRounds(run, input));
  if ('end' in result) return { ...result, seq: run.seq, step: run.step };
  continueAs(ctx, { ...input, seq: run.seq, watch: result });
  return undefined;
}

type End = WatchOutput extends infer O ? (O extends unknown ? Omit<O, 'seq' | 'step'> : never) : never;

/** The rounds of one generation: an end, or where the next generation goes on. */
function* pollRounds(run: Run, { call: submission, watch }: WatchInput): Flow<End | WatchState> {
  let state = watch;
  let failures = 0;
  for (let round = 0; round < pollsPerGeneration; round++) {
    const seen = yield* call(run.ctx, activities.pollStoreSubmission, { ...submission, ticket: state.ticket });
    state = { ...state, ticket: seen.ok ? undefined : seen.failure.ticket };
    if (!seen.ok) {
      yield* outlive(run, seen.failure, ++failures, (wait) => nextCheck(run, state, wait));
      continue;
    }
    failures = 0;
    const events = report(run, state, seen.value);
    state = nextState(run, state, seen.value.remote.status);
    const verdict = judge(run, state, seen.value);
    if (verdict.kind !== 'going-on' && verdict.kind !== 'publisher') {
      yield* checkpoint(run, events);
      return verdict.kind === 'failed' ? { end: 'failed', failure: verdict.failure } : { end: verdict.kind };
    }
    const wait = waitForNext(run, state, seen.value);
    yield* pause(run, wait, [...events, ...waiting(verdict.kind, state), nextCheck(run, state, wait)]);
  }
  return state;
}

/** A read may lag behind the commit: a draft counts as a fallback once it was seen twice. */
function judge(run: Run, state: WatchState, { remote, publishMode }: PollOutput): StatusVerdict {
  if (remote.status === 'PendingCommit' && state.polls === 1) return { kind: 'going-on' };
  return judgeStatus(remote, publishMode, storeUntil(run.plan.until));
}

function nextState({ ctx, step }: Run, state: WatchState, status: string): WatchState {
  if (status === state.status) return { ...state, polls: state.polls + 1 };
  return { ...state, step, status, since: now(ctx).toISOString(), polls: 1 };
}

/** What people see of a poll: a step that begins, a status that changed; equal ones are folded into a count. */
function report(run: Run, before: WatchState, { remote, publishMode }: PollOutput): ReleaseEvent[] {
  if (remote.status === before.status) return [];
  const seen: ReleaseEvent = { type: 'remote-seen', remote, polls: before.polls };
  const step = stepOfStatus(remote.status) ?? run.step;
  if (step !== null && step !== run.step) {
    run.step = step;
    return [{ type: 'step-started', step }, seen];
  }
  const { kind } = judgeStatus({ ...remote, status: before.status }, publishMode, storeUntil(run.plan.until));
  return kind === 'publisher' ? [{ type: 'resumed' }, seen] : [seen];
}

function waiting(kind: 'going-on' | 'publisher', state: WatchState): ReleaseEvent[] {
  if (kind === 'going-on' || state.polls > 1) return [];
  return [{ type: 'waiting', waitingFor: { kind: 'publisher', since: state.since } }];
}

function waitForNext(run: Run, state: WatchState, { activeReleases }: PollOutput): number {
  const { pollFloorMs: floorMs, requestsPerMinute } = run.plan;
  const inStatusMs = now(run.ctx).getTime() - Date.parse(state.since);
  return nextPollMs({ status: state.status, inStatusMs, activeReleases, requestsPerMinute, floorMs });
}

function nextCheck(run: Run, state: WatchState, wait: number): ReleaseEvent {
  const at = now(run.ctx).getTime();
  const stalled = isStalled(state.status, at - Date.parse(state.since));
  return { type: 'next-check', at: new Date(at + wait).toISOString(), stalledSince: stalled ? state.since : null };
}

function* untilStopped(rounds: Flow<End | WatchState>): Flow<End | WatchState> {
  try {
    return yield* rounds;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    const { ending } = error;
    switch (ending.kind) {
      case 'failed':
        return { end: 'failed', failure: ending.failure };
      case 'canceled':
        return { end: 'abandoned', by: ending.cancellation.by, reason: ending.cancellation.reason };
      case 'fenced':
        return { end: 'fenced' };
    }
  }
}
