import type { Answer, Call } from '../http';
import { instancePath, productPath, withOptions, type InstanceAddress } from './addresses';
import { FeatureAvailability, ProductAvailability, type FeatureExpand } from './availability-schema';
import { IngestionOperation } from './operations';
import type { ListCall } from './pages';
import type { ConditionalCall, IngestionRequests } from './requests';
import type { Draft } from './resource-schema';

/** An availability, of a product or of a plan. */
export interface AvailabilityAddress {
  readonly productId: string;
  readonly availabilityId: string;
}

/** What is shown besides. */
export interface FeatureOptions {
  /** All there is unless told otherwise. */
  readonly expand?: readonly FeatureExpand[];
}

const everything: readonly FeatureExpand[] = ['MarketStates', 'Trial', 'PriceSchedules'];

/** Who sees a product's preview, and what its plans cost where: B8–B11, B30 and B31. */
export interface AvailabilityMethods {
  /** B8, GET /products/{p}/productavailabilities. A read. */
  listProductAvailabilities(productId: string, call: ListCall): AsyncGenerator<ProductAvailability>;

  /**
   * B9, POST /products/{p}/productavailabilities. Not repeatable: after an unclear answer list them.
   * Unverified: what it is for, since a product comes with one.
   */
  createProductAvailability(
    productId: string,
    availability: Draft<ProductAvailability>,
    call: Call,
  ): Promise<Answer<ProductAvailability>>;

  /** B10, GET /products/{p}/productavailabilities/{id}. A read. */
  getProductAvailability(address: AvailabilityAddress, call: Call): Promise<Answer<ProductAvailability>>;

  /** B10, PUT /products/{p}/productavailabilities/{id}. Replaces; safe to repeat, conflicts as in `IngestionClient`. */
  updateProductAvailability(
    address: AvailabilityAddress,
    availability: Draft<ProductAvailability>,
    call: ConditionalCall,
  ): Promise<Answer<ProductAvailability>>;

  /** B11, GET /products/{p}/productAvailabilities/getByInstanceID(instanceID={i}). A read, of one row as a rule. */
  listProductAvailabilitiesOfInstance(instance: InstanceAddress, call: ListCall): AsyncGenerator<ProductAvailability>;

  /**
   * B30, GET /products/{p}/featureAvailabilities/getByInstanceID(instanceID={i}). A read, of one row as a rule, with
   * markets, trial and prices unless told otherwise.
   */
  listFeatureAvailabilitiesOfInstance(
    instance: InstanceAddress,
    call: ListCall,
    options?: FeatureOptions,
  ): AsyncGenerator<FeatureAvailability>;

  /** B31, GET /products/{p}/featureavailabilities/{id}. A read, as B30. */
  getFeatureAvailability(
    address: AvailabilityAddress,
    call: Call,
    options?: FeatureOptions,
  ): Promise<Answer<FeatureAvailability>>;

  /**
   * B31, PUT /products/{p}/featureavailabilities/{id}. Replaces; safe to repeat, conflicts as in `IngestionClient`.
   * What is written must have been read with everything shown. A managed application needs at least one market that is
   * `Enabled`; all are `Disabled` in a new one. Unverified: what leaving members out does.
   */
  updateFeatureAvailability(
    address: AvailabilityAddress,
    availability: Draft<FeatureAvailability>,
    call: ConditionalCall,
    options?: FeatureOptions,
  ): Promise<Answer<FeatureAvailability>>;
}

export function availabilityMethods(requests: IngestionRequests): AvailabilityMethods {
  return { ...ofProducts(requests), ...ofPlans(requests) };
}

function ofProducts(
  requests: IngestionRequests,
): Pick<AvailabilityMethods, Extract<keyof AvailabilityMethods, `${string}ProductAvailabilit${string}`>> {
  const schema = ProductAvailability;
  const row = { resourceType: 'ProductAvailability' };
  const listPath = (productId: string) => productPath(productId, 'productavailabilities');
  const pathOf = ({ productId, availabilityId }: AvailabilityAddress) =>
    productPath(productId, 'productavailabilities', availabilityId);
  return {
    listProductAvailabilities: (productId, call) => {
      const path = listPath(productId);
      return requests.list({ schema, operation: IngestionOperation.listProductAvailabilities, path }, call);
    },
    createProductAvailability: (productId, draft, call) => {
      const [path, body] = [listPath(productId), { ...row, ...draft }];
      return requests.post({ schema, operation: IngestionOperation.createProductAvailability, path, body }, call);
    },
    getProductAvailability: (address, call) => {
      const path = pathOf(address);
      return requests.read({ schema, operation: IngestionOperation.getProductAvailability, path }, call);
    },
    updateProductAvailability: (address, draft, call) => {
      const [path, body] = [pathOf(address), { ...row, ...draft }];
      return requests.put({ schema, operation: IngestionOperation.updateProductAvailability, path, body }, call);
    },
    listProductAvailabilitiesOfInstance: (instance, call) => {
      const path = instancePath(instance, 'productAvailabilities');
      return requests.list({ schema, operation: IngestionOperation.listProductAvailabilitiesOfInstance, path }, call);
    },
  };
}

function ofPlans(
  requests: IngestionRequests,
): Pick<AvailabilityMethods, Extract<keyof AvailabilityMethods, `${string}FeatureAvailabilit${string}`>> {
  const schema = FeatureAvailability;
  const shown = (path: string, { expand = everything }: FeatureOptions = {}) =>
    withOptions(path, { expand: expand.join(',') });
  const pathOf = ({ productId, availabilityId }: AvailabilityAddress) =>
    productPath(productId, 'featureavailabilities', availabilityId);
  return {
    listFeatureAvailabilitiesOfInstance: (instance, call, options) => {
      const path = shown(instancePath(instance, 'featureAvailabilities'), options);
      return requests.list({ schema, operation: IngestionOperation.listFeatureAvailabilitiesOfInstance, path }, call);
    },
    getFeatureAvailability: (address, call, options) => {
      const path = shown(pathOf(address), options);
      return requests.read({ schema, operation: IngestionOperation.getFeatureAvailability, path }, call);
    },
    updateFeatureAvailability: (address, draft, call, options) => {
      const [path, body] = [shown(pathOf(address), options), { resourceType: 'FeatureAvailability', ...draft }];
      return requests.put({ schema, operation: IngestionOperation.updateFeatureAvailability, path, body }, call);
    },
  };
}
