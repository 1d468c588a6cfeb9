import { z } from 'zod';
import { open, tolerant } from '../http';
import { entityMembers, texts, TypeValuePair } from './resource-schema';

/** What a configuration is of. The one of software as a service is missing in the OpenAPI document. */
export type PackageConfigurationType =
  | 'AzureSolutionTemplatePackageConfiguration'
  | 'AzureManagedApplicationPackageConfiguration'
  | 'AzureApplicationPackageConfiguration'
  | 'AzureSoftwareAsAServicePackageConfiguration'
  | 'Dynamics365BusinessCentralPackageConfiguration'
  | 'Dynamics365CustomerEngagementPackageConfiguration'
  | 'Dynamics365OperationsPackageConfiguration'
  | 'AzureResourceManagerTestDrivePackageConfiguration'
  | 'Dynamics365BusinessCentralTestDrivePackageConfiguration'
  | 'Dynamics365CustomerEngagementTestDrivePackageConfiguration'
  | 'Dynamics365OperationsTestDrivePackageConfiguration';

const word = z.string().optional();
const count = z.number().optional();
const flag = z.boolean().optional();

const Authorization = z.looseObject({ principalID: word, roleDefinitionID: word });
const Policy = z.looseObject({ policyName: word, policyDefinitionID: word, policyParameters: word, policySku: word });

/** A plan of an Azure application; `version` is that of solution templates too. */
const managedApplication = {
  version: word,
  allowJitAccess: flag,
  /** Seen as a text too. */
  canEnableCustomerActions: z.union([z.boolean(), z.string()]).optional(),
  allowedCustomerActions: texts.optional(),
  allowedDataActions: texts.optional(),
  deploymentMode: open<'Incremental' | 'Complete'>().optional(),
  publisherManagementMode: word,
  customerAccessEnableState: word,
  publicAzureTenantID: word,
  publicAzureAuthorizations: z.array(Authorization).optional(),
  azureGovernmentTenantID: word,
  azureGovernmentAuthorizations: z.array(Authorization).optional(),
  policies: z.array(Policy).optional(),
};

/** Of the offer: its metering identity, and where software as a service is reached. */
const offer = {
  azureActiveDirectoryTenantID: word,
  azureActiveDirectoryApplicationID: word,
  landingPageUri: word,
  connectionWebhook: word,
};

const dynamics = {
  packageType: open<'AddOn' | 'Connect'>().optional(),
  applicationInstallationUri: word,
  baseLicenseModel: open<'Resource' | 'User'>().optional(),
  requireS2SOutboundAndCrmSecureStoreAccess: flag,
  applicationConfigurationUri: word,
  packageLocationUri: word,
  multiplePackagesInPackageFile: flag,
  packageRegionAvailabilities: z
    .array(z.looseObject({ region: word, isAvailable: flag, applicationConfigurationUri: word }))
    .optional(),
  releaseVersion: word,
  solutionIdentifier: word,
};

const testDrive = {
  /** A secret of the publisher: never stored or logged. */
  azureActiveDirectoryApplicationKey: word,
  azureActiveDirectoryTenantName: word,
  testDriveDuration: count,
  regions: texts.optional(),
  hotInstances: count,
  warmInstances: count,
  coldInstances: count,
  azureSubscriptionID: word,
  maxConcurrentTestDrives: count,
  instanceUri: word,
  instanceWebApiUri: word,
  roleName: word,
  trialLegalEntity: word,
};

/** How packages are deployed. `resourceType` tells which members it has; those of the other kinds are missing. */
export const PackageConfiguration = tolerant(
  z.looseObject({
    ...entityMembers,
    resourceType: open<PackageConfigurationType>().optional(),
    /** `[{type: 'AzureApplicationPackage', value: <package id>}]`; empty for a product without a package. */
    packageReferences: z.array(TypeValuePair).optional(),
    ...managedApplication,
    ...offer,
    ...dynamics,
    ...testDrive,
  }),
);
export type PackageConfiguration = z.output<typeof PackageConfiguration>;
