import { asObject, asText, isObject } from '../json-value';
import type { Members } from '../json-value';
import { isImages, planKeys } from './keys';
import { patchedMembers } from './members';
import { below, refuse } from './place';
import type { Place } from './place';
import { checkPricing } from './pricing';

/** Applies the patches of plans by their id: one that is not there is made from its entry, `null` takes one out. */
export function patchedPlans(
  plans: readonly Members[],
  patches: Members,
  offerTypeId: string,
  at: Place,
): readonly Members[] {
  return Object.entries(patches).reduce((before, [planId, patch]) => {
    const there = below(at, planId);
    if (patch === undefined || !mayBeNamed(before, planId, there)) return before;
    if (patch === null) return before.filter((plan) => plan['planId'] !== planId);
    return withPlan(before, { planId, patch, offerTypeId }, there);
  }, plans);
}

interface PlanPatch {
  readonly planId: string;
  readonly patch: unknown;
  readonly offerTypeId: string;
}

function withPlan(plans: readonly Members[], { planId, patch, offerTypeId }: PlanPatch, at: Place): readonly Members[] {
  if (!isObject(patch)) {
    refuse(at, 'wrong-type', 'It must be an object with the changes of the plan, or null to remove it.');
    return plans;
  }
  const old = plans.find((plan) => plan['planId'] === planId);
  const plan = patchedPlan(old ?? { planId }, patch, at);
  if (old !== undefined) return plan === old ? plans : plans.map((one) => (one === old ? plan : one));
  refuseIncomplete(plan, offerTypeId, at);
  return [...plans, plan];
}

function patchedPlan(stored: Members, patch: Members, at: Place): Members {
  const { planId, ...changes } = patch;
  if (planId !== undefined && planId !== stored['planId']) {
    refuse(below(at, 'planId'), 'invalid-value', 'It must be the key of its entry: a plan cannot be renamed.');
  }
  const plan = patchedMembers(stored, changes, planKeys, at);
  const pricing = patch['virtualMachinePricing'];
  if (pricing !== null && plan['virtualMachinePricing'] !== stored['virtualMachinePricing']) {
    checkPricing(pricing, plan, below(at, 'virtualMachinePricing'));
  }
  return plan;
}

function mayBeNamed(plans: readonly Members[], planId: string, at: Place): boolean {
  if (planId === '') refuse(at, 'invalid-value', 'A plan has an id.');
  const ids = plans.map((plan) => asText(plan['planId']));
  const right = ids.includes(planId) ? undefined : ids.find((id) => id.toLowerCase() === planId.toLowerCase());
  if (right !== undefined) refuse(at, 'invalid-value', `Write it "${right}": case matters.`);
  return planId !== '' && right === undefined;
}

const machines = ['microsoft-azure-virtualmachines', 'microsoft-azure-corevm'];

/** What a new plan of a machine needs at the least. What other types need is not known. */
function refuseIncomplete(plan: Members, offerTypeId: string, at: Place): void {
  if (!machines.includes(offerTypeId)) return;
  const title = `${offerTypeId}.skuTitle`;
  if (asText(plan[title]) === '') refuse(below(at, title), 'missing-member', 'A new plan needs a title.');
  if (offerTypeId === machines[0] && !isObject(plan['virtualMachinePricing'])) {
    refuse(below(at, 'virtualMachinePricing'), 'missing-member', 'A new plan needs a price, or "isByol": true.');
  }
  const images = Object.keys(plan).filter((name) => isImages(name) && Object.keys(asObject(plan[name])).length > 0);
  if (images.length > 0 || Array.isArray(plan['diskGenerations'])) return;
  const name = offerTypeId === machines[0] ? 'vmImages' : 'vmImagesPublicAzure';
  refuse(below(at, `${offerTypeId}.${name}`), 'missing-member', 'A new plan needs at least one image.');
}
