import type { PlanRef } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import type { ReleaseDocument } from '../domain/release-document';
import { blockedPlan } from '../domain/store/release-plan';
import { createAllowance } from '../partner-center/http';
import type { Activity, ActivityDeps } from './deps';
import { lastInLine } from './last-in-line';
import { planDocument } from './plan-document';
import type { PlanTask } from './plan-task';
import { filesOf, planContent } from './plan-files';
import type { Finding } from './plan-files';
import { contentOf, findingName, keepMade, onPlan } from './plan-work';
import type { ReleaseContent } from './release-content';

/**
 * Judges the document of a plan against the product, by what was found in its files, keeps the plan and ends its making.
 * Writes nothing at Partner Center. Safe to repeat and to run twice: the first plan counts.
 */
export function createJudgePlan(deps: ActivityDeps): Activity<PlanRef, object> {
  return (input) => onPlan<object>(deps, input, { ended: {}, work: (document) => judge(deps, input.planId, document) });
}

async function judge(deps: ActivityDeps, planId: string, document: ReleaseDocument): Promise<Result<object>> {
  const content = await contentOf(deps, planId, document);
  if (!('packages' in content)) {
    await keepMade(deps, planId, blockedPlan(document.target, content.faults));
    return ok({});
  }
  const findings = await findingsOf(deps, planId, content);
  if (findings === undefined) {
    return failed({ code: 'run-ended-unexpectedly', message: 'The files of the plan are gone.', retryable: false });
  }
  // With the queries of its addresses: another one may be all that changes.
  const whole = (await deps.documents.readWhole<ReleaseDocument>(planId)) ?? document;
  const task = { document: whole, content: planContent(content, findings), callOf: callOf(deps) };
  await keepMade(deps, planId, await planDocument(deps, task));
  return ok({});
}

async function findingsOf(
  deps: ActivityDeps,
  planId: string,
  content: ReleaseContent,
): Promise<readonly Finding[] | undefined> {
  const findings: Finding[] = [];
  for (const [index] of filesOf(content).entries()) {
    const finding = await deps.work.get<Finding>(planId, findingName(index));
    if (finding === undefined) return undefined;
    findings.push(finding);
  }
  return findings;
}

/** A first request that is not free now is waited for by the orchestrator; those that follow are waited for here. */
function callOf({ clock, settings, stopping }: ActivityDeps): PlanTask['callOf'] {
  const patience = { firstMs: 0, laterMs: settings.sliceMs };
  return (budget) => ({
    allowance: createAllowance({ budget: lastInLine(budget, clock, patience), cost: 1 }),
    signal: stopping,
  });
}
