import { AVAILABILITY_TYPES } from './availability-types';
import { CONFIGURATION_TYPES } from './configuration-types';
import { FILE_TYPES } from './file-types';
import { LEAD_TYPES } from './lead-types';
import { flag, list, pairs, text, texts } from './kinds';
import type { ResourceType } from './resource-type';

const AudienceMember = { ID: text, description: text };

/** Every resource type of the API, with its members in the order and case of the wire. *Documented*, unless said. */
export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  ...AVAILABILITY_TYPES,
  ...CONFIGURATION_TYPES,
  ...FILE_TYPES,
  ...LEAD_TYPES,
  AzureProductSetup: {
    shape: {
      sellingOption: ['ListingOnly', 'ListAndSell'],
      callToAction: ['free', 'free-trial', 'contact-me'],
      trialUri: text,
      enableTestDrive: flag,
      testDriveType: text,
      channelStates: pairs,
      packageType: ['AddOn', 'Connect'],
      leadGenID: text,
    },
  },
  AzureProperty: {
    shape: {
      industries: texts,
      leveledIndustries: { mapOf: texts },
      leveledCategories: { mapOf: texts },
      categories: texts,
      additionalCategories: texts,
      submissionVersion: text,
      hideKeys: texts,
      productTags: texts,
      appVersion: text,
      useEnterpriseContract: flag,
      termsOfUse: text,
      marketingOnlyChange: flag,
      globalAmendmentTerms: text,
      applicableProducts: texts,
      customAmendments: list({ name: text, terms: text, tenants: list(AudienceMember) }),
    },
  },
  AzureListing: {
    needs: ['title'],
    // *Observed*.
    fixed: ['languageCode'],
    defaults: { listingUris: [], listingContacts: [] },
    shape: {
      listingUris: list({ type: text, subtype: text, displayText: text, uri: text }),
      listingContacts: list({ type: text, name: text, email: text, phone: text, uri: text }),
      gettingStartedInstructions: text,
      languageCode: text,
      title: text,
      description: text,
      shortDescription: text,
      summary: text,
      publisherName: text,
      keywords: texts,
      productDisplayName: text,
      accessInformation: text,
      allowOnlyManagedDiskDeployments: flag,
      compatibleProducts: texts,
    },
  },
  AzureSkuVariant: {
    needs: ['friendlyName', 'externalID'],
    // *Assumed*: what makes a plan what it is does not change.
    fixed: ['externalID', 'subType'],
    // *Observed*.
    defaults: {
      state: 'Active',
      conversionPaths: '*',
      certificationsAzureGovernment: [],
      cloudAvailabilities: ['public-azure'],
      extendedProperties: [],
    },
    shape: {
      state: ['Active', 'Inactive'],
      friendlyName: text,
      leadGenID: text,
      referenceVariantID: text,
      conversionPaths: text,
      externalID: text,
      certificationsAzureGovernment: 'any',
      cloudAvailabilities: texts,
      subType: ['managed-application', 'solution-template'],
      extendedProperties: pairs,
    },
  },
  AzureTestDriveVariant: {
    needs: ['testDriveType'],
    defaults: { state: 'Active', extendedProperties: [] },
    shape: { testDriveType: text, state: ['Active', 'Inactive'], friendlyName: text, extendedProperties: pairs },
  },
  ResellerConfiguration: {
    defaults: { tenantIds: [] },
    shape: {
      resellerChannelState: ['Disabled', 'PartialOptIn', 'OptOut', 'Enabled'],
      tenantIds: list('guid'),
    },
  },
  SupplementalContent: {
    defaults: { supportedEditions: [], assets: [] },
    shape: {
      targetRelease: text,
      supportedEditions: texts,
      assets: list({ assetID: text, fileName: text, type: text, fileSasUri: text }),
    },
  },
  CosellListing: {
    defaults: {
      offerPlatforms: [],
      endCustomerSegments: [],
      solutionAreas: [],
      assetReferences: [],
      contacts: [],
    },
    shape: {
      offerPlatforms: texts,
      endCustomerSegments: texts,
      offerType: text,
      solutionAreas: list({ area: text, subAreas: texts }),
      assetReferences: pairs,
      contacts: list({
        type: text,
        name: text,
        email: text,
        jobTitle: text,
        role: text,
        regions: texts,
        subRegions: texts,
      }),
    },
  },
  SubmissionCreationRequest: {
    shape: {
      targets: pairs,
      resources: pairs,
      variantResources: list({ variantID: text, resources: pairs }),
      publishOption: {
        members: { releaseTimeInUtc: text, isManualPublish: flag, isAutoPromote: flag, certificationNotes: text },
      },
      extendedProperties: pairs,
    },
  },
  Product: {
    needs: ['name'],
    shape: { name: text, externalIDs: pairs, isModularPublishing: flag, offerMarketingUrlIDentifier: text },
  },
};
