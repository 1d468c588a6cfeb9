import { asObject, asText } from '../../json-value';
import { categoryKeys, industryKeys } from '../categories';
import {
  callsToAction,
  channelStates,
  deploymentModes,
  isGuid,
  licenseModels,
  marketCodes,
  marketStates,
  packageTypes,
  planStates,
  resellerStates,
  sellingOptions,
  trialTypes,
  trialUnits,
  visibilities,
} from '../words';
import { fields, keyed, leveled, refuseKey } from './fields';
import type { Rules } from './fields';
import { refuse } from './place';
import type { Place } from './place';
import { amount, anything, fixed, flag, formed, list, optional, requiredText, set, text, word } from './rule';
import type { Rule } from './rule';
import { untaken } from './untaken';

const guidForm = 'A GUID has 32 hexadecimal digits, as 00000000-0000-0000-0000-000000000000.';
const guid = formed(isGuid, guidForm);

function checkGuid(value: unknown, at: Place): void {
  if (!isGuid(asText(value))) refuse(at, 'invalid-format', guidForm);
}

const lowerCase = (key: string): string => key.toLowerCase();
const upperCase = (key: string): string => key.toUpperCase();

const described = fields({ description: text });
/** Tenants or subscriptions. */
const audience = keyed({ written: lowerCase, checkKey: checkGuid, item: described });
const people = keyed({ written: lowerCase, item: described });
const pairs = keyed({ value: 'value', item: anything });

export const setup = fields(
  {
    sellingOption: word(sellingOptions),
    callToAction: word(callsToAction),
    trialUri: text,
    channelStates: keyed({ value: 'value', item: word(channelStates) }),
    packageType: word(packageTypes),
  },
  untaken.setup,
);

export const resellerConfiguration = fields(
  { resellerChannelState: word(resellerStates), tenantIds: set(checkGuid) },
  untaken.other,
);

const categories = leveled(categoryKeys, entriesOf);
const industries = leveled(industryKeys, entriesOf);

function entriesOf(known: readonly string[] | undefined): Rule {
  return set((entry, at) => {
    if (known !== undefined && !known.includes(asText(entry))) refuseKey(asText(entry), known, at);
  });
}

export const property = fields(
  {
    industries: list,
    leveledIndustries: industries,
    leveledCategories: categories,
    categories: list,
    additionalCategories: list,
    hideKeys: list,
    productTags: list,
    appVersion: text,
    useEnterpriseContract: flag,
    termsOfUse: text,
    marketingOnlyChange: flag,
    globalAmendmentTerms: text,
    applicableProducts: list,
    customAmendments: keyed({ item: fields({ terms: text, tenants: audience }) }),
  },
  untaken.property,
);

export const availability = fields(
  {
    visibility: word(visibilities),
    enterpriseLicensing: text,
    hideKeyAudience: text,
    audiences: keyed({ value: 'Values', item: set(checkGuid) }),
    emailAudiences: people,
    subscriptionAudiences: audience,
  },
  untaken.other,
);

/** The texts of a listing, without its files. */
export const listingTexts = fields(
  {
    title: requiredText,
    description: text,
    shortDescription: text,
    summary: text,
    publisherName: text,
    keywords: list,
    productDisplayName: text,
    listingUris: list,
    listingContacts: keyed({ item: fields({ name: text, email: text, phone: text, uri: text }) }),
    accessInformation: text,
    gettingStartedInstructions: text,
    allowOnlyManagedDiskDeployments: optional,
    compatibleProducts: list,
  },
  untaken.listing,
);

/** What a plan is, without what has resources of its own. */
export const planMembers = fields(
  {
    friendlyName: requiredText,
    subType: fixed,
    state: word(planStates),
    leadGenID: text,
    conversionPaths: text,
    cloudAvailabilities: set(),
    certificationsAzureGovernment: list,
    extendedProperties: pairs,
  },
  untaken.plan,
);

function checkMarket(key: string, at: Place): void {
  if (marketCodes.includes(key)) return;
  refuse(at, 'invalid-value', 'No plan is sold in a market of this code: use one of two letters, as "DE".');
}

