import type { operations } from '../contracts/operations';
import type { Handler } from './http-route';
import { Problem } from './problem';
import { recordOf } from './read-release';
import { valueOf } from './remote-problem';
import type { FunctionServices } from './services';
import { checkDocument } from './start-release';

/** `POST /releases/plan`: the document is checked as `POST /releases` checks it, and judged as its run would. */
export function planRelease(services: FunctionServices): Handler<typeof operations.planRelease> {
  return {
    check: (value) => checkDocument(value, services),
    handle: async ({ body }) => {
      const plan = valueOf(await services.queries.plan(body));
      if (plan === 'too-slow') throw new Problem('plan-too-slow', { retryAfter: 60 });
      return { jsonBody: plan };
    },
  };
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
