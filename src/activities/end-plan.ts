import type { PlanRef } from '../contracts/activities';
import { ok } from '../domain/failure';
import type { Failure } from '../domain/failure';
import { blockedPlan } from '../domain/store/release-plan';
import type { Activity, ActivityDeps } from './deps';
import { endPlan, keepMade, onPlan } from './plan-work';

const ofThePackages: readonly string[] = ['package-unavailable', 'package-changed', 'package-invalid'];

/**
 * Ends a plan that could not be made. Bytes that stayed out of reach are no failure of the plan: a release would fail of
 * them too, so they block it. Safe to repeat: the first end counts.
 */
export function createEndPlan(deps: ActivityDeps): Activity<PlanRef & { readonly failure: Failure }, object> {
  return ({ planId, failure }) =>
    onPlan<object>(
      deps,
      { planId },
      {
        ended: {},
        work: async ({ target }) => {
          const { code, message, errors = [{ code, message }] } = failure;
          if (ofThePackages.includes(code)) await keepMade(deps, planId, blockedPlan(target, errors));
          else await endPlan(deps, planId, failure);
          return ok({});
        },
      },
    );
}
