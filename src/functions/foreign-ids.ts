import type { HttpRequest } from '@azure/functions';
import { Problem } from './problem';

/** Ids of Partner Center that may stand in an address, by the name that the address has for them. */
type Forms = Readonly<Record<string, RegExp>>;

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const number = /^\d{1,32}$/;
/** What the service makes of it is not known: enough that it is one segment of a path. */
const anyId = /^[0-9A-Za-z][\w.-]{0,127}$/;

const storeForms = {
  applicationId: /^[0-9A-Za-z]{12}$/,
  flightId: guid,
  addOnId: /^[0-9A-Za-z]{12}$/,
  submissionId: number,
} as const;

const marketplaceForms = {
  productId: guid,
  module: /^(Listing|Property|Package|Availability|SupplementalContent|Cosell|ResellerConfiguration)$/i,
  instanceId: anyId,
  variantId: anyId,
  availabilityId: anyId,
  propertyId: anyId,
  listingId: anyId,
  fileId: anyId,
  configurationId: anyId,
  packageId: anyId,
  submissionId: number,
} as const;

const cloudPartnerForms = {
  publisherId: anyId,
  offerId: anyId,
  slot: /^(Draft|Preview|Production)$/i,
  version: number,
  /** Or the alias of one, as `contoso$contoso-linux$2$preview`. */
  operationId: /^[0-9A-Za-z][\w.$-]{0,299}$/,
} as const;

export type StoreIds = Readonly<Record<keyof typeof storeForms, string>>;
export type MarketplaceIds = Readonly<Record<keyof typeof marketplaceForms, string>>;
export type CloudPartnerIds = Readonly<Record<keyof typeof cloudPartnerForms, string>>;

/** The ids of an address below `/accounts/{account}/store`. @throws Problem as `idsOf` */
export function storeIds(request: HttpRequest): StoreIds {
  return idsOf(request, storeForms);
}

/** The ids of an address below `/accounts/{account}/marketplace`. @throws Problem as `idsOf` */
export function marketplaceIds(request: HttpRequest): MarketplaceIds {
  return idsOf(request, marketplaceForms);
}

/** The ids of an address below `/accounts/{account}/cloud-partner`. @throws Problem as `idsOf` */
export function cloudPartnerIds(request: HttpRequest): CloudPartnerIds {
  return idsOf(request, cloudPartnerForms);
}

/**
 * The ids of an address, each empty where the address has none.
 *
 * @throws Problem `product-not-found` for what can be no id: Partner Center need not be asked
 */
function idsOf<F extends Forms>({ params }: HttpRequest, forms: F): Readonly<Record<keyof F, string>> {
  const found = Object.entries(forms).map(([name, form]) => {
    const text = params[name] ?? '';
    if (text === '' || form.test(text)) return [name, text];
    throw new Problem('product-not-found', { detail: `"${text.slice(0, 60)}" is no ${name}.` });
  });
  // Every name of the forms is there.
  return Object.fromEntries(found) as Record<keyof F, string>;
}
