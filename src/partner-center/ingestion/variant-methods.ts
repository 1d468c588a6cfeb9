import type { Answer, Call } from '../http';
import { productPath } from './addresses';
import { IngestionOperation } from './operations';
import type { ListCall } from './pages';
import type { IngestionRequests, PossiblyConditionalCall } from './requests';
import type { Draft } from './resource-schema';
import { Variant } from './variant-schema';

export interface VariantAddress {
  readonly productId: string;
  readonly variantId: string;
}

/** Plans, and the test drive: B28 and B29. */
export interface VariantMethods {
  /** B28, GET /products/{p}/variants. A read. */
  listVariants(productId: string, call: ListCall): AsyncGenerator<Variant>;

  /**
   * B28, POST /products/{p}/variants. 201 with what the service adds, ETag and address. Not repeatable: after an unclear
   * answer list them and look for `externalID`. May fail in passing right after the product was made; its branches show
   * up later. Unverified: how a taken `externalID` is refused.
   */
  createVariant(productId: string, variant: Draft<Variant>, call: Call): Promise<Answer<Variant>>;

  /** B29, GET /products/{p}/variants/{v}. A read. */
  getVariant(address: VariantAddress, call: Call): Promise<Answer<Variant>>;

  /** B29, PUT /products/{p}/variants/{v}. Replaces, safe to repeat. The API does not ask for `If-Match` here. */
  updateVariant(
    address: VariantAddress,
    variant: Draft<Variant>,
    call: PossiblyConditionalCall,
  ): Promise<Answer<Variant>>;

  /** B29, DELETE /products/{p}/variants/{v}. 204. Not repeatable, though a second one does no harm but 404. */
  deleteVariant(address: VariantAddress, call: Call): Promise<Answer<unknown>>;
}

export function variantMethods(requests: IngestionRequests): VariantMethods {
  const schema = Variant;
  const pathOf = ({ productId, variantId }: VariantAddress) => productPath(productId, 'variants', variantId);
  return {
    listVariants: (productId, call) => {
      const path = productPath(productId, 'variants');
      return requests.list({ schema, operation: IngestionOperation.listVariants, path }, call);
    },
    createVariant: (productId, body, call) => {
      const path = productPath(productId, 'variants');
      return requests.post({ schema, operation: IngestionOperation.createVariant, path, body }, call);
    },
    getVariant: (address, call) =>
      requests.read({ schema, operation: IngestionOperation.getVariant, path: pathOf(address) }, call),
    updateVariant: (address, body, call) =>
      requests.put({ schema, operation: IngestionOperation.updateVariant, path: pathOf(address), body }, call),
    deleteVariant: (address, call) =>
      requests.delete({ operation: IngestionOperation.deleteVariant, path: pathOf(address) }, call),
  };
}
