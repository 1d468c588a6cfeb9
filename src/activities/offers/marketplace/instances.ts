import { Module } from '../../../partner-center/ingestion';
import type { Submission, TypeValuePair, Variant } from '../../../partner-center/ingestion';
import { ProductType, testDriveVariantId } from '../../../partner-center/ingestion';
import { notShownYet } from './failures';
import { all, pause } from './session';
import type { ProductSession } from './session';

/** The modules that a product of the marketplace is published with. */
export const modules = [
  Module.listing,
  Module.property,
  Module.package,
  Module.availability,
  Module.resellerConfiguration,
] as const;
export type PublishedModule = (typeof modules)[number];

/** Instance ids by module. */
export type ModuleInstances = Readonly<Partial<Record<PublishedModule, string>>>;

/** Where the content of a product is: its draft, or what a submission froze. */
export interface Instances {
  readonly own: ModuleInstances;
  /** By the id of the variant. */
  readonly plans: ReadonlyMap<string, ModuleInstances>;
}

/** A plan: a variant that is not the test drive. */
export type Plan = Variant & { readonly externalID: string };

export async function listPlans({ client, call, productId }: ProductSession): Promise<Plan[]> {
  return (await all(client.listVariants(productId, call))).filter(isPlan);
}

export function isPlan(variant: Variant): variant is Plan {
  const isTest = variant.id === testDriveVariantId || variant.resourceType === 'AzureTestDriveVariant';
  return !isTest && variant.externalID !== undefined;
}

const looks = 4;

/**
 * The drafts of all modules. Right after something was made its rows may lag: looked for a few times, then a failure that
 * is worth another attempt.
 */
export async function draftInstances(session: ProductSession, plans: readonly Plan[]): Promise<Instances> {
  const { resourceType } = await session.product();
  for (let look = 1; ; look++) {
    const instances = await readBranches(session);
    const missing = missingIn(instances, plans, resourceType === ProductType.azureApplication);
    if (missing === undefined) return instances;
    if (look === looks) throw notShownYet(`the draft of ${missing}`);
    await pause(session);
  }
}

async function readBranches({ client, call, productId }: ProductSession): Promise<Instances> {
  const rows = await Promise.all(
    modules.map(async (module) =>
      (await all(client.listBranches(productId, module, call))).map((row) => ({ module, row })),
    ),
  );
  const branches = rows.flat().filter(({ row }) => row.type === undefined || row.type === 'Main');
  const own: Partial<Record<PublishedModule, string>> = {};
  const plans = new Map<string, Partial<Record<PublishedModule, string>>>();
  for (const { module, row } of branches) {
    const { variantID = '', currentDraftInstanceID } = row;
    if (variantID === '') own[module] = currentDraftInstanceID;
    else plans.set(variantID, { ...plans.get(variantID), [module]: currentDraftInstanceID });
  }
  return { own, plans };
}

function missingIn({ own, plans }: Instances, wanted: readonly Plan[], isApplication: boolean): string | undefined {
  const needed = [Module.listing, Module.property, Module.package, Module.availability];
  const ofProduct = needed.find((module) => own[module] === undefined);
  if (ofProduct !== undefined) return `the module ${ofProduct}`;
  const ofPlan = [Module.listing, Module.availability, ...(isApplication ? [Module.package] : [])];
  for (const { id, externalID } of wanted) {
    const missing = ofPlan.find((module) => plans.get(id)?.[module] === undefined);
    if (missing !== undefined) return `the module ${missing} of the plan ${externalID}`;
  }
  return undefined;
}

/** What a submission names. */
export function frozenInstances({ resources, variantResources }: Submission): Instances {
  const plans = variantResources.filter(({ variantID }) => variantID !== testDriveVariantId);
  return {
    own: ofPairs(resources),
    plans: new Map(plans.map((plan) => [plan.variantID, ofPairs(plan.resources)])),
  };
}

function ofPairs(pairs: readonly TypeValuePair[]): ModuleInstances {
  const known = pairs.flatMap(({ type, value }) => {
    const module = modules.find((one) => one.toLowerCase() === type.toLowerCase());
    return module === undefined ? [] : [[module, value] as const];
  });
  return Object.fromEntries(known);
}

/** The first ones, and of the modules that they do not name those of the second. */
export function withInstances(first: Instances, second: Instances): Instances {
  const ids = [...new Set([...first.plans.keys(), ...second.plans.keys()])];
  return {
    own: { ...second.own, ...first.own },
    plans: new Map(ids.map((id) => [id, { ...second.plans.get(id), ...first.plans.get(id) }])),
  };
}
