import { mergePatch } from '../core/merge-patch';
import type { Services } from '../core/services';
import { resourceType } from '../ingestion/document/read-resource';
import { touch } from '../ingestion/etag';
import { groundOf } from '../ingestion/ground';
import type { IngestionProduct, Members, Module, ProductSubmission, Row } from '../ingestion/model';
import type { PersonEdit } from '../ingestion/person-edit';
import { addVariant, makeProduct } from '../ingestion/products/make-product';
import { beginSubmission, isFree } from '../ingestion/submissions/begin';
import { stateOf } from '../ingestion/submissions/render-submission';
import { promoteNow } from '../ingestion/submissions/submission-operations';
import { productNamed } from './product-named';
import { UnknownName } from './unknown-name';

type Edit<T extends PersonEdit['action']> = Extract<PersonEdit, { action: T }>;

/**
 * What a person does in Partner Center, where the API's rules do not hold: `edit…` and `setMarket` change drafts and give
 * them new etags, `addPlan` and `createProduct` make things, `submit` sends every draft to the preview, `publish` all the
 * way to the store, `goLive` presses the button that promotes, `cancel` takes back what is in progress.
 *
 * @param meant the product, where the edit names none
 * @returns the id of what was changed or made
 */
export function act(services: Services, edit: PersonEdit, meant = ''): string {
  if (edit.action === 'createProduct') return createProduct(services, edit);
  const product = productNamed(services, edit.product ?? meant);
  switch (edit.action) {
    case 'setMarket':
      return setMarket(services, product, edit);
    case 'addPlan':
      return addPlan(services, product, edit);
    case 'submit':
    case 'publish':
      return submitAll(services, product, edit.action === 'publish').id;
    case 'goLive':
      return goLive(services, product);
    case 'cancel':
      return cancel(product);
    default:
      return change(services, editedRow(product, edit), edit.change);
  }
}

type RowEdit = Edit<'editListing' | 'editProperty' | 'editAvailability' | 'editConfiguration'>;

function editedRow(product: IngestionProduct, edit: RowEdit): Row {
  switch (edit.action) {
    case 'editListing':
      return listingOf(product, edit);
    case 'editProperty':
      return rowOf(product, 'Property', undefined);
    case 'editAvailability':
      return rowOf(product, 'Availability', edit.plan);
    case 'editConfiguration':
      return rowOf(product, 'Package', edit.plan);
  }
}

function createProduct(services: Services, edit: Edit<'createProduct'>): string {
  const { action: _action, isModularPublishing, ...rest } = edit;
  const modular = isModularPublishing === undefined ? {} : { isModularPublishing };
  const product = makeProduct(groundOf(services), { ...rest, ...modular });
  services.world.products.set(product.id, product);
  return product.id;
}

function rowsOf(product: IngestionProduct, module: Module, plan: string | undefined): Row[] {
  const variant = product.variants.find(({ members }) => members['externalID'] === plan);
  if (plan !== undefined && !variant) throw new UnknownName(`${product.name} has no plan ${plan}`);
  return product.drafts.find((draft) => draft.module === module && draft.variant === variant?.id)?.rows ?? [];
}

function rowOf(product: IngestionProduct, module: Module, plan: string | undefined): Row {
  const [row] = rowsOf(product, module, plan);
  if (!row) throw new UnknownName(`${product.name} has nothing in ${module}`);
  return row;
}

function listingOf(product: IngestionProduct, { plan, language }: Edit<'editListing'>): Row {
  const row = rowsOf(product, 'Listing', plan).find(({ members }) => members['languageCode'] === language);
  if (!row) throw new UnknownName(`${product.name} has no listing in ${language}`);
  return row;
}

function change(services: Services, row: Row, patch: Members): string {
  // A patch on an object gives an object.
  row.members = mergePatch(row.members, patch) as Members;
  touch(services, row);
  return row.id;
}

function setMarket(services: Services, product: IngestionProduct, edit: Edit<'setMarket'>): string {
  const row = rowOf(product, 'Availability', edit.plan);
  // As `makeProduct` made it, or as its shape says.
  const before = (row.members['marketStates'] ?? []) as { marketCode: string; state: string }[];
  const others = before.filter(({ marketCode }) => marketCode !== edit.market);
  return change(services, row, { marketStates: [...others, { marketCode: edit.market, state: edit.state }] });
}

function addPlan(services: Services, product: IngestionProduct, edit: Edit<'addPlan'>): string {
  const { externalID, friendlyName, subType } = edit;
  const { defaults } = resourceType('AzureSkuVariant');
  const members = { ...structuredClone(defaults), friendlyName, externalID, ...(subType && { subType }) };
  return addVariant(groundOf(services), product, 'AzureSkuVariant', members).id;
}

function submitAll(services: Services, product: IngestionProduct, isAutoPromote: boolean): ProductSubmission {
  if (!isFree(product)) throw new UnknownName(`${product.name} has a submission in progress`);
  const isTestDrive = (variant: string | undefined): boolean => variant === 'testdrive';
  const instances = product.drafts.filter(
    ({ module, variant }) => module !== 'Cosell' && module !== 'SupplementalContent' && !isTestDrive(variant),
  );
  return beginSubmission(services, product, { instances, ...(isAutoPromote && { publishOption: { isAutoPromote } }) });
}

function goLive(services: Services, product: IngestionProduct): string {
  const last = product.submissions.at(-1);
  if (last?.substate !== 'ReadyToPublish') throw new UnknownName(`${product.name} has no preview to be promoted`);
  promoteNow(services, last);
  return last.id;
}

function cancel(product: IngestionProduct): string {
  const last = product.submissions.at(-1);
  if (!last || stateOf(last) !== 'InProgress') throw new UnknownName(`${product.name} has nothing in progress`);
  product.submissions.pop();
  return last.id;
}
