import type { Answer, Call } from '../http';
import { instancePath, productPath, type InstanceAddress } from './addresses';
import { CosellAsset, CosellListing } from './cosell-schema';
import { IngestionOperation } from './operations';
import type { ListCall } from './pages';
import type { IngestionRequests, PossiblyConditionalCall } from './requests';
import type { Draft } from './resource-schema';

export interface CosellAssetAddress {
  readonly productId: string;
  readonly assetId: string;
}

/** What Microsoft's sellers are told: B44–B48. Known from the OpenAPI document alone. */
export interface CosellMethods {
  /** B44, GET /products/{p}/cosellAssets. A read. */
  listCosellAssets(productId: string, call: ListCall): AsyncGenerator<CosellAsset>;

  /** B44, POST /products/{p}/cosellAssets. Answers 200 by the OpenAPI document. Not repeatable: after an unclear answer list them. */
  createCosellAsset(productId: string, asset: Draft<CosellAsset>, call: Call): Promise<Answer<CosellAsset>>;

  /** B45, GET /products/{p}/cosellAssets/getByInstanceID(instanceID={i}). A read. */
  listCosellAssetsOfInstance(instance: InstanceAddress, call: ListCall): AsyncGenerator<CosellAsset>;

  /** B46, GET /products/{p}/cosellAssets/{id}. A read. */
  getCosellAsset(address: CosellAssetAddress, call: Call): Promise<Answer<CosellAsset>>;

  /** B46, PUT /products/{p}/cosellAssets/{id}. Replaces, safe to repeat. The API does not ask for `If-Match` here. */
  updateCosellAsset(
    address: CosellAssetAddress,
    asset: Draft<CosellAsset>,
    call: PossiblyConditionalCall,
  ): Promise<Answer<CosellAsset>>;

  /** B46, DELETE /products/{p}/cosellAssets/{id}. 204. Not repeatable, though a second one does no harm but 404. */
  deleteCosellAsset(address: CosellAssetAddress, call: Call): Promise<Answer<unknown>>;

  /** B47, GET /products/{p}/cosellListing/{i}. A read. */
  getCosellListing(instance: InstanceAddress, call: Call): Promise<Answer<CosellListing>>;

  /** B47, PUT /products/{p}/cosellListing/{i}. Replaces, safe to repeat. The API does not ask for `If-Match` here. */
  updateCosellListing(
    instance: InstanceAddress,
    listing: Draft<CosellListing>,
    call: PossiblyConditionalCall,
  ): Promise<Answer<CosellListing>>;

  /** B48, GET /products/{p}/cosellListing/getByInstanceID(instanceID={i}). A read. */
  listCosellListingsOfInstance(instance: InstanceAddress, call: ListCall): AsyncGenerator<CosellListing>;
}

export function cosellMethods(requests: IngestionRequests): CosellMethods {
  return { ...ofAssets(requests), ...ofListings(requests) };
}

function ofAssets(
  requests: IngestionRequests,
): Pick<CosellMethods, Extract<keyof CosellMethods, `${string}CosellAsset${string}`>> {
  const schema = CosellAsset;
  const row = { resourceType: 'CosellAsset' };
  const pathOf = ({ productId, assetId }: CosellAssetAddress) => productPath(productId, 'cosellAssets', assetId);
  return {
    listCosellAssets: (productId, call) => {
      const path = productPath(productId, 'cosellAssets');
      return requests.list({ schema, operation: IngestionOperation.listCosellAssets, path }, call);
    },
    createCosellAsset: (productId, draft, call) => {
      const [path, body] = [productPath(productId, 'cosellAssets'), { ...row, ...draft }];
      return requests.post({ schema, operation: IngestionOperation.createCosellAsset, path, body }, call);
    },
    listCosellAssetsOfInstance: (instance, call) => {
      const path = instancePath(instance, 'cosellAssets');
      return requests.list({ schema, operation: IngestionOperation.listCosellAssetsOfInstance, path }, call);
    },
    getCosellAsset: (address, call) =>
      requests.read({ schema, operation: IngestionOperation.getCosellAsset, path: pathOf(address) }, call),
    updateCosellAsset: (address, draft, call) => {
      const [path, body] = [pathOf(address), { ...row, ...draft }];
      return requests.put({ schema, operation: IngestionOperation.updateCosellAsset, path, body }, call);
    },
    deleteCosellAsset: (address, call) =>
      requests.delete({ operation: IngestionOperation.deleteCosellAsset, path: pathOf(address) }, call),
  };
}

function ofListings(
  requests: IngestionRequests,
): Pick<CosellMethods, Extract<keyof CosellMethods, `${string}CosellListing${string}`>> {
  const schema = CosellListing;
  const pathOf = ({ productId, instanceId }: InstanceAddress) => productPath(productId, 'cosellListing', instanceId);
  return {
    getCosellListing: (instance, call) =>
      requests.read({ schema, operation: IngestionOperation.getCosellListing, path: pathOf(instance) }, call),
    updateCosellListing: (instance, draft, call) => {
      const [path, body] = [pathOf(instance), { resourceType: 'CosellListing', ...draft }];
      return requests.put({ schema, operation: IngestionOperation.updateCosellListing, path, body }, call);
    },
    listCosellListingsOfInstance: (instance, call) => {
      const path = instancePath(instance, 'cosellListing');
      return requests.list({ schema, operation: IngestionOperation.listCosellListingsOfInstance, path }, call);
    },
  };
}
