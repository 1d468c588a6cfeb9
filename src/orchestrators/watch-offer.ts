import type { WatchState } from '../contracts/activities';
import { inputOf, now, runChild } from '../contracts/durable';
import type { Context, Flow } from '../contracts/durable';
import { watchInstanceIdOf } from '../contracts/names';
import { offerActivities, offerOrchestrators } from '../contracts/offer-activities';
import type { OfferPoll, PublicationCall, WatchOfferInput, WatchOfferOutput } from '../contracts/offer-activities';
import { judgeProgress } from '../domain/offer/offer-status';
import type { OfferGoal, OfferProgress } from '../domain/offer/offer-status';
import { isOfferGone, isOfferStalled, nextOfferPollMs } from '../domain/offer/poll-plan';
import type { ReleaseEvent } from '../domain/release-event';
import { enter } from './run';
import type { OfferRun } from './run';
import { Stopped, stopFailed } from './stopped';
import { stopAs, watchOn } from './watching';
import type { EndOf, Reading } from './watching';

/** Watches a publication in a child of its own until its preview is ready, or until it is live. */
export function* watchOffer(run: OfferRun, publication: PublicationCall, goal: OfferGoal): Flow<void> {
  const step = goal === 'preview' ? 'publishPreview' : 'goLive';
  if (run.step !== step) yield* enter(run, step);
  const input: WatchOfferInput = {
    call: publication,
    plan: run.plan,
    goal,
    seq: run.seq,
    watch: { status: '', since: now(run.ctx).toISOString(), polls: 0, step: run.step },
  };
  const instance = `${watchInstanceIdOf(run.fence.releaseId, run.fence.run)}-${goal}`;
  const watched = yield* runChild(run.ctx, offerOrchestrators.watchOffer, input, instance);
  if (!watched.ok) stopFailed(watched.failure);
  run.seq = watched.value.seq;
  obey(run, publication.publicationId, watched.value);
}

function obey(run: OfferRun, id: string, watched: WatchOfferOutput): void {
  switch (watched.end) {
    case 'reached':
      run.publication = { id, phase: watched.phase };
      return;
    case 'canceled': {
      const { by, reason, code } = watched;
      throw new Stopped({ kind: 'canceled', cancellation: { code, by, reason } });
    }
    default:
      return stopAs(watched);
  }
}

/** The orchestrator of the watch: it ends when the publication is where it is to get, or ends. */
export function* watchOfferPublication(ctx: Context): Flow<WatchOfferOutput | undefined> {
  const input = inputOf<WatchOfferInput>(ctx);
  const { goal } = input;
  return yield* watchOn<PublicationCall, OfferPoll, End>(ctx, input, {
    poll: offerActivities.pollOffer,
    read: (_run, before, { progress }) => readProgress(before, progress, goal),
    nextPollMs: (situation) => nextOfferPollMs(goal, situation),
    stalledSince: ({ since }, at) => (isOfferStalled(goal, at.getTime() - Date.parse(since)) ? since : null),
    isGone: isOfferGone,
    canceled: ({ by, reason, code }) => {
      return { end: 'canceled', by, reason, code: code === 'superseded' ? code : 'requested' };
    },
  });
}

type End = EndOf<WatchOfferOutput>;

/** What people see of a poll: a status that changed; equal ones are folded into a count. */
function readProgress(before: WatchState, progress: OfferProgress, goal: OfferGoal): Reading<End> {
  const { remote } = progress;
  const seen: ReleaseEvent = { type: 'remote-seen', remote, polls: before.polls };
  const events = remote.status === before.status ? [] : [seen];
  return { status: remote.status, events, end: endOf(progress, goal) };
}

function endOf(progress: OfferProgress, goal: OfferGoal): End | undefined {
  const verdict = judgeProgress(progress, goal);
  switch (verdict.kind) {
    case 'going-on':
      return undefined;
    case 'reached':
      return { end: 'reached', phase: progress.phase };
    case 'canceled-in-portal':
      return { end: 'canceled-in-portal' };
    case 'failed':
      return { end: 'failed', failure: verdict.failure };
  }
}
