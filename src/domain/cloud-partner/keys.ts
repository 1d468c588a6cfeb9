/** What a known key holds, and so what `null` means for it. */
export type KeyKind =
  /** A text; `null` empties it. */
  | 'text'
  /** A list; `null` empties it. */
  | 'list'
  /** An object; `null` empties it. */
  | 'object'
  /** A truth value without an empty one. */
  | 'flag'
  /** Something without an empty value. */
  | 'value'
  /** Something that may be `null`. */
  | 'nullable'
  /** Known by its name alone; `null` takes it out. */
  | 'any';

export type Keys = Readonly<Record<string, KeyKind>>;

/** Of one prefix: each kind with its names. */
type Names = Partial<Record<KeyKind, string>>;

function keys(prefix: string, names: Names): Keys {
  const entries = Object.entries(names).flatMap(([kind, list]) =>
    list.split(' ').map((name): [string, KeyKind] => [`${prefix}${name}`, kind as KeyKind]),
  ); // Object.entries forgets which names Names has
  return Object.fromEntries(entries);
}

const leads = ['table', 'blob', 'salesForce', 'crm', 'httpsEndpoint', 'marketo'];

/** Keys of an offer that are known (section A.5 of the specification). Others may be there, and stay. */
export const offerKeys: Keys = {
  ...keys('microsoft-azure-marketplace.', {
    text: 'title summary longSummary description offerMarketingUrlIdentifier smallLogo mediumLogo largeLogo wideLogo heroLogo privacyURL termsOfUse engineeringContactName engineeringContactEmail engineeringContactPhone supportContactName supportContactEmail supportContactPhone publicAzureSupportUrl fairfaxSupportUrl',
    list: 'allowedSubscriptions usefulLinks categories categoryMap screenshots videos',
    object: leads.map((lead) => `${lead}LeadConfiguration`).join(' '),
    value: 'leadDestination useEnterpriseContract cspOfferOptIn',
    nullable: 'customAmendments',
    any: 'leadNotificationEmails universalAmendmentTerms',
  }),
  ...keys('microsoft-azure-marketplace-testdrive.', {
    value: 'enabled',
    text: 'description accessInformation',
    any: 'videos userManual',
  }),
  ...keys('microsoft-azure-virtualmachines.', {
    any: 'gtmMaterials',
    text: 'managerContactName managerContactEmail managerContactPhone',
  }),
  ...keys('microsoft-azure-corevm.', {
    text: 'title summary description',
    list: 'allowedSubscriptions',
    value: 'leadDestination',
    any: 'legacyOfferId legacyPublisherId',
  }),
};

const machine: Names = {
  text: 'skuTitle skuSummary skuDescription operationSystem',
  value: 'operatingSystemFamily windowsOSType osType generation',
  list: 'cloudAvailability certificationsFairfax recommendedVMSizes openPorts',
  flag: 'hideSKUForSolutionTemplate supportsAcceleratedNetworking supportsCloudInit supportsBackup isNetworkVirtualAppliance isLockedDown isCustomArmTemplateRequired supportsExtensions supportsHibernation supportsNVMe allowOnlyManagedDiskDeployments',
  object: 'patchOptions',
  any: 'legacyPlanId',
};

/** Keys of a plan that are known (section A.5 of the specification). Others may be there, and stay. */
export const planKeys: Keys = {
  ...keys('', {
    value: 'planId virtualMachinePricing virtualMachinePricingV2',
    list: 'regions diskGenerations',
    object: 'restrictedAudience',
  }),
  ...keys('microsoft-azure-virtualmachines.', { ...machine, object: `${machine.object ?? ''} vmImages` }),
  ...keys('microsoft-azure-corevm.', {
    ...machine,
    text: `${machine.text ?? ''} skuLongSummary`,
    object: `${machine.object ?? ''} vmImagesPublicAzure`,
    list: `${machine.list ?? ''} deploymentModels`,
    any: 'legacyPlanId hardened pricingDetailsUrl imageType imageVisibility osFriendlyName supportsSriov supportsAADLogin freeTierEligible isPremiumThirdParty defaultImageSizeGB skuDescriptionPublicAzure skuDescriptionFairfax skuDescriptionMooncake usefulLinksPublicAzure usefulLinksFairfax usefulLinksMooncake leadGenerationId termsOfUseURL migratedOffer',
  }),
};

/** What an answer has beside what a PUT takes, by what it repeats: it would contradict that one once it is changed. */
export const repetitions: Readonly<Record<string, string>> = {
  virtualMachinePricingV2: 'virtualMachinePricing',
  'microsoft-azure-virtualmachines.osType': 'microsoft-azure-virtualmachines.windowsOSType',
  'microsoft-azure-corevm.osType': 'microsoft-azure-corevm.windowsOSType',
};

/** Members of an offer besides its content, which the service or its maker set once. */
export const offerMembers: readonly string[] = [
  'id',
  'publisherId',
  'offerTypeId',
  'offerTypeVersions',
  'status',
  'version',
  'changedTime',
  'lockStatus',
  'pcMigrationStatus',
  'pcRedirectUri',
  'isvUpgradeRequest',
  'offerTypeChanges',
  'pricingNotRecalculatedRegions',
  'offerTypeVersionsOverride',
  'eTag',
];

/** The images of a plan by version, under the names of each offer type. */
export function isImages(name: string): boolean {
  return /(?:^|\.)vmImages(?:PublicAzure)?$/.test(name);
}
