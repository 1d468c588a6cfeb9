import fc from 'fast-check';
import { applyChanges } from '../../../src/domain/marketplace/apply-changes';
import type { ChangeContext, PlanPackage } from '../../../src/domain/marketplace/changes/place';
import { diffOf } from '../../../src/domain/marketplace/diff-contents';
import { documentOf } from '../../../src/domain/marketplace/document';
import { newProduct } from '../../../src/domain/marketplace/new-resources';
import { keptPriceFaults, pricePointers } from '../../../src/domain/marketplace/price-pointers';
import type { OfferContent } from '../../../src/domain/offer/offer-content';
import { content as contents } from './arbitraries';

const sha = 'ab'.repeat(32);
const context = (packages: readonly PlanPackage[] = []): ChangeContext => ({
  packages,
  sha256Of: (asset) => (asset.endsWith('new.png') || asset.endsWith('new.mp4') ? sha : undefined),
});

const apply = (content: OfferContent, changes: object, packages?: readonly PlanPackage[]) =>
  applyChanges(content, changes, context(packages));
const pointers = (content: OfferContent, changes: object, packages?: readonly PlanPackage[]): string[] =>
  apply(content, changes, packages).faults.map(({ pointer, code }) => `${code} ${pointer}`);

const tenant = '11111111-1111-4111-8111-111111111111';
const product: OfferContent = {
  setup: { sellingOption: 'ListAndSell', channelStates: { Reseller: 'Enabled' }, enableTestDrive: false },
  property: { leveledCategories: { networking: ['firewalls'] }, ofTomorrow: { deep: 1, other: 2 } },
  availability: { visibility: 'Public', subscriptionAudiences: { [tenant]: { description: 'us' } } },
  'listings/en-us': { title: 'Contoso', description: '<p>a</p>\r\n<p>b</p>', keywords: ['one'], listingContacts: {} },
  'listings/en-us/images/AzureLogoLarge': { items: [{ fileName: 'large.png', bytes: 'id:1' }] },
  'listings/en-us/images/AzureLogoScreenshot': {
    items: [
      { fileName: '1.png', bytes: 'id:2', description: 'First' },
      { fileName: '2.png', bytes: `sha256:${sha}` },
    ],
  },
  'plans/basic': { friendlyName: 'Basic', subType: 'managed-application', state: 'Active' },
  'plans/basic/listings/en-us': { title: 'Basic' },
  'plans/basic/availability': {
    visibility: 'Public',
    marketStates: { DE: 'Enabled', US: 'Disabled' },
    customMeters: { calls: { displayName: 'Calls', priceInUsd: 1 } },
  },
  'plans/basic/packageConfiguration': {
    resourceType: 'AzureManagedApplicationPackageConfiguration',
    version: '1.0.0',
    publicAzureTenantID: tenant,
    packages: [{ type: 'AzureApplicationPackage', fileName: 'app.zip', bytes: 'id:9' }],
  },
};

