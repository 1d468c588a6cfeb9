import type { Answer, Call } from '../http';
import { instancePath, productPath, type InstanceAddress } from './addresses';
import { IngestionOperation } from './operations';
import type { ListCall } from './pages';
import { PackageConfiguration } from './package-configuration-schema';
import { Package, type NewPackage } from './package-schema';
import type { ConditionalCall, IngestionRequests, PossiblyConditionalCall } from './requests';
import type { Draft } from './resource-schema';

export interface PackageAddress {
  readonly productId: string;
  readonly packageId: string;
}

export interface PackageConfigurationAddress {
  readonly productId: string;
  readonly configurationId: string;
}

/** Packages, and how they are deployed: B24–B27. */
export interface PackageMethods {
  /** B24, GET /products/{p}/packageconfigurations/{id}. A read. */
  getPackageConfiguration(address: PackageConfigurationAddress, call: Call): Promise<Answer<PackageConfiguration>>;

  /**
   * B24, PUT /products/{p}/packageconfigurations/{id}. The complete object; safe to repeat, conflicts as in
   * `IngestionClient`. An id that is no GUID is refused ("Enter a valid GUID", `invalid-document`).
   */
  updatePackageConfiguration(
    address: PackageConfigurationAddress,
    configuration: Draft<PackageConfiguration>,
    call: ConditionalCall,
  ): Promise<Answer<PackageConfiguration>>;

  /**
   * B25, GET /products/{p}/packageConfigurations/getByInstanceID(instanceID={i}). A read, of exactly one row for a plan
   * of an application and for Dynamics 365 Business Central.
   */
  listPackageConfigurationsOfInstance(instance: InstanceAddress, call: ListCall): AsyncGenerator<PackageConfiguration>;

  /** B26, GET /products/{p}/packages. A read. Old ones have an empty `resourceType`. */
  listPackages(productId: string, call: ListCall): AsyncGenerator<Package>;

  /**
   * B26, POST /products/{p}/packages. 201 with `fileSasUri`, where the bytes go. Not repeatable: after an unclear answer
   * list the packages; one that is left over does no harm.
   */
  createPackage(productId: string, newPackage: NewPackage, call: Call): Promise<Answer<Package>>;

  /** B27, GET /products/{p}/packages/{id}. A read: `state` becomes `Processed` or `ProcessFailed`, with `validationItems`. */
  getPackage(address: PackageAddress, call: Call): Promise<Answer<Package>>;

  /**
   * B27, PUT /products/{p}/packages/{id}. With `state: 'Uploaded'`, after the bytes are there: processing begins, and may
   * be over in the answer. Replaces, safe to repeat. The API does not ask for `If-Match` here, and obeys it.
   * All known clients send `fileSasUri` back as it was answered, so does this one if the document has it.
   */
  updatePackage(
    address: PackageAddress,
    document: Draft<Package>,
    call: PossiblyConditionalCall,
  ): Promise<Answer<Package>>;

  /** B27, DELETE /products/{p}/packages/{id}. 204. Not repeatable, though a second one does no harm but 404. */
  deletePackage(address: PackageAddress, call: Call): Promise<Answer<unknown>>;
}

export function packageMethods(requests: IngestionRequests): PackageMethods {
  return { ...ofConfigurations(requests), ...ofPackages(requests) };
}

function ofConfigurations(
  requests: IngestionRequests,
): Pick<PackageMethods, Extract<keyof PackageMethods, `${string}PackageConfiguration${string}`>> {
  const schema = PackageConfiguration;
  const pathOf = ({ productId, configurationId }: PackageConfigurationAddress) =>
    productPath(productId, 'packageconfigurations', configurationId);
  return {
    getPackageConfiguration: (address, call) =>
      requests.read({ schema, operation: IngestionOperation.getPackageConfiguration, path: pathOf(address) }, call),
    updatePackageConfiguration: (address, body, call) => {
      const path = pathOf(address);
      return requests.put({ schema, operation: IngestionOperation.updatePackageConfiguration, path, body }, call);
    },
    listPackageConfigurationsOfInstance: (instance, call) => {
      const path = instancePath(instance, 'packageConfigurations');
      return requests.list({ schema, operation: IngestionOperation.listPackageConfigurationsOfInstance, path }, call);
    },
  };
}

function ofPackages(
  requests: IngestionRequests,
): Pick<PackageMethods, 'listPackages' | 'createPackage' | 'getPackage' | 'updatePackage' | 'deletePackage'> {
  const schema = Package;
  const pathOf = ({ productId, packageId }: PackageAddress) => productPath(productId, 'packages', packageId);
  return {
    listPackages: (productId, call) => {
      const path = productPath(productId, 'packages');
      return requests.list({ schema, operation: IngestionOperation.listPackages, path }, call);
    },
    createPackage: (productId, body, call) => {
      const path = productPath(productId, 'packages');
      return requests.post({ schema, operation: IngestionOperation.createPackage, path, body }, call);
    },
    getPackage: (address, call) =>
      requests.read({ schema, operation: IngestionOperation.getPackage, path: pathOf(address) }, call),
    updatePackage: (address, body, call) =>
      requests.put({ schema, operation: IngestionOperation.updatePackage, path: pathOf(address), body }, call),
    deletePackage: (address, call) =>
      requests.delete({ operation: IngestionOperation.deletePackage, path: pathOf(address) }, call),
  };
}
