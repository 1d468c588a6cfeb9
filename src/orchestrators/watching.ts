import type { RunPlan, RunRef, WatchState } from '../contracts/activities';
import { call, continueAs, now } from '../contracts/durable';
import type { ActivityRef, Context, Flow } from '../contracts/durable';
import type { Failure, Result } from '../domain/failure';
import type { PollSituation } from '../domain/poll-pace';
import type { CancellationView } from '../domain/release';
import type { ReleaseEvent } from '../domain/release-event';
import { outlive } from './outlive';
import { checkpoint, childRun, pause } from './run';
import type { Run } from './run';
import { Stopped, stopFailed } from './stopped';

/** Polls in one generation: the history, which is read again at each poll, stays below one page. */
const pollsPerGeneration = 20;

/** What a generation begins with. */
interface Watched<C extends RunRef> {
  readonly call: C;
  readonly plan: RunPlan;
  readonly seq: number;
  readonly watch: WatchState;
}

interface Poll {
  /** How many releases of the tenant have not ended. */
  readonly activeReleases: number;
}

type Situation = PollSituation & { readonly status: string };

/** What one poll means. */
export interface Reading<End> {
  readonly status: string;
  /** What the status waits for on purpose. */
  readonly hold?: WatchState['hold'];
  /** What people see of it. */
  readonly events: readonly ReleaseEvent[];
  /** Set where the watch ends by it. */
  readonly end?: End | undefined;
}

/** In what one watch differs from another. */
interface Watcher<C extends RunRef, P extends Poll, End> {
  readonly poll: ActivityRef<C & { readonly ticket: string | undefined }, P>;
  /** Reads a poll, with what was known before it. A step that begins by it is set in the run. */
  read(run: Run, before: WatchState, poll: P): Reading<End>;
  nextPollMs(situation: Situation): number;
  /** Since when (RFC 3339) it has been in its status, where that is longer than is usual; otherwise `null`. */
  stalledSince(state: WatchState, now: Date): string | null;
  /** Whether what has not been there for so long was taken away, where the API shows a cancel in no other way. */
  isGone?(missingMs: number): boolean;
  /** The end where a person cancels the release. */
  canceled(cancellation: CancellationView): End;
}

/** An end as a watch answers it, without the place. */
export type EndOf<Output> = Output extends unknown ? Omit<Output, keyof Place> : never;

/** The ends that every watch may have. */
type CommonEnd =
  | { readonly end: 'failed'; readonly failure: Failure }
  | { readonly end: 'fenced' }
  | { readonly end: 'canceled-in-portal' };

/** Where the run that watches goes on. */
interface Place {
  readonly seq: number;
  readonly step: Run['step'];
}

/**
 * One generation of a watch: polls on durable timers, and continues as new, so that the cost of a poll never grows. It
 * ends when what is watched does, and never because time ran out.
 */
export function* watchOn<C extends RunRef, P extends Poll, End>(
  ctx: Context,
  input: Watched<C>,
  watcher: Watcher<C, P, End>,
): Flow<((End | CommonEnd) & Place) | undefined> {
  const run: Run = { ...childRun(ctx, input), step: input.watch.step };
  const result = yield* untilStopped(pollRounds(run, input, watcher), watcher);
  if ('end' in result) return { ...result.end, seq: run.seq, step: run.step };
  continueAs(ctx, { ...input, seq: run.seq, watch: result.next });
  return undefined;
}

/** Ends the run that started the watch, as the watch ended. */
export function stopAs(ended: CommonEnd): never {
  switch (ended.end) {
    case 'failed':
      return stopFailed(ended.failure);
    case 'fenced':
      throw new Stopped({ kind: 'fenced' });
    case 'canceled-in-portal':
      throw new Stopped({ kind: 'canceled', cancellation: { code: ended.end, by: null, reason: null } });
  }
}

/** An end, or where the next generation goes on. */
type Outcome<End> = { readonly end: End } | { readonly next: WatchState };

/** The rounds of one generation. */
function* pollRounds<C extends RunRef, P extends Poll, End>(
  run: Run,
  input: Watched<C>,
  watcher: Watcher<C, P, End>,
): Flow<Outcome<End | CommonEnd>> {
  let state = input.watch;
  let failures = 0;
  const nextCheck = (wait: number): ReleaseEvent => ({
    type: 'next-check',
    at: new Date(now(run.ctx).getTime() + wait).toISOString(),
    stalledSince: watcher.stalledSince(state, now(run.ctx)),
  });
  for (let round = 0; round < pollsPerGeneration; round++) {
    const seen = yield* call(run.ctx, watcher.poll, { ...input.call, ticket: state.ticket });
    state = { ...withMissing(run, state, seen), ticket: seen.ok ? undefined : seen.failure.ticket };
    if (!seen.ok) {
      if (watcher.isGone?.(missingMs(run, state, seen.failure))) return { end: { end: 'canceled-in-portal' } };
      yield* outlive(run, seen.failure, ++failures, nextCheck);
      continue;
    }
    failures = 0;
    const reading = watcher.read(run, state, seen.value);
    if (reading.end !== undefined) {
      yield* checkpoint(run, reading.events);
      return { end: reading.end };
    }
    state = nextState(run, state, reading);
    const wait = watcher.nextPollMs(situationOf(run, state, seen.value));
    yield* pause(run, wait, [...reading.events, nextCheck(wait)]);
  }
  return { next: state };
}

function nextState({ ctx, step }: Run, state: WatchState, { status, hold }: Reading<unknown>): WatchState {
  if (status === state.status) return { ...state, hold, polls: state.polls + 1 };
  return { ...state, step, status, hold, since: now(ctx).toISOString(), polls: 1 };
}

/** Only an answer that it is there ends its absence: an outage says nothing. */
function withMissing({ ctx }: Run, state: WatchState, seen: Result<unknown>): WatchState {
  if (seen.ok) return { ...state, missingSince: undefined };
  const { missingSince = now(ctx).toISOString() } = state;
  return seen.failure.code === 'submission-lost' ? { ...state, missingSince } : state;
}

function missingMs({ ctx }: Run, { missingSince }: WatchState, { code }: Failure): number {
  if (code !== 'submission-lost' || missingSince === undefined) return 0;
  return now(ctx).getTime() - Date.parse(missingSince);
}

function situationOf(run: Run, state: WatchState, { activeReleases }: Poll): Situation {
  const { pollFloorMs: floorMs, requestsPerMinute } = run.plan;
  return { status: state.status, inStatusMs: inStatusMs(run, state), activeReleases, requestsPerMinute, floorMs };
}

function inStatusMs({ ctx }: Run, { since }: WatchState): number {
  return now(ctx).getTime() - Date.parse(since);
}

function* untilStopped<End>(
  rounds: Flow<Outcome<End | CommonEnd>>,
  watcher: { canceled(cancellation: CancellationView): End },
): Flow<Outcome<End | CommonEnd>> {
  try {
    return yield* rounds;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    const { ending } = error;
    switch (ending.kind) {
      case 'failed':
        return { end: { end: 'failed', failure: ending.failure } };
      case 'canceled':
        return { end: watcher.canceled(ending.cancellation) };
      case 'fenced':
        return { end: { end: 'fenced' } };
    }
  }
}
