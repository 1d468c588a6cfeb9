import { activities } from '../contracts/activities';
import type { PlanRef } from '../contracts/activities';
import { call, continueAs, inputOf, now, sleep } from '../contracts/durable';
import type { ActivityRef, Context, Flow } from '../contracts/durable';
import { ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import { nextAttempt } from '../domain/retry-policy';
import type { RetryPolicy } from '../domain/retry-policy';

/** Slices in one generation: the history stays below one page. */
const slicesPerGeneration = 20;

/** Somebody waits for the plan: an outage is told after an hour, not outlived. */
const waiting: RetryPolicy = { firstMs: 2_000, longestMs: 120_000, giveUpAfterMs: 60 * 60_000 };

/**
 * Makes a plan that takes longer than a request: reads the bytes slice by slice, then judges the document against the
 * product. It has no fence, since it changes nothing but what it keeps itself: of two instances the first end counts.
 */
export function* makePlan(ctx: Context): Flow<void> {
  const { planId } = inputOf<PlanRef>(ctx);
  const read = yield* readBytes(ctx, planId);
  if (read.ok && !read.value.done) return continueAs(ctx, { planId });
  const made = read.ok ? yield* attempt(ctx, activities.judgePlan, { planId }) : read;
  // What cannot be written now is found by the sweep.
  if (!made.ok) yield* attempt(ctx, activities.endPlan, { planId, failure: made.failure });
}

function* readBytes(ctx: Context, planId: string): Flow<Result<{ readonly done: boolean }>> {
  for (let slices = 0; slices < slicesPerGeneration; slices++) {
    const slice = yield* attempt(ctx, activities.readPlanBytes, { planId });
    if (!slice.ok || slice.value.done) return slice;
  }
  return ok({ done: false });
}

function* attempt<I extends object, O>(ctx: Context, activity: ActivityRef<I, O>, input: I): Flow<Result<O>> {
  const first = now(ctx).getTime();
  for (let failures = 1; ; failures++) {
    const result = yield* call(ctx, activity, input);
    if (result.ok) return result;
    const wait = nextAttempt(waiting, result.failure, failures, now(ctx).getTime() - first);
    if (wait === undefined) return result;
    yield* sleep(ctx, new Date(now(ctx).getTime() + wait));
  }
}
