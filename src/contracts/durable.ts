import type { OrchestrationContext, Task, TimerTask } from 'durable-functions';
import { failed } from '../domain/failure';
import type { Result } from '../domain/failure';

/**
 * The typed effects of an orchestrator, and the only file that touches `ctx.df`. Each effect makes its tasks, yields
 * them once and leaves none open: a task that is made and not yielded never runs, one that is used twice runs twice,
 * and an open one keeps the instance running.
 */
export type Flow<T> = Generator<Task, T, unknown>;

/** A durable activity's name with its payload types attached. */
export interface ActivityRef<I extends object, O> {
  readonly name: string;
  /** Exists for the compiler alone. */
  readonly payloads?: (input: I) => O;
}

/** A child orchestration's name with its payload types attached. */
export interface OrchestratorRef<I extends object, O> {
  readonly name: string;
  readonly payloads?: (input: I) => O;
}

export type Context = OrchestrationContext;

export function activityRef<I extends object, O>(name: string): ActivityRef<I, O> {
  return { name };
}

export function orchestratorRef<I extends object, O>(name: string): OrchestratorRef<I, O> {
  return { name };
}

const longestSleepMs = 24 * 60 * 60 * 1000;

/**
 * Runs an activity. Whatever it throws, the platform's time-outs and restarts included, comes back as the unclear
 * failure `activity-interrupted`: the activity may have done its work, or some of it.
 */
export function* call<I extends object, O>(ctx: Context, activity: ActivityRef<I, O>, input: I): Flow<Result<O>> {
  try {
    // The engine does not know payload types: the ref ties this end to what the app registers under its name.
    return (yield ctx.df.callActivity(activity.name, input)) as Result<O>;
  } catch (error) {
    return failed({
      code: 'activity-interrupted',
      message: `${activity.name} was interrupted: ${messageOf(error)}`,
      retryable: true,
      unclear: true,
    });
  }
}

/** Runs a child orchestration to its end; a child that fails is the failure `run-ended-unexpectedly`. */
export function* runChild<I extends object, O>(
  ctx: Context,
  child: OrchestratorRef<I, O>,
  input: I,
  instanceId: string,
): Flow<Result<O>> {
  try {
    // As in `call`: the ref carries the types that the engine does not.
    return { ok: true, value: (yield ctx.df.callSubOrchestrator(child.name, input, instanceId)) as O };
  } catch (error) {
    return failed({
      code: 'run-ended-unexpectedly',
      message: `${child.name} ended unexpectedly: ${messageOf(error)}`,
      retryable: true,
      unclear: true,
    });
  }
}

/**
 * Waits until the bell rings or the time comes, at most 24 hours: a caller loops over its own deadline.
 * A bell is waited for once; ringing carries nothing but the wish that commands be read.
 */
export function* waitFor(ctx: Context, bell: string, until: Date): Flow<'rang' | 'elapsed'> {
  const at = clamp(ctx, until);
  if (at === undefined) return 'elapsed';
  const timer: TimerTask = ctx.df.createTimer(at);
  const ring = ctx.df.waitForExternalEvent(bell);
  const winner = yield ctx.df.Task.any([ring, timer]);
  if (winner !== ring) return 'elapsed';
  timer.cancel();
  return 'rang';
}

/** Waits until the time comes, at most 24 hours. */
export function* sleep(ctx: Context, until: Date): Flow<void> {
  const at = clamp(ctx, until);
  if (at !== undefined) yield ctx.df.createTimer(at);
}

/** The time of this episode: the same on every replay, and never backwards. */
export function now(ctx: Context): Date {
  return ctx.df.currentUtcDateTime;
}

/** The same on replay, new for an instance that replaced another. */
export function newGuid(ctx: Context): string {
  return ctx.df.newGuid(ctx.df.instanceId);
}

export function instanceOf(ctx: Context): string {
  return ctx.df.instanceId;
}

export function inputOf<I>(ctx: Context): I {
  // The one who started the instance, or the ref, fixes the type; the engine hands out `unknown`.
  return ctx.df.getInput<I>();
}

/** Ends this generation and starts the next one with a fresh history. Nothing may be open, nothing follows. */
export function continueAs<I extends object>(ctx: Context, input: I): void {
  ctx.df.continueAsNew(input);
}

/** What monitoring tools show of an instance: tiny, for a large custom status fails the instance for good. */
export function showStatus(ctx: Context, status: { step: string | null; state: string; rev: number }): void {
  ctx.df.setCustomStatus(status);
}

function clamp(ctx: Context, until: Date): Date | undefined {
  const from = ctx.df.currentUtcDateTime.getTime();
  const to = Math.min(until.getTime(), from + longestSleepMs);
  return to > from ? new Date(to) : undefined;
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500);
}
