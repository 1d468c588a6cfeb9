import type { Contents } from '../core/world';
import type { Ground } from '../ingestion/ground';
import { nextSubmissionId } from '../ingestion/ids';
import type { IngestionProduct, Instance, Members, Module, ProductSubmission, Row } from '../ingestion/model';
import { addVariant, makeListing, makeProduct, makeRow } from '../ingestion/products/make-product';
import { resourceType } from '../ingestion/document/read-resource';
import { freeze } from '../ingestion/submissions/freeze';
import type { ContentSeed, ModulesSeed, ProductSeed } from './product-schema';

/** A product of a seed: what it says is in its drafts, and live where it was published. */
export function plantProduct(contents: Contents, account: string, seed: ProductSeed, now: number): void {
  const ground: Ground = { state: contents.single.ingestion, now };
  const { id, type, name, offerId, isModularPublishing, setup, reseller } = seed;
  const modular = isModularPublishing === undefined ? {} : { isModularPublishing };
  const product = makeProduct(ground, { account, type, name, offerId, id, ...modular });
  product.setup = { ...product.setup, ...setup };
  product.reseller = { ...product.reseller, ...reseller };
  product.packages = seed.packages.map((file) => {
    const row = makeRow(ground, file.type, { fileName: file.fileName, state: file.state });
    return { ...row, ...(file.id !== undefined && { id: file.id }) };
  });
  for (const plan of seed.plans) plantPlan(ground, product, plan);
  plantContent(ground, product, seed.content);
  if (seed.published) publish(ground, product, seed.published.releaseNumber);
  if (seed.draft) plantContent(ground, product, seed.draft);
  contents.products.set(product.id, product);
}

function plantPlan(ground: Ground, product: IngestionProduct, seed: ProductSeed['plans'][number]): void {
  const { id, subType, ...own } = seed;
  const type = 'AzureSkuVariant';
  const { defaults } = resourceType(type);
  const kind = subType ?? (product.type === 'AzureApplication' ? 'solution-template' : undefined);
  const members = { ...structuredClone(defaults), ...own, ...(kind !== undefined && { subType: kind }) };
  const variant = addVariant(ground, product, type, members);
  if (id === undefined) return;
  // The plan keeps the id that the seed has chosen, and so do its drafts.
  product.variants = product.variants.map((each) => (each === variant ? { ...each, id } : each));
  product.drafts = product.drafts.map((each) => (each.variant === variant.id ? { ...each, variant: id } : each));
}

function plantContent(ground: Ground, product: IngestionProduct, { plans, ...own }: ContentSeed): void {
  plantModules(ground, product, undefined, own);
  for (const [externalID, modules] of Object.entries(plans)) {
    const variant = product.variants.find(({ members }) => members['externalID'] === externalID);
    if (!variant) throw new Error(`The seed says something of the plan ${externalID}, which ${product.name} has not`);
    plantModules(ground, product, variant.id, modules);
  }
}

function plantModules(ground: Ground, product: IngestionProduct, variant: string | undefined, seed: ModulesSeed): void {
  const draftOf = (module: Module): Instance | undefined =>
    product.drafts.find((draft) => draft.module === module && draft.variant === variant);
  const merge = (module: Module, members: Members | undefined): void => {
    const row = draftOf(module)?.rows[0];
    if (row) Object.assign(row.members, structuredClone(members));
  };
  const listing = draftOf('Listing');
  if (listing && seed.listings) listing.rows = seed.listings.map((each) => plantListing(ground, each));
  merge('Property', seed.property);
  merge('Availability', seed.availability);
  merge('Package', seed.configuration);
  if (seed.packages) merge('Package', { packageReferences: seed.packages.map((file) => referenceTo(product, file)) });
  if (seed.markets) merge('Availability', { marketStates: enabled(draftOf('Availability')?.rows[0], seed.markets) });
}

function plantListing(ground: Ground, seed: NonNullable<ModulesSeed['listings']>[number]): Row {
  const { images, languageCode, ...members } = seed;
  const row = makeListing(ground, languageCode, '');
  Object.assign(row.members, members);
  row.images = images.map((image, order) => makeRow(ground, 'ListingImage', { ...image, state: 'Uploaded', order }));
  return row;
}

function referenceTo(product: IngestionProduct, fileName: string): { type: string; value: string } {
  const row = product.packages.find(({ members }) => members['fileName'] === fileName);
  if (!row) throw new Error(`The seed refers to the package ${fileName}, which ${product.name} has not`);
  return { type: row.type, value: row.id };
}

function enabled(row: Row | undefined, markets: readonly string[]): unknown {
  // As `makeProduct` made it.
  const states = (row?.members['marketStates'] ?? []) as { marketCode: string }[];
  return states.map(({ marketCode }) => ({
    marketCode,
    state: markets.includes(marketCode) ? 'Enabled' : 'Disabled',
  }));
}

/** The product as if a submission of all of its drafts had gone through. */
function publish(ground: Ground, product: IngestionProduct, releaseNumber: number): void {
  const frozen = product.drafts
    .filter(({ module }) => module !== 'Cosell' && module !== 'SupplementalContent')
    .map((draft) => freeze(ground, product, draft));
  const submission: ProductSubmission = {
    id: nextSubmissionId(ground.state),
    releaseNumber,
    created: ground.now,
    frozen,
    effective: frozen.map(({ id }) => id),
    variants: structuredClone(product.variants),
    substate: 'InStore',
    since: ground.now,
    duration: { preview: 0, live: 0 },
    validations: [],
    reports: [],
    previewed: ground.now,
    promoted: ground.now,
    published: ground.now,
  };
  product.submissions.push(submission);
  product.live = submission.id;
}
