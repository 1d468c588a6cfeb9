import { z } from 'zod';
import { PageQuery } from './parameters';

/** Queries of the reads that go to the APIs of the marketplace. */

export type FeatureExpand = z.infer<typeof FeatureExpand>;
const FeatureExpand = z.enum(['MarketStates', 'Trial', 'PriceSchedules']);

const MarketplaceProductType = z.enum([
  'AzureApplication',
  'AzureThirdPartyVirtualMachine',
  'AzureContainer',
  'AzureDeveloperService',
  'AzureVisualStudioExtension',
  'AzureDynamics365ForCustomerEngagement',
  'AzureDynamics365ForOperations',
  'AzureDynamics365BusinessCentral',
  'SoftwareAsAService',
]);
export type MarketplaceProductType = z.infer<typeof MarketplaceProductType>;

const MarketplaceSubmissionState = z.enum(['InProgress', 'Published']);
export type MarketplaceSubmissionState = z.infer<typeof MarketplaceSubmissionState>;

const CloudPartnerOperationState = z.enum(['notStarted', 'running', 'completed', 'failed', 'canceled']);
export type CloudPartnerOperationState = z.infer<typeof CloudPartnerOperationState>;

/** Of a list whose pages are the service's. */
export const RemotePageQuery = z.strictObject({
  top: PageQuery.shape.top,
  continuation: z
    .string()
    .regex(/^[\w-]{1,8192}$/, 'follow the nextLink of a page as it is')
    .meta({ description: 'Of a nextLink; opaque.' })
    .optional(),
});

const expand = z
  .array(FeatureExpand)
  .max(3)
  .meta({ description: 'What is shown besides; may repeat. All of it if absent.' })
  .optional();

export const ExpandQuery = z.strictObject({ expand });
export const ExpandPageQuery = RemotePageQuery.extend({ expand });

export const ProductPageQuery = RemotePageQuery.extend({
  resourceType: z.array(MarketplaceProductType).max(9).meta({ description: 'May repeat: any of these.' }).optional(),
  offerId: z.string().min(1).max(200).meta({ description: 'The id of the offer, as people chose it.' }).optional(),
}).refine(({ resourceType, offerId }) => resourceType === undefined || offerId === undefined, {
  path: ['offerId'],
  error: 'Give either "resourceType" or "offerId": the API cannot join them',
});

export const SubmissionPageQuery = RemotePageQuery.extend({ state: MarketplaceSubmissionState.optional() });

export const OfferPageQuery = PageQuery.extend({
  offerTypeId: z
    .string()
    .min(1)
    .max(200)
    .meta({ description: 'Of offers of this type alone, as microsoft-azure-virtualmachines.' })
    .optional(),
});

export const OperationPageQuery = PageQuery.extend({
  status: CloudPartnerOperationState.meta({ description: 'Sent on; nobody promises that it is obeyed.' }).optional(),
});
