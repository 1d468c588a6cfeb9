import { activities, orchestrators } from '../contracts/activities';
import type { PollOutput, SubmissionCall, WatchInput, WatchOutput, WatchState } from '../contracts/activities';
import { inputOf, now, runChild } from '../contracts/durable';
import type { Context, Flow } from '../contracts/durable';
import { watchInstanceIdOf } from '../contracts/names';
import type { ReleaseEvent } from '../domain/release-event';
import { nextPollMs, stalledSince } from '../domain/store/poll-plan';
import { holdOf, judgeStatus, stepOfStatus, storeUntil } from '../domain/store/submission-status';
import type { StatusVerdict } from '../domain/store/submission-status';
import { act } from './run';
import type { Run } from './run';
import { Stopped, stopFailed } from './stopped';
import { stopAs, watchOn } from './watching';
import type { EndOf, Reading } from './watching';

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
    case 'abandoned': {
      const { by, reason } = watched;
      throw new Stopped({ kind: 'canceled', cancellation: { code: 'requested', by, reason } });
    }
    default:
      return stopAs(watched);
  }
}

/** At the wanted end: what Partner Center has taken is what was asked for, and is remembered by its hashes. */
export function* confirm(run: Run, submission: SubmissionCall): Flow<void> {
  const after = run.plan.until === 'published' ? 'publish' : 'commit';
  yield* act(run, activities.verifyStoreSubmission, { ...submission, after });
  yield* act(run, activities.rememberPublished, submission);
}

/** The orchestrator of the watch: it ends when the submission is where it is to get, or ends. */
export function* watchStoreSubmission(ctx: Context): Flow<WatchOutput | undefined> {
  return yield* watchOn<SubmissionCall, PollOutput, End>(ctx, inputOf<WatchInput>(ctx), {
    poll: activities.pollStoreSubmission,
    read: readPoll,
    nextPollMs,
    stalledSince,
    canceled: ({ by, reason }) => ({ end: 'abandoned', by, reason }),
  });
}

type End = EndOf<WatchOutput>;

function readPoll(run: Run, before: WatchState, poll: PollOutput): Reading<End> {
  const { status } = poll.remote;
  const hold = holdOf(status, poll.publishMode, poll.publishAt);
  const isNew = status !== before.status;
  const events = isNew ? changeOf(run, before, poll) : [];
  const verdict = judge(run, isNew, poll);
  switch (verdict.kind) {
    case 'going-on':
      return { status, hold, events };
    case 'publisher':
      return { status, hold, events: isNew ? [...events, publisherSince(run)] : events };
    case 'reached':
    case 'canceled-in-portal':
      return { status, events, end: { end: verdict.kind } };
    case 'failed':
      return { status, events, end: { end: 'failed', failure: verdict.failure } };
  }
}

/** What people see of another status: a step that begins, the status; equal ones are folded into a count. */
function changeOf(run: Run, before: WatchState, { remote, publishMode }: PollOutput): ReleaseEvent[] {
  const seen: ReleaseEvent = { type: 'remote-seen', remote, polls: before.polls };
  const step = stepOfStatus(remote.status) ?? run.step;
  if (step !== null && step !== run.step) {
    run.step = step;
    return [{ type: 'step-started', step }, seen];
  }
  const { kind } = judgeStatus({ ...remote, status: before.status }, publishMode, storeUntil(run.plan.until));
  return kind === 'publisher' ? [{ type: 'resumed' }, seen] : [seen];
}

function publisherSince({ ctx }: Run): ReleaseEvent {
  return { type: 'waiting', waitingFor: { kind: 'publisher', since: now(ctx).toISOString() } };
}

/** A read may lag behind the commit: a draft counts as a fallback once it was seen twice. */
function judge(run: Run, isNew: boolean, { remote, publishMode }: PollOutput): StatusVerdict {
  if (remote.status === 'PendingCommit' && isNew) return { kind: 'going-on' };
  return judgeStatus(remote, publishMode, storeUntil(run.plan.until));
}
