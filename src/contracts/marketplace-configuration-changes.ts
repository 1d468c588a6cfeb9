import { z } from 'zod';
import { Guid, Keyed, LongText, Texts } from './marketplace-forms';

const Authorizations = z
  .array(z.looseObject({ principalID: Guid, roleDefinitionID: Guid }))
  .meta({ description: 'Who may manage what the customer has; replaced whole.' })
  .nullable();

const Policy = z.looseObject({
  policyDefinitionID: LongText('Which definition.').optional(),
  policyParameters: LongText('As JSON.').optional(),
  policySku: LongText('Its tier.').optional(),
});

/** A technical configuration: of a plan, or of the product. What it may have its `resourceType` says. */
export const MarketplaceConfigurationChanges = z
  .looseObject({
    resourceType: z.string().meta({ description: 'What it is for: it stays.' }).optional(),
    allowJitAccess: z.boolean().optional(),
    allowedCustomerActions: Texts('What customers may do besides reading.').optional(),
    allowedDataActions: Texts('The same for data.').optional(),
    deploymentMode: z.string().meta({ description: '`Incremental` or `Complete`.' }).optional(),
    publicAzureTenantID: Guid.optional(),
    publicAzureAuthorizations: Authorizations.optional(),
    azureGovernmentTenantID: Guid.optional(),
    azureGovernmentAuthorizations: Authorizations.optional(),
    policies: Keyed(Policy, 'By name.').optional(),
    azureActiveDirectoryTenantID: Guid.optional(),
    azureActiveDirectoryApplicationID: Guid.optional(),
    landingPageUri: LongText('Where a subscriber lands.').optional(),
    connectionWebhook: LongText('Where the marketplace tells of changes.').optional(),
  })
  .meta({
    id: 'MarketplaceConfigurationChanges',
    description: 'A technical configuration, without `version` and packages: those are `packages` of the document.',
  });
