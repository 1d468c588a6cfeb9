import { z } from 'zod';
import { open, tolerant } from '../http';
import type { ResellerState } from './enums';
import { texts } from './resource-schema';

/** Where customers' interest is reported to. */
export type LeadConfigurationType =
  | 'AzureTableLeadConfiguration'
  | 'AzureBlobLeadConfiguration'
  | 'DynamicsCustomerRelationshipManagementLeadConfiguration'
  | 'HttpsEndpointLeadConfiguration'
  | 'MarketoLeadConfiguration'
  | 'SalesForceLeadConfiguration';

const word = z.string().optional();

/**
 * `resourceType` tells which members it has. `connectionString`, `password` and `applicationKey` are secrets of the
 * publisher, never stored or logged. Unverified: whether the service gives them back.
 */
export const LeadConfiguration = tolerant(
  z.looseObject({
    resourceType: open<LeadConfigurationType>().optional(),
    dailyDigestEmailContacts: texts.optional(),
    contactEmail: word,
    connectionString: word,
    containerName: word,
    uri: word,
    authentication: word,
    userName: word,
    password: word,
    applicationID: word,
    applicationKey: word,
    directoryID: word,
    httpsEndpointUri: word,
    serverID: word,
    munchkinAccountID: word,
    formID: word,
    objectIdentifier: word,
  }),
);
export type LeadConfiguration = z.output<typeof LeadConfiguration>;

/** Which resellers may sell a product. */
export const ResellerConfiguration = tolerant(
  z.looseObject({
    resourceType: word,
    resellerChannelState: open<ResellerState>().optional(),
    tenantIds: texts.optional(),
  }),
);
export type ResellerConfiguration = z.output<typeof ResellerConfiguration>;
