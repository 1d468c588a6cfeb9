import { call, continueAs, inputOf, now, runChild } from '../contracts/durable';
import type { Context, Flow } from '../contracts/durable';
import { watchInstanceIdOf } from '../contracts/names';
import { offerActivities, offerOrchestrators } from '../contracts/offer-activities';
import type {
  OfferPoll,
  OfferWatchState,
  PublicationCall,
  WatchOfferInput,
  WatchOfferOutput,
} from '../contracts/offer-activities';
import { judgeProgress } from '../domain/offer/offer-status';
import type { OfferGoal } from '../domain/offer/offer-status';
import { isOfferStalled, nextOfferPollMs } from '../domain/offer/poll-plan';
import type { ReleaseEvent } from '../domain/release-event';
import { outlive } from './outlive';
import { checkpoint, childRun, enter, pause } from './run';
import type { OfferRun, Run } from './run';
import { Stopped, stopFailed } from './stopped';

/** Polls in one generation: the history, which is read again at each poll, stays below one page. */
const pollsPerGeneration = 20;

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
    case 'failed':
      return stopFailed(watched.failure);
    case 'fenced':
      throw new Stopped({ kind: 'fenced' });
    case 'canceled': {
      const { by, reason, code } = watched;
      throw new Stopped({ kind: 'canceled', cancellation: { code, by, reason } });
    }
    case 'canceled-in-portal':
      throw new Stopped({ kind: 'canceled', cancellation: { code: watched.end, by: null, reason: null } });
  }
}

/**
 * The orchestrator of the watch: polls on durable timers and continues as new, so that the cost of a poll never grows. It
 * ends when the publication is where it is to get, or ends; never because time ran out.
 */
export function* watchOfferPublication(ctx: Context): Flow<WatchOfferOutput | undefined> {
  const input = inputOf<WatchOfferInput>(ctx);
  const run: Run = { ...childRun(ctx, input), step: input.watch.step };
  const result = yield* untilStopped(pollRounds(run, input));
  if ('end' in result) return { ...result, seq: run.seq, step: run.step };
  continueAs(ctx, { ...input, seq: run.seq, watch: result });
  return undefined;
}

type End = WatchOfferOutput extends infer O ? (O extends unknown ? Omit<O, 'seq' | 'step'> : never) : never;

/** The rounds of one generation: an end, or where the next generation goes on. */
function* pollRounds(run: Run, { call: publication, goal, watch }: WatchOfferInput): Flow<End | OfferWatchState> {
  let state = watch;
  let failures = 0;
  for (let round = 0; round < pollsPerGeneration; round++) {
    const seen = yield* call(run.ctx, offerActivities.pollOffer, { ...publication, ticket: state.ticket });
    state = { ...state, ticket: seen.ok ? undefined : seen.failure.ticket };
    if (!seen.ok) {
      const check = (wait: number): ReleaseEvent => nextCheck(run, { state, goal }, wait);
      yield* outlive(run, seen.failure, ++failures, check);
      continue;
    }
    failures = 0;
    const events = report(state, seen.value);
    state = nextState(run, state, seen.value);
    const verdict = judgeProgress(seen.value.progress, goal);
    if (verdict.kind !== 'going-on') {
      yield* checkpoint(run, events);
      if (verdict.kind === 'failed') return { end: 'failed', failure: verdict.failure };
      if (verdict.kind === 'canceled-in-portal') return { end: verdict.kind };
      return { end: 'reached', phase: seen.value.progress.phase };
    }
    const wait = waitForNext(run, { state, goal }, seen.value);
    yield* pause(run, wait, [...events, nextCheck(run, { state, goal }, wait)]);
  }
  return state;
}

function nextState({ ctx, step }: Run, state: OfferWatchState, { progress }: OfferPoll): OfferWatchState {
  const { status } = progress.remote;
  if (status === state.status) return { ...state, polls: state.polls + 1 };
  return { ...state, step, status, since: now(ctx).toISOString(), polls: 1 };
}

/** What people see of a poll: a status that changed; equal ones are folded into a count. */
function report(before: OfferWatchState, { progress: { remote } }: OfferPoll): ReleaseEvent[] {
  return remote.status === before.status ? [] : [{ type: 'remote-seen', remote, polls: before.polls }];
}

interface Watched {
  readonly state: OfferWatchState;
  readonly goal: OfferGoal;
}

function waitForNext(run: Run, { state, goal }: Watched, { activeReleases }: OfferPoll): number {
  const { pollFloorMs: floorMs, requestsPerMinute } = run.plan;
  return nextOfferPollMs(goal, { inStatusMs: inStatusMs(run, state), activeReleases, requestsPerMinute, floorMs });
}

function nextCheck(run: Run, { state, goal }: Watched, wait: number): ReleaseEvent {
  const at = new Date(now(run.ctx).getTime() + wait).toISOString();
  return {
    type: 'next-check',
    at,
    stalledSince: isOfferStalled(goal, inStatusMs(run, state)) ? state.since : null,
  };
}

function inStatusMs(run: Run, state: OfferWatchState): number {
  return now(run.ctx).getTime() - Date.parse(state.since);
}

function* untilStopped(rounds: Flow<End | OfferWatchState>): Flow<End | OfferWatchState> {
  try {
    return yield* rounds;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    const { ending } = error;
    switch (ending.kind) {
      case 'failed':
        return { end: 'failed', failure: ending.failure };
      case 'canceled': {
        const { by, reason, code } = ending.cancellation;
        return { end: 'canceled', by, reason, code: code === 'superseded' ? code : 'requested' };
      }
      case 'fenced':
        return { end: 'fenced' };
    }
  }
}