describe('changes of a marketplace product', () => {
  it('change nothing when an export is sent back', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const { content: after, faults } = apply(content, documentOf(content));

        expect(faults).toEqual([]);
        expect(after).toEqual(content);
      }),
      { numRuns: 60 },
    );
  });

  it('touch nothing that they do not name, and are the same when applied twice', () => {
    fc.assert(
      fc.property(contents, contents, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), (content, other, picks) => {
        const entries = Object.entries(documentOf(other));
        const patch = Object.fromEntries(picks.flatMap((pick) => entries.slice(pick % 7, (pick % 7) + 1)));
        const named = (key: string): boolean => Object.hasOwn(patch, key.split('/')[0] ?? '');

        const once = apply(content, patch).content;

        for (const key of Object.keys({ ...content, ...once })) {
          if (!named(key)) expect(once[key]).toBe(content[key]);
        }
        expect(apply(once, patch).content).toEqual(once);
      }),
    );
  });

  it('reach one entry and leave its neighbours, and what no rule knows', () => {
    const changes = {
      property: { ofTomorrow: { deep: 3 }, leveledCategories: { security: ['threat-protection'] } },
      availability: { subscriptionAudiences: { [tenant]: null } },
      plans: { basic: { availability: { marketStates: { us: 'Enabled' } } } },
    };

    const { content, faults } = apply(product, changes);

    expect(faults).toEqual([]);
    expect(diffOf(product, content)).toEqual([
      { path: '/property/leveledCategories/security', from: null, to: ['threat-protection'] },
      { path: '/property/ofTomorrow/deep', from: 1, to: 3 },
      { path: `/availability/subscriptionAudiences/${tenant}/description`, from: 'us', to: null },
      { path: '/plans/basic/availability/marketStates/US', from: 'Disabled', to: 'Enabled' },
    ]);
    expect(content['property']).toMatchObject({ ofTomorrow: { deep: 3, other: 2 } });
  });

  it('write line breaks as the text had them, and compare languages without case', () => {
    const same = apply(product, { listings: { 'EN-us': { description: '<p>a</p>\n<p>b</p>' } } });
    const other = apply(product, { listings: { 'EN-us': { description: '<p>a</p>\n<p>c</p>' } } });

    expect(same.content).toEqual(product);
    expect(other.content['listings/en-us']?.['description']).toBe('<p>a</p>\r\n<p>c</p>');
    expect(other.faults).toEqual([]);
  });

  it('empty texts and lists with null, and refuse it where the API has no such value', () => {
    const changes = {
      setup: { sellingOption: null, channelStates: null },
      property: null,
      listings: { 'en-us': { description: null, keywords: null, title: null } },
    };

    const { content, faults } = apply(product, changes);

    expect(content['listings/en-us']).toMatchObject({ description: '', keywords: [], title: 'Contoso' });
    expect(content['setup']).toMatchObject({ channelStates: {} });
    expect(faults.map(({ pointer, code }) => `${code} ${pointer}`)).toEqual([
      'not-clearable /changes/setup/sellingOption',
      'not-clearable /changes/property',
      'not-clearable /changes/listings/en-us/title',
    ]);
  });

  it('make a listing from an entry that has all it needs, and name what another lacks at once', () => {
    const made = apply(product, { listings: { 'DE-de': { title: 'Contoso', description: 'Gut.' } } });

    expect(made.faults).toEqual([]);
    expect(made.content['listings/de-de']).toMatchObject({ title: 'Contoso', description: 'Gut.' });
    expect(apply(product, { listings: { 'fr-fr': { summary: 'Bon.' } } }).faults).toEqual([
      {
        pointer: '/changes/listings/fr-fr',
        code: 'listing-not-found',
        message: 'There is no listing in "fr-fr"; a new one needs "title" and "description".',
      },
    ]);
    expect(pointers(product, { listings: { french: { title: 'x', description: 'y' } } })).toEqual([
      'unknown-language /changes/listings/french',
    ]);
    expect(pointers(product, { listings: { 'en-us': null } })).toEqual(['listing-missing /changes/listings']);
  });

  it('take a plan out with all that is its own, and make one', () => {
    const gone = apply(product, { plans: { basic: null } });
    const made = apply(product, {
      plans: { pro: { friendlyName: 'Pro', listings: { 'en-us': { summary: 'More.' } } } },
    });

    expect(gone.faults).toEqual([]);
    expect(Object.keys(gone.content).filter((key) => key.startsWith('plans'))).toEqual([]);
    expect(made.faults).toEqual([]);
    expect(made.content['plans/pro']).toMatchObject({ friendlyName: 'Pro', subType: 'solution-template' });
    expect(made.content['plans/pro/listings/en-us']).toMatchObject({ title: 'Pro', summary: 'More.' });
  });

  it('refuse a plan that lacks what it needs, is sold nowhere, or is spelled otherwise', () => {
    const changes = {
      plans: {
        pro: { subType: 'managed-application', availability: { visibility: 'Public' } },
        Basic: { state: 'Inactive' },
        'a/b': { friendlyName: 'x' },
        basic: { subType: 'solution-template', availability: { marketStates: { DE: 'StopSelling', XX: 'Enabled' } } },
        testdrive: { friendlyName: 'x' },
      },
    };

    expect(pointers(product, changes)).toEqual([
      'plan-not-found /changes/plans/pro',
      'market-missing /changes/plans/pro/availability/marketStates',
      'invalid-value /changes/plans/Basic',
      'invalid-value /changes/plans/a~1b',
      'read-only-member /changes/plans/basic/subType',
      'invalid-value /changes/plans/basic/availability/marketStates/XX',
      'not-supported /changes/plans/testdrive',
    ]);
    expect(pointers(product, { plans: { basic: { availability: { marketStates: { DE: 'Disabled' } } } } })).toEqual([
      'market-missing /changes/plans/basic/availability/marketStates',
    ]);
  });

  it('refuse what is read-only, said elsewhere, misspelled, unknown or of no form, all together', () => {
    const changes = {
      Property: {},
      leadConfiguration: {},
      setup: { enableTestDrive: true, SellingOption: 'ListingOnly', sellingOption: 'listingonly' },
      property: { submissionVersion: 'x', leveledCategories: { Networking: [], networking: ['firewall'] } },
      plans: {
        basic: {
          externalID: 'x',
          availability: {
            customMeters: { calls: { priceInUsd: -1 } },
            priceSchedules: [{ schedules: [{ retailPrice: { openPrice: -2 } }] }],
          },
          packageConfiguration: {
            version: '2',
            packageReferences: [],
            resourceType: 'X',
            publicAzureTenantID: 'mine',
            publicAzureAuthorizations: [{ principalID: tenant, roleDefinitionID: 'owner' }],
            landingPageUri: 'https://contoso.com',
          },
        },
      },
    };

    expect(pointers(product, changes)).toEqual([
      'invalid-value /changes/Property',
      'not-supported /changes/leadConfiguration',
      'not-supported /changes/setup/enableTestDrive',
      'invalid-value /changes/setup/SellingOption',
      'invalid-value /changes/setup/sellingOption',
      'read-only-member /changes/property/submissionVersion',
      'invalid-value /changes/property/leveledCategories/Networking',
      'invalid-value /changes/property/leveledCategories/networking/0',
      'read-only-member /changes/plans/basic/externalID',
      'out-of-range /changes/plans/basic/availability/customMeters/calls/priceInUsd',
      'out-of-range /changes/plans/basic/availability/priceSchedules/0/schedules/0/retailPrice/openPrice',
      'owned-elsewhere /changes/plans/basic/packageConfiguration/version',
      'owned-elsewhere /changes/plans/basic/packageConfiguration/packageReferences',
      'read-only-member /changes/plans/basic/packageConfiguration/resourceType',
      'invalid-format /changes/plans/basic/packageConfiguration/publicAzureTenantID',
      'invalid-format /changes/plans/basic/packageConfiguration/publicAzureAuthorizations/0/roleDefinitionID',
      'unknown-member /changes/plans/basic/packageConfiguration/landingPageUri',
    ]);
  });

  it('make a technical configuration of the product only where they say which', () => {
    const resourceType = 'AzureSoftwareAsAServicePackageConfiguration';
    const made = apply(product, { packageConfiguration: { resourceType, landingPageUri: 'https://contoso.com' } });

    expect(made.faults).toEqual([]);
    expect(made.content['packageConfiguration']).toEqual({ resourceType, landingPageUri: 'https://contoso.com' });
    expect(pointers(product, { packageConfiguration: { landingPageUri: 'x' } })).toEqual([
      'missing-member /changes/packageConfiguration/resourceType',
    ]);
  });
});

