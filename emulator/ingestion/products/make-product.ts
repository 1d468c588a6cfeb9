import type { Ground } from '../ground';
import { nextEtag, nextGuid } from '../ids';
import { resourceType } from '../document/read-resource';
import type { IngestionProduct, Instance, Members, Module, Row, Variant } from '../model';
import { MARKETS } from './markets';
import { configurationOfProduct, configurationOfVariant, initialSetup } from './product-types';

/** What is said about a product that is to be. */
export interface NewProduct {
  readonly account: string;
  readonly type: string;
  readonly name: string;
  readonly offerId: string;
  readonly isModularPublishing?: boolean;
  /** Chosen by a seed; the service chooses otherwise. */
  readonly id?: string;
}

/** A row with a fresh id and etag. */
export function makeRow(ground: Ground, type: string, members: Members): Row {
  return { id: nextGuid(ground.state), type, members, etag: nextEtag(ground.state, ground.now) };
}

/** A new product with a draft of every module (B-R5). */
export function makeProduct(ground: Ground, what: NewProduct): IngestionProduct {
  const { account, type, name, offerId, isModularPublishing, id } = what;
  const product: IngestionProduct = {
    id: id ?? nextGuid(ground.state),
    account,
    type,
    created: ground.now,
    name,
    externalIDs: [{ type: 'AzureOfferId', value: offerId }],
    ...(isModularPublishing !== undefined && { isModularPublishing }),
    setup: initialSetup(type),
    reseller: { resellerChannelState: 'Enabled', tenantIds: [] },
    variants: [],
    drafts: [],
    packages: [],
    submissions: [],
  };
  const configuration = configurationOfProduct(type);
  const add = (module: Module, rows: Row[]): void => void product.drafts.push(draft(ground, module, rows));
  add('Listing', [makeListing(ground, 'en-us', name)]);
  add('Property', [makeRow(ground, 'AzureProperty', {})]);
  add('Package', configuration === undefined ? [] : [makeWithDefaults(ground, configuration)]);
  add('Availability', [makeRow(ground, 'ProductAvailability', { visibility: 'Public' })]);
  add('SupplementalContent', [makeWithDefaults(ground, 'SupplementalContent')]);
  add('Cosell', [makeWithDefaults(ground, 'CosellListing')]);
  add('ResellerConfiguration', []);
  return product;
}

/** Adds a plan or a test drive, with the drafts of its modules (B-R5). */
export function addVariant(ground: Ground, product: IngestionProduct, type: string, members: Members): Variant {
  const isTestDrive = type === 'AzureTestDriveVariant';
  const row = makeRow(ground, type, members);
  const variant: Variant = { ...row, ...(isTestDrive && { id: 'testdrive' }), created: ground.now };
  product.variants.push(variant);
  const configuration = configurationOfVariant(product.type, variant);
  const add = (module: Module, rows: Row[]): void => void product.drafts.push(draft(ground, module, rows, variant.id));
  const { friendlyName } = members;
  add('Listing', [makeListing(ground, 'en-us', typeof friendlyName === 'string' ? friendlyName : '')]);
  add('Package', configuration === undefined ? [] : [makeWithDefaults(ground, configuration)]);
  if (!isTestDrive) add('Availability', [makeFeatureAvailability(ground)]);
  return variant;
}

/** *Observed*: what the listing of a new product, plan or language says. */
export function makeListing(ground: Ground, languageCode: string, title: string): Row {
  const members = {
    listingUris: [],
    listingContacts: [],
    gettingStartedInstructions: '',
    languageCode,
    title,
    keywords: [],
  };
  return { ...makeRow(ground, 'AzureListing', members), images: [], assets: [], videos: [] };
}

/** *Observed*: all markets are disabled at first. */
function makeFeatureAvailability(ground: Ground): Row {
  const marketStates = MARKETS.map((marketCode) => ({ marketCode, state: 'Disabled' }));
  return makeRow(ground, 'FeatureAvailability', { visibility: 'Public', marketStates });
}

/** *Observed*: references are empty while there is no package. */
function makeWithDefaults(ground: Ground, type: string): Row {
  return makeRow(ground, type, { ...structuredClone(resourceType(type).defaults ?? {}) });
}

function draft(ground: Ground, module: Module, rows: Row[], variant?: string): Instance {
  return {
    id: nextGuid(ground.state),
    module,
    ...(variant !== undefined && { variant }),
    created: ground.now,
    rows,
  };
}
