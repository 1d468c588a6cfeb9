import { readKey } from '../../../domain/marketplace/resource-key';
import type { ResourceKey } from '../../../domain/marketplace/resource-key';
import type { OfferProgress } from '../../../domain/offer/offer-status';
import { ingestionFailure, Module, SubmissionState } from '../../../partner-center/ingestion';
import type { NewSubmission } from '../../../partner-center/ingestion';
import type { Begun } from '../offer-api';
import { found, MarketplaceError } from './failures';
import { draftInstances, listPlans, modules } from './instances';
import type { Instances, ModuleInstances, Plan, PublishedModule } from './instances';
import { statusOf } from './progress';
import type { ProductSession } from './session';

/** Submits the draft: all modules, or those that changed where the product is published module by module. */
export async function publish(session: ProductSession, changed: readonly string[]): Promise<Begun> {
  const { client, call, productId } = session;
  const { isModularPublishing = false } = await session.product();
  const plans = await listPlans(session);
  const instances = await draftInstances(session, plans);
  const whole = submissionOf(session, instances, plans);
  const wanted = isModularPublishing ? changedOnly(whole, changed, plans) : whole;
  const { value } = await client.createSubmission(productId, wanted, call);
  return { publicationId: value.id, status: statusOf(value) };
}

type Pairs = NewSubmission['resources'];
type Whole = NewSubmission & Required<Pick<NewSubmission, 'variantResources'>>;

function submissionOf({ productId }: ProductSession, { own, plans }: Instances, variants: readonly Plan[]): Whole {
  // The resellers' instance shows in the branches of some products only.
  const reseller = own.ResellerConfiguration ?? `${productId}-ResellerInstance`;
  return {
    resources: pairsOf({ ...own, [Module.resellerConfiguration]: reseller }),
    variantResources: variants.map(({ id }) => ({ variantID: id, resources: pairsOf(plans.get(id) ?? {}) })),
  };
}

function pairsOf(instances: ModuleInstances): Pairs {
  return modules.flatMap((type) => {
    const value = instances[type];
    return value === undefined ? [] : [{ type, value }];
  });
}

/** What is no module of its own, as the setup, is published with everything. */
function changedOnly(whole: Whole, changed: readonly string[], plans: readonly Plan[]): NewSubmission {
  const parts = changed.flatMap((key) => readKey(key) ?? []);
  const named = (plan: string | undefined): ReadonlySet<PublishedModule> =>
    new Set(parts.filter((part) => part.plan === plan).flatMap(modulesOf));
  const only = (pairs: Pairs, wanted: ReadonlySet<string>): Pairs => pairs.filter(({ type }) => wanted.has(type));
  const resources = only(whole.resources, named(undefined));
  const variantResources = whole.variantResources
    .map(({ variantID, resources: pairs }) => {
      const plan = plans.find(({ id }) => id === variantID)?.externalID;
      return { variantID, resources: only(pairs, named(plan)) };
    })
    .filter((one) => one.resources.length > 0);
  return resources.length + variantResources.length === 0 ? whole : { resources, variantResources };
}

const modulesByKind: Partial<Record<ResourceKey['kind'], PublishedModule>> = {
  property: Module.property,
  availability: Module.availability,
  planAvailability: Module.availability,
  packageConfiguration: Module.package,
  planPackageConfiguration: Module.package,
  resellerConfiguration: Module.resellerConfiguration,
};

function modulesOf({ kind }: ResourceKey): readonly PublishedModule[] {
  if (kind === 'setup') return [];
  if (kind === 'plan') return modules;
  return [modulesByKind[kind] ?? Module.listing];
}

/** Takes a submission back while it is in progress; `false` = it is past that. */
export async function cancel(session: ProductSession, publication: OfferProgress): Promise<boolean> {
  const { client, call, productId } = session;
  const address = { productId, submissionId: publication.publicationId };
  const now = (await found(client.getSubmission(address, call)))?.value;
  if (now === undefined) return true;
  if (now.state !== SubmissionState.inProgress) return pastCancel(publication);
  try {
    await client.deleteSubmission(address, call);
    return true;
  } catch (error) {
    const meaning = ingestionFailure(error)?.meaning;
    if (meaning === 'not-found') return true;
    if (meaning !== 'submission-not-deletable') throw error;
    return pastCancel(publication);
  }
}

/** It has gone on since it was looked at: what stays of it is judged anew. */
function pastCancel({ publicationId, phase }: OfferProgress): false {
  if (phase !== 'previewing') return false;
  const message = `The publication ${publicationId} went on while it was to be canceled.`;
  throw new MarketplaceError({ code: 'submission-changed', message, retryable: true });
}
