import { activities } from '../contracts/activities';
import type { CheckpointInput, Commands, RemoteCall, RolloutStep, RunPlan, RunRef } from '../contracts/activities';
import { call, instanceOf, now, showStatus, waitFor } from '../contracts/durable';
import type { ActivityRef, Context, Flow } from '../contracts/durable';
import { bellName } from '../contracts/names';
import type { OfferCall } from '../contracts/offer-activities';
import type { Failure, Result } from '../domain/failure';
import type { OfferPhase } from '../domain/offer/offer-status';
import type { Left, StepName } from '../domain/release';
import type { Gate } from '../domain/release-document';
import type { ReleaseEvent } from '../domain/release-event';
import { nextAttempt, patient } from '../domain/retry-policy';
import { Stopped, stopFailed } from './stopped';

/** One run of a release as its orchestrator sees it. */
export interface Run {
  readonly ctx: Context;
  readonly plan: RunPlan;
  readonly fence: RunRef;
  /** Of the last checkpoint. */
  seq: number;
  step: StepName | null;
  /** The bell that the record names, until it was waited at: whoever stores a command rings it. */
  bell: string | null;
  /** What an earlier run of the release left in Partner Center, as far as it is still there. */
  leftBefore: readonly Left[];
  /** A run that ends obeys no further command. */
  ending: boolean;
}

/** A run that publishes to the Store. */
export interface StoreRun extends Run {
  /** How it calls Partner Center, once it has the product. */
  call: RemoteCall | null;
  /** What the run has in Partner Center. */
  submission: { readonly id: string; readonly committed: boolean } | null;
  /** Whether the rollout of what it published runs. */
  rollsOut?: boolean;
}

/** A run that publishes to the commercial marketplace. */
export interface OfferRun extends Run {
  /** How it calls Partner Center, once it has the offer. */
  call: OfferCall | null;
  /** Whether the run may have written to the draft. */
  hasDraft: boolean;
  /** What the run publishes, and how far it is. */
  publication: { readonly id: string; readonly phase: OfferPhase } | null;
}

/** What a child orchestration takes over of the run that started it. */
interface Inherited {
  /** Of which the run's own reference is a part. */
  readonly call: RunRef;
  readonly plan: RunPlan;
  readonly seq: number;
}

/** The run as a child orchestration goes on with it. */
export function childRun(ctx: Context, { call: { releaseId, run, token }, plan, seq }: Inherited): Run {
  return { ctx, plan, fence: { releaseId, run, token }, seq, step: null, bell: null, leftBefore: [], ending: false };
}

/**
 * Writes what happened and reads the commands that wait; a cancel ends the run from here. With `bell`, the record
 * names a new event to ring from now on: a command is either returned here, or its sender finds that name.
 */
export function* checkpoint(
  run: Run,
  events: readonly ReleaseEvent[],
  wait: { bell?: boolean; gate?: { gateId: string; gate: Gate }; rollout?: RolloutStep } = {},
): Flow<Commands> {
  const seq = ++run.seq;
  const bell = wait.bell === true ? { instance: instanceOf(run.ctx), name: bellName(run.fence.run, seq) } : undefined;
  const at = now(run.ctx).toISOString();
  const output = yield* persist(run, { ...run.fence, seq, at, events, bell, gate: wait.gate, rollout: wait.rollout });
  if (output.fenced) throw new Stopped({ kind: 'fenced' });
  if (output.seq > seq) {
    // The watch wrote further before it died: the number was taken, and nothing was written under it.
    run.seq = output.seq;
    return yield* checkpoint(run, events, wait);
  }
  if (bell !== undefined) run.bell = bell.name;
  showStatus(run.ctx, { step: run.step, state: events.at(-1)?.type ?? 'running', rev: seq });
  return obey(run, output.commands);
}

/** Tells that a step begins. */
export function* enter(run: Run, step: StepName): Flow<void> {
  run.step = step;
  yield* checkpoint(run, [{ type: 'step-started', step }]);
}

