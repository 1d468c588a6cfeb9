import { flag, guid, list, number, pairs, text, texts } from './kinds';
import type { ResourceType } from './resource-type';
import type { Shape } from './shape';

const authorizations = list({ principalID: 'guid', roleDefinitionID: 'guid' });

const testDrive: Shape = {
  azureActiveDirectoryApplicationID: guid,
  azureActiveDirectoryApplicationKey: text,
  azureActiveDirectoryTenantID: guid,
  testDriveDuration: number,
};
const dynamicsTestDrive: Shape = {
  ...testDrive,
  azureActiveDirectoryTenantName: text,
  maxConcurrentTestDrives: number,
  instanceUri: text,
};

/** What a `Package` module says besides the packages themselves. */
export const CONFIGURATION_TYPES: Readonly<Record<string, ResourceType>> = {
  AzureSolutionTemplatePackageConfiguration: {
    defaults: { packageReferences: [] },
    shape: { version: text, packageReferences: pairs },
  },
  AzureManagedApplicationPackageConfiguration: {
    defaults: { packageReferences: [] },
    shape: {
      version: text,
      allowJitAccess: flag,
      canEnableCustomerActions: 'looseFlag',
      allowedCustomerActions: texts,
      allowedDataActions: texts,
      deploymentMode: ['Incremental', 'Complete'],
      // *Observed*, though not in the OpenAPI document.
      publisherManagementMode: text,
      customerAccessEnableState: text,
      publicAzureTenantID: guid,
      publicAzureAuthorizations: authorizations,
      azureGovernmentTenantID: guid,
      azureGovernmentAuthorizations: authorizations,
      policies: list({ policyName: text, policyDefinitionID: text, policyParameters: text, policySku: text }),
      packageReferences: pairs,
    },
  },
  AzureApplicationPackageConfiguration: {
    shape: { azureActiveDirectoryTenantID: guid, azureActiveDirectoryApplicationID: guid },
  },
  // *Observed* in a client only.
  AzureSoftwareAsAServicePackageConfiguration: {
    shape: {
      landingPageUri: text,
      connectionWebhook: text,
      azureActiveDirectoryTenantID: guid,
      azureActiveDirectoryApplicationID: guid,
    },
  },
  Dynamics365BusinessCentralPackageConfiguration: {
    defaults: { packageReferences: [] },
    shape: { packageType: ['AddOn', 'Connect'], applicationInstallationUri: text, packageReferences: pairs },
  },
  Dynamics365CustomerEngagementPackageConfiguration: {
    shape: {
      baseLicenseModel: ['Resource', 'User'],
      requireS2SOutboundAndCrmSecureStoreAccess: flag,
      applicationConfigurationUri: text,
      packageLocationUri: text,
      multiplePackagesInPackageFile: flag,
      packageRegionAvailabilities: list({ region: text, isAvailable: flag, applicationConfigurationUri: text }),
    },
  },
  Dynamics365OperationsPackageConfiguration: { shape: { releaseVersion: text, solutionIdentifier: text } },
  AzureResourceManagerTestDrivePackageConfiguration: {
    defaults: { regions: [] },
    shape: {
      ...testDrive,
      regions: texts,
      hotInstances: number,
      warmInstances: number,
      coldInstances: number,
      azureSubscriptionID: guid,
    },
  },
  Dynamics365BusinessCentralTestDrivePackageConfiguration: { shape: { ...dynamicsTestDrive, roleName: text } },
  Dynamics365CustomerEngagementTestDrivePackageConfiguration: {
    shape: { ...dynamicsTestDrive, roleName: text, instanceWebApiUri: text },
  },
  Dynamics365OperationsTestDrivePackageConfiguration: {
    shape: { ...dynamicsTestDrive, roleName: text, trialLegalEntity: text },
  },
};
