import { readKey } from '../../../domain/marketplace/resource-key';
import type { ResourceKey } from '../../../domain/marketplace/resource-key';
import type { Members } from '../../../domain/offer/offer-content';
import type { Variant } from '../../../partner-center/ingestion';
import { found, notShownYet } from './failures';
import { draftInstances, isPlan, listPlans } from './instances';
import type { Instances, ModuleInstances, Plan } from './instances';
import { readListingRows, readRow } from './read-content';
import type { Readers } from './read-content';

/** The resources of a draft, one by one, as they are now. */
export interface DraftRows {
  readonly readers: Readers;
  /** As the API answers it; `undefined` = it is not there. Files are lists, and not read here. */
  read(key: string): Promise<Members | undefined>;
  /** Where the drafts of the product's modules are, or those of a plan. Throws where they do not show yet. */
  modulesOf(plan: string | undefined): Promise<ModuleInstances>;
  /** What an answer has just named: lists may lag behind it. */
  made(variant: Variant): void;
  /** Reads the lists of plans and drafts again at the next look. */
  forget(): void;
}

export function draftRows(readers: Readers): DraftRows {
  const { session } = readers;
  let plans: Promise<Plan[]> | undefined;
  let instances: Promise<Instances> | undefined;
  const known = (): Promise<Plan[]> => (plans ??= listPlans(session));
  const planNamed = async (name: string): Promise<Plan | undefined> =>
    (await known()).find(({ externalID }) => externalID === name);
  const modulesOf = async (plan: string | undefined): Promise<ModuleInstances> => {
    instances ??= known().then((all) => draftInstances(session, all));
    const { own, plans: ofPlans } = await instances;
    if (plan === undefined) return own;
    const id = (await planNamed(plan))?.id;
    const there = id === undefined ? undefined : ofPlans.get(id);
    if (there === undefined) throw notShownYet(`the plan ${plan}`);
    return there;
  };
  return {
    readers,
    modulesOf,
    read: (key) => readOne({ readers, planNamed, modulesOf }, key),
    made: (variant) => {
      if (!isPlan(variant)) return;
      const before = known();
      plans = before.then((all) => [...all.filter(({ id }) => id !== variant.id), variant]);
      instances = undefined;
    },
    forget: () => {
      plans = undefined;
      instances = undefined;
    },
  };
}

interface Lookup extends Pick<DraftRows, 'readers' | 'modulesOf'> {
  readonly planNamed: (name: string) => Promise<Plan | undefined>;
}

async function readOne(lookup: Lookup, key: string): Promise<Members | undefined> {
  const parts = partsOf(key);
  const { client, call, productId } = lookup.readers.session;
  if (parts.kind === 'setup') return (await client.getSetup(productId, call)).value;
  if (parts.kind === 'resellerConfiguration') {
    return (await found(client.getResellerConfiguration(productId, call)))?.value;
  }
  if (parts.plan === undefined) return readInModules(lookup, key, parts);
  const variant = await lookup.planNamed(parts.plan);
  if (variant === undefined) return undefined;
  if (parts.kind !== 'plan') return readInModules(lookup, key, parts);
  return (await found(client.getVariant({ productId, variantId: variant.id }, call)))?.value;
}

async function readInModules(
  lookup: Lookup,
  key: string,
  { kind, plan, language = '' }: ResourceKey,
): Promise<Members | undefined> {
  const modules = await lookup.modulesOf(plan);
  if (kind !== 'listing' && kind !== 'planListing') return readRow(lookup.readers.session, key, modules);
  return (await readListingRows(lookup.readers.session, modules)).get(language);
}

/** A key in its parts; one that names nothing is a bug. */
export function partsOf(key: string): ResourceKey {
  const parts = readKey(key);
  if (parts === undefined) throw new TypeError(`No resource of a product is called "${key}".`);
  return parts;
}