/** Tells that a step is not needed. */
export function* skip(run: Run, step: StepName, why: string): Flow<void> {
  run.step = step;
  yield* checkpoint(run, [{ type: 'step-skipped', step, why }]);
}

/** As `attempt`; a final failure ends the run. */
export function* act<I extends object, O>(run: Run, activity: ActivityRef<I, O>, input: I): Flow<O> {
  const result = yield* attempt(run, activity, input);
  return result.ok ? result.value : stopFailed(result.failure);
}

/**
 * Runs an activity until it succeeds, its failure is final, or patience is over. Every activity looks before it acts,
 * so that another attempt after an unclear answer is safe.
 */
export function* attempt<I extends object, O>(run: Run, activity: ActivityRef<I, O>, input: I): Flow<Result<O>> {
  const first = now(run.ctx).getTime();
  let ticket: string | undefined;
  for (let failures = 1; ;) {
    const result = yield* call(run.ctx, activity, ticket === undefined ? input : { ...input, ticket });
    if (result.ok) return result;
    const { failure } = result;
    ticket = failure.ticket;
    if (ticket !== undefined) {
      // Nothing was sent, and slots are reserved: this is no attempt. People see when it goes on.
      const wait = failure.retryAfterMs ?? 0;
      yield* pause(run, wait, [{ type: 'next-check', at: after(run, wait).toISOString(), stalledSince: null }]);
      continue;
    }
    const wait = nextAttempt(patient, failure, failures++, now(run.ctx).getTime() - first);
    if (wait === undefined) return result;
    yield* pause(run, wait, attemptFailed(run, failure, wait));
  }
}

/** Sleeps; a cancel wakes it and ends the run, any other ring does not end the sleep. */
export function* pause(run: Run, milliseconds: number, events: readonly ReleaseEvent[]): Flow<void> {
  const until = after(run, milliseconds);
  yield* checkpoint(run, events, { bell: true });
  while (now(run.ctx) < until) {
    yield* waitForBell(run, until);
    if (now(run.ctx) < until) yield* checkpoint(run, [], { bell: true });
  }
}

/**
 * Waits at the bell that the record names until it rings or the time comes, at most a day; the caller then reads the
 * commands. A bell is waited at once: where it was waited at already nobody can ring, and the wait is over at once.
 */
export function* waitForBell(run: Run, until: Date): Flow<void> {
  const { bell } = run;
  run.bell = null;
  if (bell !== null) yield* waitFor(run.ctx, bell, until);
}

/** The record is the truth that people see: it is tried for a long time before the run gives up on it. */
function* persist(run: Run, input: CheckpointInput) {
  const first = now(run.ctx).getTime();
  for (let failures = 1; ;) {
    const result = yield* call(run.ctx, activities.checkpoint, input);
    if (result.ok) return result.value;
    const wait = nextAttempt(patient, result.failure, failures++, now(run.ctx).getTime() - first);
    if (wait === undefined) stopFailed(result.failure);
    // Nobody rings here: the record, which would name the bell, is what cannot be written.
    yield* waitFor(run.ctx, `${bellName(input.run, input.seq)}:write-${failures}`, after(run, wait));
  }
}

function after(run: Run, milliseconds: number): Date {
  return new Date(now(run.ctx).getTime() + milliseconds);
}

function obey(run: Run, commands: Commands): Commands {
  if (run.ending || commands.cancel === undefined) return commands;
  const { by, reason, code = 'requested' } = commands.cancel;
  throw new Stopped({ kind: 'canceled', cancellation: { code, by, reason } });
}

/** What people see of an attempt that failed. */
export function attemptFailed(run: Run, failure: Failure, wait: number): ReleaseEvent[] {
  if (run.step === null) return [];
  const retryAt = after(run, wait).toISOString();
  const { code, message, correlationId = null } = failure;
  return [{ type: 'attempt-failed', step: run.step, code, message, correlationId, retryAt }];
}