test('a product that is still to be made takes changes of what the service makes with it', () => {
  const changes = {
    setup: { sellingOption: 'ListingOnly' },
    listings: { 'en-us': { summary: 'Short.' } },
    property: { appVersion: '1' },
  };

  const { content, faults } = apply(newProduct('AzureApplication', 'Contoso'), changes);

  expect(faults).toEqual([]);
  expect(content['listings/en-us']).toMatchObject({ title: 'Contoso', summary: 'Short.' });
});

describe('the files of a listing', () => {
  const key = 'listings/en-us/images/AzureLogoScreenshot';
  const images = (items: unknown, type = 'AzureLogoScreenshot') => ({
    listings: { 'en-us': { images: { [type]: items } } },
  });

  it('are sent where their bytes are new, and known again by their bytes', () => {
    const logo = apply(product, images([{ file: 'art/new.png' }], 'AzureLogoLarge'));
    const known = apply(product, images([{ id: 'id:2' }, { file: 'art/new.png' }]));

    expect(logo.content['listings/en-us/images/AzureLogoLarge']).toEqual({
      items: [{ fileName: 'new.png', bytes: `sha256:${sha}` }],
    });
    expect(logo.files).toEqual([
      { asset: 'art/new.png', key: 'listings/en-us/images/AzureLogoLarge', fileName: 'new.png', sha256: sha },
    ]);
    expect(known.content).toEqual(product);
    expect(known.files).toEqual([]);
  });

  it('are replaced whole and in order, each with its caption', () => {
    const { content, faults } = apply(
      product,
      images([
        { id: `sha256:${sha}`, description: 'Now first' },
        { id: 'id:2', description: null },
      ]),
    );

    expect(faults).toEqual([]);
    expect(content[key]).toEqual({
      items: [
        { fileName: '2.png', bytes: `sha256:${sha}`, description: 'Now first' },
        { fileName: '1.png', bytes: 'id:2' },
      ],
    });
    expect(apply(product, images(null)).content[key]).toBeUndefined();
  });

  it('are refused where they are unknown, there twice, of no type, or the logo that a listing needs', () => {
    expect(pointers(product, images([{ id: 'id:7' }, { id: 'id:2' }, { id: 'id:2' }, { file: 'gone.png' }]))).toEqual([
      'image-not-found /changes/listings/en-us/images/AzureLogoScreenshot/0/id',
      'duplicate /changes/listings/en-us/images/AzureLogoScreenshot/2',
      'asset-not-found /changes/listings/en-us/images/AzureLogoScreenshot/3/file',
    ]);
    expect(pointers(product, images([], 'azurelogosmall'))).toEqual([
      'invalid-value /changes/listings/en-us/images/azurelogosmall',
    ]);
    expect(pointers(product, images(null, 'AzureLogoLarge'))).toEqual([
      'not-clearable /changes/listings/en-us/images/AzureLogoLarge',
    ]);
    expect(pointers(product, images([{ id: 'id:1' }, { file: 'new.png' }], 'AzureLogoLarge'))).toEqual([
      'too-long /changes/listings/en-us/images/AzureLogoLarge',
    ]);
  });

  it('may be videos of another site, with a thumbnail', () => {
    const videos = [{ streamingUri: 'https://a.example', title: 'A', thumbnail: { file: 'new.png' } }];
    const { content, faults, files } = apply(product, { listings: { 'en-us': { videos } } });

    expect(faults).toEqual([]);
    expect(content['listings/en-us/videos']).toEqual({
      items: [
        {
          streamingUri: 'https://a.example',
          title: 'A',
          thumbnail: { fileName: 'new.png', bytes: `sha256:${sha}` },
        },
      ],
    });
    expect(files).toMatchObject([{ key: 'listings/en-us/videos', asset: 'new.png' }]);
  });
});

