import { applyChanges, exportOf } from '../../../src/domain/store/apply-changes';
import { diffOf } from '../../../src/domain/store/diff-submissions';
import { packagesIn } from '../../../src/domain/store/mapping';
import type { StoreKind } from '../../../src/domain/store/mapping';
import { mergePackages } from '../../../src/domain/store/merge-packages';
import { placedFiles } from '../../../src/domain/store/placed-files';
import { planSubmission } from '../../../src/domain/store/plan-submission';
import type { PlannedSubmission, SubmissionParts } from '../../../src/domain/store/plan-submission';
import { compareAssets, referencedAssets } from '../../../src/domain/store/referenced-assets';
import type { StoreSubmission } from '../../../src/domain/store/submission';
import { checked, existing } from '../samples';
import { addOn, app, context, flight, processed, sha256 } from './wire-samples';

function plan(kind: StoreKind, base: StoreSubmission, parts: SubmissionParts): PlannedSubmission {
  return planSubmission(kind, base, parts, context);
}

function faults(kind: StoreKind, base: StoreSubmission, parts: SubmissionParts): string[] {
  return plan(kind, base, parts).faults.map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('the parts of a release', () => {
  const added = mergePackages(packagesIn('store-app', app), [checked('new.msix')], undefined);
  const publication = { targetPublishMode: 'Manual', targetPublishDate: '1601-01-01T00:00:00.0000000Z' };

  test('come together, each in its place', () => {
    const { submission, packagesChanged } = plan('store-app', app, {
      changes: {
        packageDeliveryOptions: { isMandatoryUpdate: true, mandatoryUpdateEffectiveDate: '2027-01-01T01:00:00+01:00' },
      },
      packages: added,
      rollout: { isPackageRollout: true, packageRolloutPercentage: 5 },
      publication,
    });

    expect(packagesChanged).toBe(true);
    expect(submission).toEqual({
      ...app,
      ...publication,
      applicationPackages: added.packages,
      packageDeliveryOptions: {
        packageRollout: {
          isPackageRollout: true,
          packageRolloutPercentage: 5,
          packageRolloutStatus: 'PackageRolloutNotStarted',
          fallbackSubmissionId: '0',
          isSeekEnabled: true,
        },
        isMandatoryUpdate: true,
        mandatoryUpdateEffectiveDate: '2027-01-01T00:00:00.0000000Z',
      },
    });
  });

  test('that are absent change nothing', () => {
    expect(plan('store-app', app, {})).toEqual({ submission: app, faults: [], files: [], packagesChanged: false });
  });

  test('of a flight: its packages are its own', () => {
    const packages = mergePackages(packagesIn('store-flight', flight), [checked('new.msix')], undefined);
    const { submission } = plan('store-flight', flight, { packages, changes: { notesForCertification: 'x' } });

    expect(submission).toEqual({ ...flight, flightPackages: packages.packages, notesForCertification: 'x' });
  });

  test('of an add-on: no packages and no rollout', () => {
    const { submission } = plan('store-add-on', addOn, { packages: added, rollout: {}, changes: { tag: 'x' } });

    expect(packagesIn('store-add-on', submission)).toEqual([]);
    expect(submission).toEqual({ ...addOn, tag: 'x' });
  });
});

describe('a draft that announces files of its maker', () => {
  const announced = ['/options/onForeignDraft announced-file'];
  const shots = (...items: object[]): object => ({
    listings: { 'en-us': { baseListing: { images: { Screenshot: items } } } },
  });
  const icon = { listings: { 'en-us': { baseListing: { images: { Icon: [{ file: 'a.png' }] } } } } };
  const added = mergePackages(packagesIn('store-app', app), [checked('new.msix')], undefined);
  const clean = { ...app, ...plan('store-app', app, { changes: shots() }).submission };

  test('can be gone on with while nothing is sent', () => {
    expect(faults('store-app', app, { changes: { visibility: 'Hidden' } })).toEqual([]);
  });

  test('cannot where another archive would replace its own', () => {
    expect(faults('store-app', app, { packages: added })).toEqual(announced);
    expect(faults('store-app', app, { changes: icon })).toEqual(announced);
  });

  test('cannot where the archive would lack a package of its maker, unless that is taken out or sent too', () => {
    const theirs = [{ fileName: 'theirs.msix', fileStatus: 'PendingUpload' }];
    const packagesOf = (...input: [string[], object?]): SubmissionParts['packages'] =>
      mergePackages(
        theirs,
        input[0].map((name, index) => checked(name, { version: `${index + 2}.0.0.0` })),
        input[1],
      );

    expect(faults('store-app', clean, { packages: packagesOf(['new.msix']) })).toEqual(announced);
    expect(faults('store-app', clean, { packages: packagesOf([]), changes: icon })).toEqual(announced);
    expect(faults('store-app', clean, { packages: packagesOf([]) })).toEqual([]);
    expect(faults('store-app', clean, { packages: packagesOf(['new.msix', 'Theirs.msix']) })).toEqual([]);
    expect(faults('store-app', clean, { packages: packagesOf(['new.msix'], { remove: ['theirs.msix'] }) })).toEqual([]);
  });

  test('cannot where a package of ours has the name of one of theirs, and a picture of theirs would be lost', () => {
    const packages = mergePackages([{ fileName: 'new.msix', fileStatus: 'PendingUpload' }], [checked('new.msix')]);
    const base = { ...app, applicationPackages: [{ fileName: 'new.msix', fileStatus: 'PendingUpload' }] };

    expect(faults('store-app', base, { packages })).toEqual(announced);
  });

  test('can where the release replaces them', () => {
    expect(faults('store-app', app, { packages: added, changes: shots({ file: 'b.png' }) })).toEqual([]);
  });
});

describe('what a whole submission lacks', () => {
  const inGerman = [existing('de.msix', { languages: ['de-DE'] })];
  const untitled = {
    applicationCategory: 'Social',
    listings: { 'de-de': { baseListing: { title: '', description: 'D' } } },
    applicationPackages: inGerman,
  };
  const listing = { baseListing: { title: 'T', description: 'D' } };
  const keyworded = (count: number): StoreSubmission => {
    const languages = Array.from({ length: count }, (_, index) => `l${index}`);
    return {
      listings: Object.fromEntries(languages.map((one) => [one, { baseListing: { title: 'T', keywords: ['k'] } }])),
    };
  };

  test.each<[string, string[], string[]]>([
    [
      'everything, in a first submission',
      faults('store-app', {}, { isFirst: true }),
      ['/changes/listings listing-missing', '/changes/applicationCategory category-missing'],
    ],
    [
      'nothing, where the release brings it',
      faults(
        'store-app',
        { applicationCategory: 'NotSet' },
        {
          isFirst: true,
          changes: { applicationCategory: 'Social', listings: { en: listing } },
        },
      ),
      [],
    ],
    [
      'the last listing',
      faults('store-app', app, { changes: { listings: { 'EN-us': null } } }),
      ['/changes/listings listing-missing'],
    ],
    [
      'release notes without a listing',
      faults('store-app', app, { changes: { listings: { 'fr-fr': { baseListing: { releaseNotes: 'x' } } } } }),
      ['/changes/listings/fr-fr listing-not-found'],
    ],
    [
      'a title where no package has the language',
      faults(
        'store-app',
        { ...app, applicationPackages: [] },
        { changes: { listings: { 'en-us': { baseListing: { title: null } } } } },
      ),
      ['/changes/listings/en-us/baseListing/title title-missing'],
    ],
    [
      'a title where the last package that has the language is taken out',
      faults('store-app', untitled, {
        packages: mergePackages(inGerman, [checked('n.msix')], { remove: ['de.msix'] }),
      }),
      ['/changes/listings/de-de/baseListing/title title-missing'],
    ],
    [
      'no title where the Store took the listing without one and without a package',
      faults(
        'store-app',
        { ...untitled, applicationPackages: [existing('en.msix')] },
        { changes: { visibility: 'Hidden' } },
      ),
      [],
    ],
    [
      'no title where a package has it',
      faults('store-app', app, { changes: { listings: { 'en-us': { baseListing: { title: null } } } } }),
      [],
    ],
    [
      'no title where a new package has it',
      faults(
        'store-app',
        { ...app, applicationPackages: [] },
        {
          newLanguages: ['EN-US'],
          changes: { listings: { 'en-us': { baseListing: { title: null } } } },
        },
      ),
      [],
    ],
    [
      'room for keywords',
      faults('store-app', keyworded(21), {
        changes: { listings: { en: { baseListing: { title: 'T', description: 'D', keywords: ['k'] } } } },
      }),
      ['/changes/listings too-long'],
    ],
    ['no room that is taken already', faults('store-app', keyworded(25), { changes: { visibility: 'Hidden' } }), []],
    [
      'an add-on',
      faults('store-add-on', { contentType: 'NotSet', listings: {} }, { isFirst: true }),
      ['/changes/listings listing-missing', '/changes/contentType content-type-missing'],
    ],
    [
      "an add-on's title",
      faults('store-add-on', addOn, { changes: { listings: { 'de-de': { description: 'D' } } } }),
      ['/changes/listings/de-de listing-not-found'],
    ],
    [
      'a content type that the service takes',
      faults('store-add-on', addOn, { changes: { contentType: 'Asp' } }),
      ['/changes/contentType invalid-value'],
    ],
    [
      'no other, where it has it',
      faults('store-add-on', { ...addOn, contentType: 'Asp' }, { changes: { contentType: 'Asp' } }),
      [],
    ],
    [
      'a tier of the price model',
      faults('store-add-on', addOn, {
        changes: {
          pricing: { priceId: 'Tier2', marketSpecificPricings: { de: 'Tier1424', US: 'Tier1425', JP: null } },
        },
      }),
      ['/changes/pricing/priceId price-tier', '/changes/pricing/marketSpecificPricings/US price-tier'],
    ],
    [
      'a tier of the old one',
      faults(
        'store-app',
        { ...app, pricing: { isAdvancedPricingModel: false } },
        {
          changes: { pricing: { priceId: 'Tier97', marketSpecificPricings: { US: 'Tier96', DE: 'Free' } } },
        },
      ),
      ['/changes/pricing/priceId price-tier'],
    ],
  ])('%s', (_what, found, expected) => {
    expect(found).toEqual(expected);
  });
});

describe('keys', () => {
  test('of markets are written in capitals, found without case, and taken out by null', () => {
    const changes = { pricing: { marketSpecificPricings: { lb: null, de: 'Free' } } };

    expect(applyChanges('store-app', app, changes, context).submission.pricing).toEqual({
      ...app.pricing,
      marketSpecificPricings: { DE: 'Free' },
    });
  });

  test('of languages are written small, and one that is not there can be taken out', () => {
    const changes = { listings: { 'FR-fr': { baseListing: { title: 'T', description: 'D' } }, 'it-it': null } };

    expect(Object.keys(applyChanges('store-app', app, changes, context).submission.listings ?? {})).toEqual([
      'en-us',
      'fr-fr',
    ]);
  });
});

describe('line breaks', () => {
  const notes = (stored: string, patch: string): unknown =>
    applyChanges('store-flight', { notesForCertification: stored }, { notesForCertification: patch }, context)
      .submission.notesForCertification;

  test('are written as the API does, in texts and lists', () => {
    const changes = { listings: { 'en-us': { baseListing: { features: ['a\nb', 'Offline'] } } } };
    const { submission } = applyChanges('store-app', app, changes, context);

    expect(notes('', 'a\nb\r\nc\rd')).toBe('a\r\nb\r\nc\r\nd');
    expect(submission.listings?.['en-us']?.baseListing?.['features']).toEqual(['a\r\nb', 'Offline']);
  });

  test('that differ alone are no change', () => {
    expect(notes('a\nb', 'a\r\nb')).toBe('a\nb');
    expect(notes('a\r\nb', 'a\nb')).toBe('a\r\nb');
  });
});

test('a date is cleared to the one that means none', () => {
  const base = { packageDeliveryOptions: { mandatoryUpdateEffectiveDate: '2027-01-01T00:00:00.0000000Z' } };
  const changes = { packageDeliveryOptions: { mandatoryUpdateEffectiveDate: null } };

  expect(applyChanges('store-flight', base, changes, context).submission).toEqual({
    packageDeliveryOptions: { mandatoryUpdateEffectiveDate: '1601-01-01T00:00:00.0000000Z' },
  });
  expect(exportOf('store-flight', flight)).toEqual({
    packageDeliveryOptions: { isMandatoryUpdate: false },
    notesForCertification: '',
  });
});

describe('the diff', () => {
  test('names each field with what it was and will be, lists whole, long texts cut', () => {
    const { submission } = plan('store-app', app, {
      changes: {
        listings: {
          'en-us': { baseListing: { releaseNotes: 'x'.repeat(1000), keywords: ['one'], images: { Screenshot: [] } } },
          'de-de': { baseListing: { title: 'T', description: 'D' } },
        },
        visibility: 'Hidden',
      },
      rollout: { isPackageRollout: false },
    });
    const en = '/listings/en-us/baseListing';

    expect(diffOf('store-app', app, submission)).toEqual([
      { path: '/visibility', from: 'Public', to: 'Hidden' },
      { path: `${en}/releaseNotes`, from: 'Fixes.\nFaster start.', to: `${'x'.repeat(300)}… (1000 characters)` },
      { path: `${en}/keywords`, from: ['notes', 'markdown'], to: ['one'] },
      {
        path: `${en}/images/Screenshot`,
        from: [{ id: '1152922700022186513' }, { id: 'Assets\\en-us\\new.png', description: 'Editor' }],
        to: null,
      },
      { path: '/listings/de-de/baseListing/title', from: null, to: 'T' },
      { path: '/listings/de-de/baseListing/description', from: null, to: 'D' },
      { path: '/packageDeliveryOptions/packageRollout/isPackageRollout', from: true, to: false },
    ]);
  });

  test('has no upload address and nothing else that is not exported', () => {
    const after = { ...app, fileUploadUrl: 'https://x/?sig=secret', id: '2', surprise: 1 };

    expect(diffOf('store-app', app, after)).toEqual([]);
  });
});

describe('assets', () => {
  const changes = {
    listings: {
      'en-us': {
        baseListing: { images: { Icon: [{ file: 'logo.png' }], Screenshot: [{ id: '1' }, { file: 'Shots/1.png' }] } },
      },
    },
    trailers: [{ file: 'v.mp4', trailerAssets: { en: { title: 'T', imageList: [{ file: 't.png' }] } } }],
  };

  test('are found wherever changes name a file', () => {
    const images = '/changes/listings/en-us/baseListing/images';

    expect(referencedAssets(changes)).toEqual([
      { pointer: `${images}/Icon/0/file`, file: 'logo.png' },
      { pointer: `${images}/Screenshot/1/file`, file: 'Shots/1.png' },
      { pointer: '/changes/trailers/0/file', file: 'v.mp4' },
      { pointer: '/changes/trailers/0/trailerAssets/en/imageList/0/file', file: 't.png' },
    ]);
  });

  test('are compared with those of the document: none missing, none idle', () => {
    const compared = compareAssets(changes, [
      { path: 'LOGO.png' },
      { path: 'shots/' },
      { path: 'v.mp4' },
      { path: 'idle/' },
    ]);

    expect(compared.faults).toMatchObject([
      { pointer: '/changes/trailers/0/trailerAssets/en/imageList/0/file', code: 'asset-not-found' },
    ]);
    expect(compared.warnings).toMatchObject([{ pointer: '/assets/3', code: 'asset-unused' }]);
  });

  test('are remembered by what the service calls them, once processed', () => {
    const { submission, files } = plan('store-app', app, { changes });
    const stored = processed(submission);
    const placed = placedFiles(files, stored);
    const again = planSubmission(
      'store-app',
      stored,
      { changes: { ...changes, listings: {} } },
      {
        sha256Of: sha256,
        known: (place, hash) => placed.find((one) => one.place === place && one.sha256 === hash)?.id,
      },
    );

    expect(placed.map(({ place }) => place).sort()).toEqual([
      'en-us/Icon',
      'en-us/Screenshot',
      'trailers',
      'trailers/en',
    ]);
    expect(again.files).toEqual([]);
    expect(again.submission['trailers']).toEqual(stored['trailers']);
    expect(placedFiles(files, submission).filter(({ place }) => place.startsWith('en-us'))).toEqual([]);
  });
});
