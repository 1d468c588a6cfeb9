import fc from 'fast-check';
import type { Members, OfferContent } from '../../../src/domain/offer/offer-content';
import { contentOf } from '../../../src/domain/marketplace/resource-content';
import { parentOf, readKey } from '../../../src/domain/marketplace/resource-key';

/** Random resources as the API answers them, random contents of whole products, and random patches on their exports. */

const text = fc.oneof(
  fc.constant(''),
  fc.string({ unit: fc.constantFrom('a', 'é', '\n', '\r\n', '"'), maxLength: 6 }).map((one) => `${one}.`),
);
const texts = fc.array(text, { maxLength: 3 });
const guid = fc.constantFrom(
  '11111111-1111-4111-8111-111111111111',
  'aaaaaaaa-aaaa-4aaa-8aaa-AAAAAAAAAAAA',
  'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb',
);
const number = fc.integer({ min: 0, max: 99 });
const ofTomorrow = fc.constantFrom<unknown>({ deep: [1, { x: 'y' }] }, 'text', ['a'], 7, true);
const some = (model: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Members> =>
  fc.record({ ...model, ofTomorrow }, { requiredKeys: [] });
const list = (item: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> => fc.array(item, { maxLength: 4 });
const audience = list(fc.record({ ID: guid, description: text }, { requiredKeys: ['ID'] }));
const pairs = list(fc.record({ type: fc.constantFrom('Reseller', 'Other', 'Third'), value: text }));
const levels = fc.dictionary(
  fc.constantFrom('networking', 'security', 'Tomorrow'),
  list(fc.constantFrom('a', 'b', 'c')),
);
const stamps = {
  id: fc.constant('0001'),
  '@odata.etag': fc.constant('"1"'),
};

const listing = some({
  ...stamps,
  resourceType: fc.constant('AzureListing'),
  languageCode: fc.constant('en-us'),
  title: text.map((one) => `t${one}`),
  description: text,
  keywords: texts,
  listingUris: list(fc.record({ type: fc.constant('PrivacyUri'), uri: text })),
  listingContacts: list(fc.record({ type: fc.constantFrom('Engineering', 'CustomerSupport'), email: text })),
  allowOnlyManagedDiskDeployments: fc.boolean(),
});

const configuration = some({
  ...stamps,
  version: fc.constantFrom('1.0.0', '1.1.0'),
  packageReferences: list(fc.record({ type: fc.constant('AzureApplicationPackage'), value: guid })),
  allowedCustomerActions: list(fc.constantFrom('read', 'write')),
  publicAzureTenantID: guid,
  publicAzureAuthorizations: list(fc.record({ principalID: guid, roleDefinitionID: guid })),
  policies: list(fc.record({ policyName: fc.constantFrom('p', 'q'), policySku: text })),
}).map((one): Members => ({ resourceType: 'AzureManagedApplicationPackageConfiguration', ...one }));

/** A resource of each kind, by a key that it may have. */
export const resources: Readonly<Record<string, fc.Arbitrary<Members>>> = {
  setup: some({
    resourceType: fc.constant('AzureProductSetup'),
    sellingOption: text,
    trialUri: text,
    channelStates: pairs,
  }),
  resellerConfiguration: some({ resellerChannelState: fc.constant('Enabled'), tenantIds: list(guid) }),
  property: some({
    ...stamps,
    submissionVersion: guid,
    leveledCategories: levels,
    leveledIndustries: levels,
    productTags: texts,
    customAmendments: list(fc.record({ name: fc.constantFrom('x', 'y'), terms: text, tenants: audience })),
  }),
  availability: some({
    ...stamps,
    visibility: text,
    audiences: list(fc.record({ Type: fc.constantFrom('PreviewMarketplaceGroup', 'Tomorrow'), Values: list(guid) })),
    emailAudiences: audience,
    subscriptionAudiences: audience,
  }),
  packageConfiguration: some({ ...stamps, azureActiveDirectoryTenantID: guid }).map((one) => ({
    resourceType: 'AzureApplicationPackageConfiguration',
    ...one,
  })),
  'listings/en-us': listing,
  'plans/basic': some({
    ...stamps,
    externalID: fc.constant('basic'),
    friendlyName: text.map((one) => `p${one}`),
    state: fc.constantFrom('Active', 'InActive'),
    subType: fc.constantFrom('solution-template', 'managed-application'),
    cloudAvailabilities: list(fc.constantFrom('public-azure', 'gov')),
    extendedProperties: pairs,
  }),
  'plans/basic/listings/en-us': listing,
  'plans/basic/availability': some({
    ...stamps,
    visibility: text,
    marketStates: list(
      fc.record(
        {
          marketCode: fc.constantFrom('DE', 'US', 'de', 'XX'),
          state: fc.constantFrom('Enabled', 'Disabled'),
          ofTomorrow,
        },
        { requiredKeys: ['marketCode', 'state'] },
      ),
    ),
    trial: some({ type: text, duration: number }),
    priceSchedules: list(
      fc.record({ isBaseSchedule: fc.boolean(), schedules: list(fc.record({ openPrice: number })) }),
    ),
    subscriptionAudiences: audience,
    customMeters: list(
      fc.record({
        ID: fc.constantFrom('m1', 'm2'),
        priceInUsd: number,
        includedBaseQuantities: list(
          fc.record({ recurringUnit: fc.constantFrom('Monthly', 'Annual'), quantity: number }),
        ),
      }),
    ),
  }),
  'plans/basic/packageConfiguration': configuration,
};

const bytes = fc.oneof(
  fc.integer({ min: 1, max: 6 }).map((one) => `id:${one}`),
  fc.integer({ min: 1, max: 6 }).map((one) => `sha256:${String(one).repeat(64)}`),
);
const caption = fc.record({ description: text, ofTomorrow }, { requiredKeys: [] });
const image = fc.record({ fileName: fc.constantFrom('a.png', 'b.png'), bytes });
const captioned = fc.tuple(image, caption).map(([file, said]): Members => ({ ...said, ...file }));
const video = fc
  .tuple(
    fc.record(
      {
        fileName: fc.constant('v.mp4'),
        streamingUri: fc.constantFrom('https://a.example', 'https://b.example'),
        bytes,
      },
      { requiredKeys: [] },
    ),
    caption,
    fc.option(captioned, { nil: undefined }),
  )
  .filter(([file]) => Object.keys(file).length > 0)
  .map(([file, said, thumbnail]): Members => ({ ...said, ...file, ...(thumbnail && { thumbnail }) }));
const items = (item: fc.Arbitrary<Members>, maxLength: number): fc.Arbitrary<Members> =>
  fc.array(item, { minLength: 1, maxLength }).map((all) => ({ items: all }));

const media: Readonly<Record<string, fc.Arbitrary<Members>>> = {
  'images/AzureLogoLarge': items(captioned, 1),
  'images/AzureLogoScreenshot': items(captioned, 4),
  'images/OfTomorrow': items(captioned, 3),
  videos: items(video, 3),
  assets: items(
    captioned.map((one) => ({ ...one, type: 'PdfDocument' })),
    3,
  ),
};

const packages = fc.array(
  fc.record({ type: fc.constant('AzureApplicationPackage'), fileName: fc.constant('app.zip'), bytes }),
  { maxLength: 2 },
);

function contentAt(key: string, sample: string): fc.Arbitrary<Members> {
  const resource = (resources[sample] ?? fc.constant({})).map((one) => contentOf(key, one));
  if (readKey(key)?.kind !== 'planPackageConfiguration') return resource;
  return fc.tuple(resource, packages).map(([one, some]) => ({ ...one, packages: some }));
}

/** Every key that random contents have, with what may stand there. */
const all: Readonly<Record<string, fc.Arbitrary<Members>>> = Object.fromEntries(
  ['', 'plans/basic/', 'plans/pro/'].flatMap((prefix) => {
    const own =
      prefix === '' ? ['setup', 'resellerConfiguration', 'property', 'availability', 'packageConfiguration'] : [];
    const ofPlan = prefix === '' ? [] : ['', 'availability', 'packageConfiguration'];
    const languages = ['listings/en-us', 'listings/de-de'];
    return [
      ...own.map((key) => [key, contentAt(key, key)] as const),
      ...ofPlan.map((name) => {
        const key = `${prefix}${name}`.replace(/\/$/, '');
        return [key, contentAt(key, `plans/basic/${name}`.replace(/\/$/, ''))] as const;
      }),
      ...languages.flatMap((language) => [
        [`${prefix}${language}`, contentAt(`${prefix}${language}`, 'listings/en-us')] as const,
        ...Object.entries(media).map(([name, one]) => [`${prefix}${language}/${name}`, one] as const),
      ]),
    ];
  }),
);

/** What a product may have; what belongs to something is there with it alone. */
export const content: fc.Arbitrary<OfferContent> = fc
  .record<Record<string, Members>>({ ...all }, { requiredKeys: [] })
  .map((one) => Object.fromEntries(Object.entries(one).filter(([key]) => isRooted(one, key))));

function isRooted(one: Readonly<Record<string, Members>>, key: string): boolean {
  const parent = parentOf(key);
  return parent === undefined || (Object.hasOwn(one, parent) && isRooted(one, parent));
}
