import fc from 'fast-check';
import { z } from 'zod';
import { MarketplaceProductChanges, marketplaceChangesFaults } from '../../src/contracts/marketplace-product-changes';
import type { Json } from '../../src/contracts/strict-json';
import { documentOf } from '../../src/domain/marketplace/document';
import { content } from '../domain/marketplace/arbitraries';

// Tests send what no type allows.
const faults = (changes: unknown): string[] =>
  marketplaceChangesFaults(changes as Json).map(({ pointer, code }) => `${pointer} ${code}`);
const images = (items: unknown): unknown => ({ listings: { 'en-us': { images: { AzureLogoLarge: items } } } });
const at = '/changes/listings/en-us/images/AzureLogoLarge';

test('the export of a product is a patch that is taken', () => {
  fc.assert(
    fc.property(content, (one) => {
      expect(faults(documentOf(one))).toEqual([]);
    }),
  );
});

test('what clears is taken, and what is not known here may be a member of the product', () => {
  const changes = {
    setup: { trialUri: null, ofTomorrow: { a: null } },
    listings: { 'DE-de': null, 'en-us': { keywords: null, listingContacts: { Engineering: null }, videos: null } },
    plans: { basic: null, pro: { availability: { marketStates: { de: null }, priceSchedules: null } } },
  };

  expect(faults(changes)).toEqual([]);
});

describe('what is refused', () => {
  test.each<[string, unknown, string[]]>([
    ['a module in another spelling', { Listings: {} }, ['/changes/Listings invalid-value']],
    ['a module that is none', { listing: {} }, ['/changes/listing unknown-member']],
    ['leads', { leadConfiguration: {} }, ['/changes/leadConfiguration not-supported']],
    ['a whole module cleared', { property: null }, ['/changes/property not-clearable']],
    ['a text of another type', { property: { appVersion: 7 } }, ['/changes/property/appVersion wrong-type']],
    [
      'a language that is none, or is there twice',
      { listings: { english: {}, 'en-us': {}, 'EN-US': {} } },
      ['/changes/listings/english unknown-language', '/changes/listings/EN-US duplicate'],
    ],
    [
      'several faults of one thing with a key',
      { listings: { 'en-us': { listingContacts: { Engineering: { name: 1, email: 2 } } } } },
      [
        '/changes/listings/en-us/listingContacts/Engineering/name wrong-type',
        '/changes/listings/en-us/listingContacts/Engineering/email wrong-type',
      ],
    ],
    [
      'a market, an id and a price of no form',
      {
        plans: {
          basic: {
            availability: { marketStates: { Germany: 'Enabled' }, customMeters: { calls: { priceInUsd: -1 } } },
            packageConfiguration: { publicAzureTenantID: 'mine' },
          },
        },
      },
      [
        '/changes/plans/basic/availability/marketStates/Germany invalid-format',
        '/changes/plans/basic/availability/customMeters/calls/priceInUsd out-of-range',
        '/changes/plans/basic/packageConfiguration/publicAzureTenantID invalid-format',
      ],
    ],
    [
      'what is read-only or said elsewhere',
      {
        setup: { enableTestDrive: true },
        property: { submissionVersion: 'x' },
        plans: {
          testdrive: {},
          basic: { externalID: 'y', packageConfiguration: { version: '1', packageReferences: [] } },
        },
      },
      [
        '/changes/setup/enableTestDrive not-supported',
        '/changes/property/submissionVersion read-only-member',
        '/changes/plans/testdrive not-supported',
        '/changes/plans/basic/externalID read-only-member',
        '/changes/plans/basic/packageConfiguration/version owned-elsewhere',
        '/changes/plans/basic/packageConfiguration/packageReferences owned-elsewhere',
      ],
    ],
    ['a picture that is no PNG', images([{ file: 'a.jpg' }]), [`${at}/0/file wrong-file-type`]],
    ['a picture that is neither new nor there', images([{ description: 'x' }]), [`${at}/0 invalid-value`]],
    ['a picture by its name', images([{ id: 'id:1', fileName: 'a.png' }]), [`${at}/0/fileName read-only-member`]],
    [
      'a video without an address',
      { listings: { 'en-us': { videos: [{ title: 'x' }] } } },
      ['/changes/listings/en-us/videos/0 invalid-value'],
    ],
  ])('%s', (_what, changes, expected) => {
    expect(faults(changes)).toEqual(expected);
  });
});

test('editors get a schema of it', () => {
  const schema = z.toJSONSchema(MarketplaceProductChanges, { io: 'input' });
  const { properties } = schema.$defs?.['MarketplaceProductChanges'] ?? {};

  expect(Object.keys(properties ?? {})).toEqual([
    'setup',
    'property',
    'availability',
    'listings',
    'resellerConfiguration',
    'packageConfiguration',
    'plans',
  ]);
});
