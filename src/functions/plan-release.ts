import type { operations } from '../contracts/operations';
import type { Failure } from '../domain/failure';
import type { Handler } from './http-route';
import { Problem } from './problem';
import { recordOf } from './read-release';
import { isBeingPlanned, pendingPlan, planInBackground } from './plan-in-background';
import { remoteProblem, valueOf } from './remote-problem';
import type { FunctionServices } from './services';
import { checkDocument } from './start-release';

/** `POST /releases/plan`: the document is checked as `POST /releases` checks it, and judged as its run would. */
export function planRelease(services: FunctionServices): Handler<typeof operations.planRelease> {
  return {
    durable: true,
    check: (value) => checkDocument(value, services),
    handle: async (call) => {
      const plan = (await isBeingPlanned(call, services))
        ? 'too-slow'
        : valueOf(await services.queries.plan(call.body));
      return plan === 'too-slow' ? pendingPlan(await planInBackground(call, services)) : { jsonBody: plan };
    },
  };
}

/** `GET /plans/{id}`: a plan that took longer than its request, or that it still takes time, or why there is none. */
export function getPlan(services: FunctionServices): Handler<typeof operations.getPlan> {
  return {
    handle: async ({ request }) => {
      const record = await services.plans.read(request.params['id'] ?? '', services.now());
      if (record?.state === 'running') return pendingPlan(record);
      if (record?.failure) throw planProblem(record.failure);
      const plan = record === undefined ? undefined : await services.readPlan(record.id);
      if (plan === undefined) throw new Problem('plan-expired');
      return { jsonBody: plan };
    },
  };
}

/** It has ended: asking for it again says the same. */
function planProblem(failure: Failure): Problem {
  const message = `${failure.message} The plan was not made; POST /releases/plan makes another one.`;
  return remoteProblem({ ...failure, message });
}

/** `GET /releases/{id}/plan`: what the release found when it looked at the product. */
export function getReleasePlan(services: FunctionServices): Handler<typeof operations.getReleasePlan> {
  return {
    handle: async ({ request }) => {
      const { view } = await recordOf(request, services);
      const plan = await services.readPlan(view.id);
      if (plan === undefined) throw new Problem('plan-not-found');
      return { jsonBody: plan };
    },
  };
}