const meter = fields({
  uniqueID: text,
  displayName: text,
  unitOfMeasure: text,
  isEnabled: flag,
  priceInUsd: amount,
  includedBaseQuantities: keyed({ item: fields({ isInfinite: flag, quantity: amount }) }),
});

/** Schedules stay whole; no price of a new one may be below nothing. */
const schedules: Rule = (stored, patch, at) => {
  const after = list(stored, patch, at);
  if (after !== stored) refuseNegative(after, at);
  return after;
};

function refuseNegative(value: unknown, at: Place): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, one] of Object.entries(asMembers(value))) {
    const there = { ...at, path: [...at.path, Array.isArray(value) ? Number(name) : name] };
    if (name === 'openPrice') amount(undefined, one ?? undefined, there);
    else refuseNegative(one, there);
  }
}

function asMembers(value: object): Readonly<Record<string, unknown>> {
  return Array.isArray(value) ? Object.fromEntries(value.entries()) : asObject(value);
}

export const planAvailability = fields(
  {
    visibility: word(visibilities),
    isHidden: optional,
    marketStates: keyed({ written: upperCase, checkKey: checkMarket, value: 'state', item: word(marketStates) }),
    trial: fields({
      type: word(trialTypes),
      durationType: word(trialUnits),
      duration: amount,
      dateTimeRange: optional,
    }),
    priceSchedules: schedules,
    tenantAudiences: audience,
    subscriptionAudiences: audience,
    properties: pairs,
    customMeters: keyed({ item: meter }),
  },
  untaken.other,
);

const authorizations = set((entry, at) => {
  const { principalID, roleDefinitionID } = asObject(entry);
  checkGuid(principalID, { ...at, path: [...at.path, 'principalID'] });
  checkGuid(roleDefinitionID, { ...at, path: [...at.path, 'roleDefinitionID'] });
});

const identity = { azureActiveDirectoryTenantID: guid, azureActiveDirectoryApplicationID: guid };

/** What a technical configuration has, by its resource type. */
const configurations: Readonly<Record<string, Rules>> = {
  AzureSolutionTemplatePackageConfiguration: {},
  AzureManagedApplicationPackageConfiguration: {
    allowJitAccess: flag,
    canEnableCustomerActions: flag,
    allowedCustomerActions: set(),
    allowedDataActions: set(),
    deploymentMode: word(deploymentModes),
    publisherManagementMode: text,
    customerAccessEnableState: text,
    publicAzureTenantID: guid,
    publicAzureAuthorizations: authorizations,
    azureGovernmentTenantID: guid,
    azureGovernmentAuthorizations: authorizations,
    policies: keyed({ item: fields({ policyDefinitionID: text, policyParameters: text, policySku: text }) }),
  },
  AzureApplicationPackageConfiguration: identity,
  AzureSoftwareAsAServicePackageConfiguration: { landingPageUri: text, connectionWebhook: text, ...identity },
  Dynamics365BusinessCentralPackageConfiguration: {
    packageType: word(packageTypes),
    applicationInstallationUri: text,
  },
  Dynamics365CustomerEngagementPackageConfiguration: {
    baseLicenseModel: word(licenseModels),
    requireS2SOutboundAndCrmSecureStoreAccess: optional,
    applicationConfigurationUri: text,
    packageLocationUri: text,
    multiplePackagesInPackageFile: optional,
    packageRegionAvailabilities: keyed({
      item: fields({ isAvailable: optional, applicationConfigurationUri: text }),
    }),
  },
  Dynamics365OperationsPackageConfiguration: { releaseVersion: text, solutionIdentifier: text },
};

/** A technical configuration; of a resource type that is not known, what is there may be changed. */
export const packageConfiguration: Rule = (stored, patch, at) => {
  const type = asText(asObject(stored)['resourceType']);
  const known = Object.hasOwn(configurations, type) ? configurations[type] : undefined;
  return fields({ resourceType: fixed, ...known }, untaken.packageConfiguration)(stored, patch, at);
};

/** What the API calls the technical configurations that a product can have. */
export const configurationTypes: readonly string[] = Object.keys(configurations);