describe('the packages of a document', () => {
  const one: PlanPackage = { plan: 'basic', version: '1.1.0', fileName: 'new.zip', sha256: sha.toUpperCase() };

  it('take the place of those that a plan has, with their version', () => {
    const { content, faults } = apply(product, {}, [one]);

    expect(faults).toEqual([]);
    expect(content['plans/basic/packageConfiguration']).toEqual({
      resourceType: 'AzureManagedApplicationPackageConfiguration',
      version: '1.1.0',
      publicAzureTenantID: tenant,
      packages: [{ type: 'AzureApplicationPackage', fileName: 'new.zip', bytes: `sha256:${sha}` }],
    });
    expect(apply(content, {}, [one]).content).toEqual(content);
  });

  it('go to a plan that is there or made, once', () => {
    const made = apply(product, { plans: { pro: { friendlyName: 'Pro' } } }, [{ ...one, plan: 'pro' }]);

    expect(made.faults).toEqual([]);
    expect(made.content['plans/pro/packageConfiguration']).toMatchObject({ version: '1.1.0' });
    expect(
      pointers(product, { plans: { basic: null } }, [one, one, { ...one, plan: 'x', pointer: '/packages/7' }]),
    ).toEqual(['plan-not-found /packages/0/plan', 'duplicate /packages/1/plan', 'plan-not-found /packages/7/plan']);
  });
});

describe('what customers pay', () => {
  it('is told from what else of a plan changes, and from the price of a plan that is new', () => {
    const availability = {
      visibility: 'Private',
      trial: { type: 'NoTrial' },
      priceSchedules: [{ isBaseSchedule: true, schedules: [] }],
      customMeters: { calls: { displayName: 'Calls made', priceInUsd: 2 } },
    };
    const pro = { friendlyName: 'Pro', availability };
    const { content } = apply(product, { plans: { basic: { availability }, pro } });

    expect(pricePointers(product, content)).toEqual([
      '/changes/plans/basic/availability/customMeters/calls/priceInUsd',
      '/changes/plans/basic/availability/trial/type',
      '/changes/plans/basic/availability/priceSchedules',
    ]);
    expect(pricePointers(product, product)).toEqual([]);
    expect(keptPriceFaults(product, content)[0]).toMatchObject({
      code: 'price-kept',
      pointer: '/changes/plans/basic/availability/customMeters/calls/priceInUsd',
    });
    expect(keptPriceFaults(product, content)).toHaveLength(3);
  });

  it('changes with a meter that goes', () => {
    const { content } = apply(product, { plans: { basic: { availability: { customMeters: { calls: null } } } } });

    expect(pricePointers(product, content)).toEqual([
      '/changes/plans/basic/availability/customMeters/calls/priceInUsd',
    ]);
  });
});
