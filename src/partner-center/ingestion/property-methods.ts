import type { Answer, Call } from '../http';
import { instancePath, productPath, type InstanceAddress } from './addresses';
import { IngestionOperation } from './operations';
import type { ListCall } from './pages';
import { Property } from './property-schema';
import type { ConditionalCall, IngestionRequests } from './requests';
import type { Draft } from './resource-schema';

export interface PropertyAddress {
  readonly productId: string;
  readonly propertyId: string;
}

/** Categories and legal terms: B12–B14. */
export interface PropertyMethods {
  /** B12, GET /products/{p}/properties. A read. */
  listProperties(productId: string, call: ListCall): AsyncGenerator<Property>;

  /**
   * B12, POST /products/{p}/properties. Not repeatable: after an unclear answer list them. Unverified: what it is for,
   * since a product comes with one; and whether it answers 200 or 201.
   */
  createProperty(productId: string, property: Draft<Property>, call: Call): Promise<Answer<Property>>;

  /** B13, GET /products/{p}/properties/{id}. A read. */
  getProperty(address: PropertyAddress, call: Call): Promise<Answer<Property>>;

  /**
   * B13, PUT /products/{p}/properties/{id}. Replaces; safe to repeat, conflicts as in `IngestionClient`. Microsoft's own
   * client writes a fresh GUID into `submissionVersion` each time. Unverified: whether the service needs that.
   */
  updateProperty(address: PropertyAddress, property: Draft<Property>, call: ConditionalCall): Promise<Answer<Property>>;

  /** B14, GET /products/{p}/properties/getByInstanceID(instanceID={i}). A read, of exactly one row. */
  listPropertiesOfInstance(instance: InstanceAddress, call: ListCall): AsyncGenerator<Property>;
}

export function propertyMethods(requests: IngestionRequests): PropertyMethods {
  const schema = Property;
  const row = { resourceType: 'AzureProperty' };
  const pathOf = ({ productId, propertyId }: PropertyAddress) => productPath(productId, 'properties', propertyId);
  return {
    listProperties: (productId, call) => {
      const path = productPath(productId, 'properties');
      return requests.list({ schema, operation: IngestionOperation.listProperties, path }, call);
    },
    createProperty: (productId, draft, call) => {
      const [path, body] = [productPath(productId, 'properties'), { ...row, ...draft }];
      return requests.post({ schema, operation: IngestionOperation.createProperty, path, body }, call);
    },
    getProperty: (address, call) =>
      requests.read({ schema, operation: IngestionOperation.getProperty, path: pathOf(address) }, call),
    updateProperty: (address, draft, call) => {
      const [path, body] = [pathOf(address), { ...row, ...draft }];
      return requests.put({ schema, operation: IngestionOperation.updateProperty, path, body }, call);
    },
    listPropertiesOfInstance: (instance, call) => {
      const path = instancePath(instance, 'properties');
      return requests.list({ schema, operation: IngestionOperation.listPropertiesOfInstance, path }, call);
    },
  };
}
