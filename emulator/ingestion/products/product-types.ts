import type { Members, Variant } from '../model';

/** *Documented*, but for `SoftwareAsAService`, which newer copies of the OpenAPI document have. */
export const PRODUCT_TYPES = [
  'AzureApplication',
  'AzureThirdPartyVirtualMachine',
  'AzureContainer',
  'AzureDeveloperService',
  'AzureVisualStudioExtension',
  'AzureDynamics365ForCustomerEngagement',
  'AzureDynamics365ForOperations',
  'AzureDynamics365BusinessCentral',
  'SoftwareAsAService',
] as const;

const OF_PRODUCT: Readonly<Record<string, string>> = {
  AzureApplication: 'AzureApplicationPackageConfiguration',
  SoftwareAsAService: 'AzureSoftwareAsAServicePackageConfiguration',
  AzureDynamics365BusinessCentral: 'Dynamics365BusinessCentralPackageConfiguration',
  AzureDynamics365ForCustomerEngagement: 'Dynamics365CustomerEngagementPackageConfiguration',
  AzureDynamics365ForOperations: 'Dynamics365OperationsPackageConfiguration',
};

const OF_TEST_DRIVE: Readonly<Record<string, string>> = {
  AzureDynamics365BusinessCentral: 'Dynamics365BusinessCentralTestDrivePackageConfiguration',
  AzureDynamics365ForCustomerEngagement: 'Dynamics365CustomerEngagementTestDrivePackageConfiguration',
  AzureDynamics365ForOperations: 'Dynamics365OperationsTestDrivePackageConfiguration',
};

/** The type of the configuration of a product; absent: it has none. */
export function configurationOfProduct(type: string): string | undefined {
  return OF_PRODUCT[type];
}

/** The type of the configuration of a plan; absent: it has none. *Assumed* for types other than applications. */
export function configurationOfVariant(type: string, variant: Variant): string | undefined {
  if (variant.type === 'AzureTestDriveVariant') {
    return OF_TEST_DRIVE[type] ?? 'AzureResourceManagerTestDrivePackageConfiguration';
  }
  if (type !== 'AzureApplication') return undefined;
  return variant.members['subType'] === 'managed-application'
    ? 'AzureManagedApplicationPackageConfiguration'
    : 'AzureSolutionTemplatePackageConfiguration';
}

/** The setup of a new product. *Observed*: resellers are off for virtual machines, on for others. */
export function initialSetup(type: string): Members {
  const reseller = type === 'AzureThirdPartyVirtualMachine' ? 'Disabled' : 'Enabled';
  return {
    sellingOption: 'ListAndSell',
    trialUri: '',
    enableTestDrive: false,
    channelStates: [{ type: 'Reseller', value: reseller }],
  };
}
