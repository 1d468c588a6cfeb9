import { asObject, asText } from '../../json-value';
import type { Members } from '../../json-value';
import { spelled } from '../../spelling';
import { newPlan } from '../new-resources';
import { applicationPackage, configurationOf, subTypes, testDrivePlan } from '../words';
import { namesBelow, patchResource, remove } from './draft';
import type { Draft } from './draft';
import { patchListings } from './listings';
import { packageConfiguration, planAvailability, planMembers } from './modules';
import { below, refuse } from './place';
import type { Place, PlanPackage } from './place';
import { testDriveUntaken } from './untaken';

/** Plans by id: `null` takes one out with all that is its own, and one that is not there is made. */
export function patchPlans(draft: Draft, patch: unknown, at: Place): void {
  if (patch === null) {
    refuse(at, 'not-clearable', 'Name the plans to take out.');
    return;
  }
  for (const [plan, one] of Object.entries(asObject(patch))) {
    if (one === undefined) continue;
    if (plan.toLowerCase() === testDrivePlan) refuse(below(at, plan), testDriveUntaken.code, testDriveUntaken.message);
    else if (one === null) remove(draft, `plans/${plan}`);
    else patchPlan(draft, plan, asObject(one), below(at, plan));
  }
}

function patchPlan(draft: Draft, plan: string, patch: Members, at: Place): void {
  const { listings, availability, packageConfiguration: configuration, ...members } = patch;
  const key = `plans/${plan}`;
  const isNew = !draft.has(key);
  const sold = draft.get(`${key}/availability`);
  if (isNew && !isStarted(draft, plan, members, at)) return;
  patchResource(draft, key, { rule: planMembers, patch: members, at });
  if (listings !== undefined) patchListings(draft, `${key}/listings`, listings, below(at, 'listings'));
  if (availability !== undefined) {
    const there = below(at, 'availability');
    patchResource(draft, `${key}/availability`, { rule: planAvailability, patch: availability, at: there });
  }
  if (configuration !== undefined) patchConfiguration(draft, plan, configuration, below(at, 'packageConfiguration'));
  const isOther = draft.get(`${key}/availability`)?.['marketStates'] !== sold?.['marketStates'];
  if (isNew || isOther) refuseUnsold(draft, key, at);
}

/** Begins a plan; `false` = this is none that could be begun. */
function isStarted(draft: Draft, plan: string, patch: Members, at: Place): boolean {
  const right = spelled(plan, namesBelow(draft, 'plans'));
  if (right !== undefined || !/^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/.test(plan)) {
    const hint = right === undefined ? 'A plan id has letters, digits, "-" and "_", at most 50' : `Write it "${right}"`;
    refuse(at, 'invalid-value', `${hint}: it is what the plan is known by.`);
    return false;
  }
  const friendlyName = asText(patch['friendlyName']);
  if (friendlyName.trim() === '') {
    refuse(at, 'plan-not-found', `The product has no plan "${plan}"; a new one needs "friendlyName".`);
  }
  const made = newPlan(plan, friendlyName, subTypeOf(draft, patch['subType'], below(at, 'subType')));
  for (const [key, members] of Object.entries(made)) draft.set(key, members);
  return true;
}

/** What the service makes of a plan that does not say it; plans of other products have none. */
function subTypeOf(draft: Draft, asked: unknown, at: Place): string | undefined {
  if (asked === undefined || asked === null) return isApplication(draft, at) ? 'solution-template' : undefined;
  const right = subTypes.some((one) => one === asked);
  if (!right) refuse(at, 'invalid-value', `Send ${subTypes.join(' or ')}.`);
  return asText(asked);
}

function isApplication(draft: Draft, { context }: Place): boolean {
  if (context.resourceType !== undefined) return context.resourceType === 'AzureApplication';
  const plans = namesBelow(draft, 'plans').map((plan) => asText(draft.get(`plans/${plan}`)?.['subType']));
  const offer = asText(draft.get('packageConfiguration')?.['resourceType']);
  return offer === 'AzureApplicationPackageConfiguration' || plans.length === 0 || plans.some((one) => one !== '');
}

function patchConfiguration(draft: Draft, plan: string, patch: unknown, at: Place): void {
  const key = `plans/${plan}/packageConfiguration`;
  const resourceType = configurationOf(draft.get(`plans/${plan}`)?.['subType']);
  if (!draft.has(key) && resourceType === undefined) {
    refuse(at, 'unknown-member', 'A plan of this product has no technical configuration: leave it out.');
    return;
  }
  if (!draft.has(key)) draft.set(key, { resourceType });
  patchResource(draft, key, { rule: packageConfiguration, patch, at });
}

function refuseUnsold(draft: Draft, key: string, at: Place): void {
  if (draft.get(key)?.['subType'] !== 'managed-application') return;
  const states = Object.values(asObject(draft.get(`${key}/availability`)?.['marketStates']));
  if (states.some((one) => one === 'Enabled' || asObject(one)['state'] === 'Enabled')) return;
  const there = below(at, 'availability', 'marketStates');
  refuse(there, 'market-missing', 'A managed application is sold somewhere: set one market to "Enabled" at least.');
}

/** The document's packages, each to the plan that it names: with its version it takes the place of those there. */
export function placePackages(draft: Draft, at: Place): void {
  const { packages } = at.context;
  packages.forEach((one, index) => {
    const there = packagePlace(at, one, index);
    const isSecond = packages.findIndex(({ plan }) => plan === one.plan) < index;
    if (isSecond) refuse(there, 'duplicate', `The plan "${one.plan}" has one package: name it once.`);
    else placePackage(draft, one, there);
  });
}

function packagePlace(at: Place, { pointer }: PlanPackage, index: number): Place {
  const path = pointer === undefined ? ['packages', index] : pointer.split('/').slice(1);
  return { ...at, path: [...path, 'plan'] };
}

function placePackage(draft: Draft, { plan, version, fileName, sha256 }: PlanPackage, at: Place): void {
  const variant = draft.get(`plans/${plan}`);
  if (variant === undefined) {
    const right = spelled(plan, namesBelow(draft, 'plans'));
    const hint = right === undefined ? 'name one that an export shows, or make it in "changes"' : `write it "${right}"`;
    refuse(at, 'plan-not-found', `The product has no plan "${plan}": ${hint}.`);
    return;
  }
  const key = `plans/${plan}/packageConfiguration`;
  const resourceType = configurationOf(variant['subType']);
  const before = draft.get(key) ?? (resourceType === undefined ? undefined : { resourceType });
  if (before === undefined) {
    refuse(at, 'plan-not-found', `The plan "${plan}" is of a kind that has no package.`);
    return;
  }
  const packages = packagesOf(before, fileName, `sha256:${sha256.toLowerCase()}`);
  const isSame = before['version'] === version && before['packages'] === packages && draft.has(key);
  if (!isSame) draft.set(key, { ...before, version, packages });
}

/** The very same list where these bytes are the package that is there. */
function packagesOf({ packages }: Members, fileName: string, bytes: string): unknown {
  const [first, ...more] = Array.isArray(packages) ? packages.map(asObject) : [];
  if (first?.['bytes'] === bytes && more.length === 0) return packages;
  return [{ type: asText(first?.['type']) || applicationPackage, fileName, bytes }];
}
