import { activities, orchestrators } from '../contracts/activities';
import type { PollOutput, SubmissionCall, WatchInput, WatchOutput, WatchState } from '../contracts/activities';
import { call, continueAs, inputOf, now, runChild } from '../contracts/durable';
import type { Context, Flow } from '../contracts/durable';
import { bellName, watchInstanceIdOf } from '../contracts/names';
import type { Failure } from '../domain/failure';
import type { ReleaseEvent } from '../domain/release-event';
import { nextAttempt, patient } from '../domain/retry-policy';
import { isStalled, nextPollMs } from '../domain/store-app/poll-plan';
import { judgeStatus, stepOfStatus } from '../domain/store-app/submission-status';
import { act, checkpoint, pause } from './run';
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
    watch: { status: '', since: now(run.ctx).toISOString(), polls: 0 },
  };
  const instance = watchInstanceIdOf(run.call.releaseId, run.call.run);
  const watched = yield* runChild(run.ctx, orchestrators.watchStoreSubmission, input, instance);
  if (!watched.ok) stopFailed(watched.failure);
  run.seq = watched.value.seq;
  obey(watched.value, run);
}

function obey(watched: WatchOutput, run: Run): void {
  switch (watched.end) {
    case 'reached':
      return;
    case 'failed':
      return stopFailed(watched.failure);
    case 'fenced':
      throw new Stopped({ kind: 'fenced' });
    case 'abandoned': {
      const { by, reason } = watched;
      throw new Stopped({ kind: 'canceled', cancellation: { code: 'requested', by, reason }, abandon: true });
    }
    case 'canceled-in-portal':
      run.submission = null;
      throw new Stopped({
        kind: 'canceled',
        cancellation: { code: 'canceled-in-portal', by: null, reason: null },
        abandon: true,
      });
  }
}

/** After publication: what is live is what was asked for, and is remembered by its hashes. */
export function* confirm(run: Run, submission: SubmissionCall): Flow<void> {
  if (run.plan.until !== 'published') return;
  yield* act(run, activities.verifyStoreSubmission, { ...submission, after: 'publish' });
  yield* act(run, activities.rememberPublished, submission);
}

/**
 * The orchestrator of the watch: polls on durable timers, quick while something is about to change and slow while
 * people work, and continues as new, so that the cost of a poll never grows. It ends when the submission does, and
 * never because time ran out.
 */
export function* watchStoreSubmission(ctx: Context): Flow<WatchOutput | undefined> {
  const input = inputOf<WatchInput>(ctx);
  const { submissionId: id } = input.call;
  const bell = bellName(input.call.run, input.seq);
  const submission = { id, committed: true };
  const run: Run = {
    ctx,
    plan: input.plan,
    call: input.call,
    seq: input.seq,
    step: 'commit',
    bell,
    submission,
    ending: false,
  };
  const result = yield* untilStopped(pollRounds(run, input));
  if ('end' in result) return { ...result, seq: run.seq };
  continueAs(ctx, { ...input, seq: run.seq, watch: result });
  return undefined;
}

type End = WatchOutput extends infer O ? (O extends unknown ? Omit<O, 'seq'> : never) : never;

/** The rounds of one generation: an end, or where the next generation goes on. */
function* pollRounds(run: Run, { call: submission, watch }: WatchInput): Flow<End | WatchState> {
  let state = watch;
  let failures = 0;
  for (let round = 0; round < pollsPerGeneration; round++) {
    const seen = yield* call(run.ctx, activities.pollStoreSubmission, submission);
    if (!seen.ok) {
      yield* pause(run, waitAfter(seen.failure, ++failures), []);
      continue;
    }
    failures = 0;
    const events = report(run, state, seen.value);
    state = nextState(run, state, seen.value.remote.status);
    const verdict = judgeStatus(seen.value.remote, seen.value.publishMode, run.plan.until);
    if (verdict.kind !== 'going-on' && verdict.kind !== 'publisher') {
      yield* checkpoint(run, events);
      return verdict.kind === 'failed' ? { end: 'failed', failure: verdict.failure } : { end: verdict.kind };
    }
    const wait = waitForNext(run, state, seen.value);
    yield* pause(run, wait, [...events, ...waiting(run, verdict.kind, state), nextCheck(run, state, wait)]);
  }
  return state;
}

/** An outage is outlived; only what waiting cannot mend ends the watch. */
function waitAfter(failure: Failure, failures: number): number {
  if (!failure.retryable) stopFailed(failure);
  return nextAttempt({ ...patient, giveUpAfterMs: Infinity }, failure, failures, 0) ?? patient.longestMs;
}

function nextState(run: Run, state: WatchState, status: string): WatchState {
  if (status === state.status) return { ...state, polls: state.polls + 1 };
  return { status, since: now(run.ctx).toISOString(), polls: 1 };
}

/** What people see of a poll: a step that begins, a status that changed; equal ones are folded into a count. */
function report(run: Run, before: WatchState, { remote }: PollOutput): ReleaseEvent[] {
  if (remote.status === before.status) return [];
  const step = stepOfStatus(remote.status);
  const entered: ReleaseEvent[] = step === run.step && before.status !== '' ? [] : [{ type: 'step-started', step }];
  run.step = step;
  return [...entered, { type: 'remote-seen', remote, polls: before.polls }];
}

function waiting(run: Run, kind: 'going-on' | 'publisher', state: WatchState): ReleaseEvent[] {
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
