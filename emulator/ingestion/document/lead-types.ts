import { text, texts } from './kinds';
import type { ResourceType } from './resource-type';

const shared = { dailyDigestEmailContacts: texts, contactEmail: text };

function lead(members: readonly string[], needs: readonly string[]): ResourceType {
  return { needs, shape: { ...shared, ...Object.fromEntries(members.map((name) => [name, text])) } };
}

/** Where leads go to. *Documented*; that these members are needed is *assumed*. */
export const LEAD_TYPES: Readonly<Record<string, ResourceType>> = {
  AzureTableLeadConfiguration: lead(['connectionString'], ['connectionString']),
  AzureBlobLeadConfiguration: lead(['connectionString', 'containerName'], ['connectionString', 'containerName']),
  DynamicsCustomerRelationshipManagementLeadConfiguration: lead(
    ['uri', 'authentication', 'userName', 'password', 'applicationID', 'applicationKey', 'directoryID'],
    ['uri', 'authentication'],
  ),
  HttpsEndpointLeadConfiguration: lead(['httpsEndpointUri'], ['httpsEndpointUri']),
  MarketoLeadConfiguration: lead(
    ['serverID', 'munchkinAccountID', 'formID'],
    ['serverID', 'munchkinAccountID', 'formID'],
  ),
  SalesForceLeadConfiguration: lead(['objectIdentifier'], ['objectIdentifier']),
};
