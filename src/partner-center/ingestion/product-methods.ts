import type { Answer, Call } from '../http';
import { modulePath, productPath, quoted, withOptions } from './addresses';
import type { Module, ProductType } from './enums';
import { IngestionOperation } from './operations';
import type { ListCall } from './pages';
import { Branch, Product, Setup, type NewProduct } from './product-schema';
import type { IngestionRequests } from './requests';
import type { Draft } from './resource-schema';

/** Which products are listed: of some kinds, or with an external id, e.g. `{type: 'AzureOfferId', value: 'my-offer'}`. */
export type ProductFilter =
  | { readonly resourceTypes?: readonly ProductType[] }
  | { readonly externalId: { readonly type: string; readonly value: string } };

/** Products, how they are sold, and where their drafts are: B1–B7. */
export interface ProductMethods {
  /**
   * B1, GET /products. A read, of all products of the account that the filter lets through.
   * Each filter alone is recorded; whether both may be joined is not, so they cannot be.
   */
  listProducts(call: ListCall, filter?: ProductFilter): AsyncGenerator<Product>;

  /**
   * B2, POST /products. 201 with the product and its address in `location`. Not repeatable: after an unclear answer list
   * the products by the external id. `product-exists`: the account has an offer of this id.
   * Unverified: with which status and words a taken id is refused. Branches show up later: see `listBranches`.
   */
  createProduct(product: NewProduct, call: Call): Promise<Answer<Product>>;

  /** B3, GET /products/{p}. A read. */
  getProduct(productId: string, call: Call): Promise<Answer<Product>>;

  /** B4, DELETE /products/{p}. 204. Not repeatable, though a second one does no harm but 404. Unverified: only what was never published can be deleted. */
  deleteProduct(productId: string, call: Call): Promise<Answer<unknown>>;

  /** B5, GET /products/{p}/setup. A read. A new product has one too, with the service's defaults. */
  getSetup(productId: string, call: Call): Promise<Answer<Setup>>;

  /**
   * B6, POST /products/{p}/setup. Merges into the setup that is there and answers the result, with 200 (the OpenAPI
   * document says 201). A POST, sent once: after an unclear answer read the setup. A test drive is refused for virtual
   * machines (`invalid-document`).
   */
  updateSetup(productId: string, setup: Draft<Setup>, call: Call): Promise<Answer<Setup>>;

  /**
   * B7, GET /products/{p}/branches/getByModule(module={M}). A read: the row without `variantID` is the product's, those
   * with one are its variants'. In no order, and late: the list may be empty or lack a variant right after something was
   * made. This call answers what is there; the caller asks again.
   */
  listBranches(productId: string, module: Module, call: ListCall): AsyncGenerator<Branch>;
}

export function productMethods(requests: IngestionRequests): ProductMethods {
  const product = { schema: Product } as const;
  const setup = { schema: Setup } as const;
  return {
    listProducts: (call, filter = {}) => {
      const path = withOptions('products', { filter: filterOf(filter) });
      return requests.list({ ...product, operation: IngestionOperation.listProducts, path }, call);
    },
    createProduct: (body, call) =>
      requests.post({ ...product, operation: IngestionOperation.createProduct, path: 'products', body }, call),
    getProduct: (productId, call) =>
      requests.read({ ...product, operation: IngestionOperation.getProduct, path: productPath(productId) }, call),
    deleteProduct: (productId, call) =>
      requests.delete({ operation: IngestionOperation.deleteProduct, path: productPath(productId) }, call),
    getSetup: (productId, call) =>
      requests.read({ ...setup, operation: IngestionOperation.getSetup, path: productPath(productId, 'setup') }, call),
    updateSetup: (productId, draft, call) => {
      const body = { resourceType: 'AzureProductSetup', ...draft };
      const path = productPath(productId, 'setup');
      return requests.post({ ...setup, operation: IngestionOperation.updateSetup, path, body }, call);
    },
    listBranches: (productId, module, call) => {
      const path = modulePath(productId, module);
      return requests.list({ schema: Branch, operation: IngestionOperation.listBranches, path }, call);
    },
  };
}

function filterOf(filter: ProductFilter): string {
  if (!('externalId' in filter))
    return (filter.resourceTypes ?? []).map((type) => `ResourceType eq ${quoted(type)}`).join(' or ');
  const { type, value } = filter.externalId;
  return `ExternalIDs/Any(i:i/Type eq ${quoted(type)} and i/Value eq ${quoted(value)})`;
}
