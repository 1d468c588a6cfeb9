/** The words of the submission API for commercial marketplace products, as it spells them. */

/** Markets of a plan's availability. */
export const marketCodes: readonly string[] = `
AD AE AF AL AM AO AR AT AU AZ BA BB BD BE BG BH BM BN BO BR BW BY BZ CA CH CI CL CM CO CR CV CW CY CZ DE DK DO DZ EC
EE EG ES ET FI FJ FO FR GB GE GH GR GT HK HN HR HU ID IE IL IN IQ IS IT JM JO JP KE KG KN KR KW KY KZ LB LI LK LT LU
LV LY MA MC MD ME MK MN MO MT MU MX MY NA NG NI NL NO NP NZ OM PA PE PH PK PL PR PS PT PY QA RO RS RU RW SA SE SG SI
SK SN SV TH TJ TM TN TR TT TW TZ UA UG US UY UZ VA VE VI VN YE ZA ZM ZW
`
  .trim()
  .split(/\s+/);

export const marketStates = ['Disabled', 'Enabled', 'StopSelling', 'Terminated'] as const;
export const visibilities = ['Public', 'Private'] as const;
export const sellingOptions = ['ListingOnly', 'ListAndSell'] as const;
export const callsToAction = ['free', 'free-trial', 'contact-me'] as const;
export const channelStates = ['Enabled', 'Disabled'] as const;
export const resellerStates = ['Disabled', 'PartialOptIn', 'OptOut', 'Enabled'] as const;
export const planStates = ['Active', 'Inactive'] as const;
export const subTypes = ['managed-application', 'solution-template'] as const;
export const trialTypes = ['NoTrial', 'TimedAccess', 'TimedUsage', 'Unlimited'] as const;
export const trialUnits = ['Minute', 'Days', 'Months'] as const;
export const deploymentModes = ['Incremental', 'Complete'] as const;
export const packageTypes = ['AddOn', 'Connect'] as const;
export const licenseModels = ['Resource', 'User'] as const;

/** Of these a listing has one each. */
export const logoTypes = [
  'AzureLogoSmall',
  'AzureLogoMedium',
  'AzureLogoLarge',
  'AzureLogoWide',
  'AzureLogoHero',
] as const;

export const imageTypes = [...logoTypes, 'AzureLogoScreenshot'] as const;

/** The test drive is a plan of its own to the API, with this id. */
export const testDrivePlan = 'testdrive';

/** What the package of an application is called where a configuration names it. */
export const applicationPackage = 'AzureApplicationPackage';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isGuid(text: string): boolean {
  return guid.test(text);
}

/** The technical configuration that the service makes for a plan. */
export function configurationOf(subType: unknown): string | undefined {
  if (subType === 'managed-application') return 'AzureManagedApplicationPackageConfiguration';
  return subType === 'solution-template' ? 'AzureSolutionTemplatePackageConfiguration' : undefined;
}
