import { contentOf } from '../../../domain/marketplace/resource-content';
import type { DraftLedger } from '../../../domain/offer/draft-ledger';
import type { Members, OfferContent } from '../../../domain/offer/offer-content';
import { found } from './failures';
import { fileHashes } from './file-hashes';
import type { FileHashes } from './file-hashes';
import type { Instances, ModuleInstances, Plan } from './instances';
import { mediaContents, readMedia } from './media-rows';
import { packageNames } from './package-names';
import type { PackageNames } from './package-names';
import { all } from './session';
import type { ProductSession } from './session';

/** What reading a product's content takes besides its instances. */
export interface Readers {
  readonly session: ProductSession;
  readonly hashes: FileHashes;
  readonly packages: PackageNames;
}

export function readersOf(session: ProductSession): Readers {
  const hashes = fileHashes(session);
  return { session, hashes, packages: packageNames(session, hashes) };
}

/** A content: where its modules are, and the plans as they are now. */
export interface ContentPlace {
  readonly instances: Instances;
  readonly plans: readonly Plan[];
  /** Of the draft. */
  readonly ledger?: DraftLedger;
}

/** All that instances hold, and what the API has no versions of: setup, resellers and the plans themselves. */
export async function readContent(readers: Readers, { instances, plans, ledger }: ContentPlace): Promise<OfferContent> {
  const [unversioned, own, ...ofPlans] = await Promise.all([
    readUnversioned(readers.session),
    readModules(readers, '', instances.own, ledger),
    ...plans.map(async (plan) => {
      const key = `plans/${plan.externalID}`;
      const inside = await readModules(readers, `${key}/`, instances.plans.get(plan.id) ?? {}, ledger);
      return { [key]: contentOf(key, plan), ...inside };
    }),
  ]);
  return Object.assign({}, unversioned, own, ...ofPlans) as OfferContent; // The parts are contents, their keys differ.
}

async function readUnversioned({ client, call, productId }: ProductSession): Promise<OfferContent> {
  const [setup, reseller] = await Promise.all([
    client.getSetup(productId, call),
    found(client.getResellerConfiguration(productId, call)),
  ]);
  return {
    setup: contentOf('setup', setup.value),
    ...(reseller === undefined ? {} : { resellerConfiguration: contentOf('resellerConfiguration', reseller.value) }),
  };
}

/** @param prefix `plans/basic/`, or nothing for the product itself */
async function readModules(
  readers: Readers,
  prefix: string,
  modules: ModuleInstances,
  ledger: DraftLedger | undefined,
): Promise<OfferContent> {
  const parts = await Promise.all([
    prefix === '' ? readSingle(readers, 'property', modules) : {},
    readSingle(readers, `${prefix}availability`, modules),
    readSingle(readers, `${prefix}packageConfiguration`, modules),
    readListings(readers, prefix, modules, ledger),
  ]);
  return Object.assign({}, ...parts) as OfferContent; // The parts are contents, their keys differ.
}

async function readSingle(readers: Readers, key: string, modules: ModuleInstances): Promise<OfferContent> {
  const row = await readRow(readers.session, key, modules);
  return row === undefined ? {} : { [key]: await contentOfRow(readers, key, row) };
}

/** The content of a row of any kind but files. */
export async function contentOfRow({ packages }: Readers, key: string, row: Members): Promise<Members> {
  const content = contentOf(key, row);
  return key.endsWith('packageConfiguration') ? { ...content, ...(await packages.packagesOf(row)) } : content;
}

/** The one row of a module that is no list. */
export async function readRow(
  { client, call, productId }: ProductSession,
  key: string,
  modules: ModuleInstances,
): Promise<Members | undefined> {
  const { Property: property, Availability: availability, Package: configuration } = modules;
  const at = (instanceId: string) => ({ productId, instanceId });
  if (key === 'property') {
    return property === undefined ? undefined : first(client.listPropertiesOfInstance(at(property), call));
  }
  if (key.endsWith('packageConfiguration')) {
    return configuration === undefined
      ? undefined
      : first(client.listPackageConfigurationsOfInstance(at(configuration), call));
  }
  if (availability === undefined) return undefined;
  return key === 'availability'
    ? first(client.listProductAvailabilitiesOfInstance(at(availability), call))
    : first(client.listFeatureAvailabilitiesOfInstance(at(availability), call));
}

async function first(rows: AsyncIterable<Members>): Promise<Members | undefined> {
  for await (const row of rows) return row;
  return undefined;
}

/** The listings of an instance by language. */
export async function readListingRows(
  { client, call, productId }: ProductSession,
  { Listing: instanceId }: ModuleInstances,
): Promise<ReadonlyMap<string, Members>> {
  if (instanceId === undefined) return new Map();
  const rows = await all(client.listListingsOfInstance({ productId, instanceId }, call));
  return new Map(rows.map((row) => [(row.languageCode ?? '').toLowerCase(), row]));
}

async function readListings(
  { session, hashes }: Readers,
  prefix: string,
  modules: ModuleInstances,
  ledger: DraftLedger | undefined,
): Promise<OfferContent> {
  const rows = await readListingRows(session, modules);
  const parts = await Promise.all(
    [...rows].map(async ([language, row]) => {
      const key = `${prefix}listings/${language}`;
      const media = await readMedia(session, { listingId: String(row['id']), key }, hashes);
      return { [key]: contentOf(key, row), ...mediaContents(media, ledger) };
    }),
  );
  return Object.assign({}, ...parts) as OfferContent; // The parts are contents, their keys differ.
}
