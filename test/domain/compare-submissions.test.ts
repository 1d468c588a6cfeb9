import fc from 'fast-check';
import { differences, isCloneOf } from '../../src/domain/store/compare-submissions';
import type { StoreSubmission } from '../../src/domain/store/submission';
import { existing, submission, text } from './samples';

function withTexts(title: string, more: object = {}): StoreSubmission {
  return submission({ listings: { 'en-us': { baseListing: { title, ...more } } } });
}

describe('two submissions agree', () => {
  test('when they are the same, whatever texts are in them', () => {
    fc.assert(
      fc.property(text, text, (title, notes) => {
        const one = { ...withTexts(title), notesForCertification: notes };

        expect(differences(one, structuredClone(one))).toEqual([]);
      }),
    );
  });

  test.each<[string, StoreSubmission, StoreSubmission]>([
    ['missing, null and empty', { a: null, b: '', c: [], d: {} }, { a: '', b: [], c: null }],
    ['line breaks and space at the end', { notes: 'a\nb' }, { notes: 'a\r\nb \r\n' }],
    ['dates written differently', { date: '2026-01-01T00:00:00Z' }, { date: '2026-01-01T00:00:00.0000000Z' }],
    ['numbers written differently', { percentage: 25.0 }, JSON.parse('{"percentage":25.00}') as StoreSubmission],
    [
      'languages written differently',
      submission({ listings: { 'de-DE': {} } }),
      submission({ listings: { 'de-de': {} } }),
    ],
    ['what the service sets itself', { id: '1', status: 'PendingCommit' }, { id: '2', status: 'Published' }],
    ['images that were taken in', withTexts('t', image('PendingUpload')), withTexts('t', image('Uploaded'))],
  ])('in spite of %s', (_what, meant, stored) => {
    expect(differences(meant, stored)).toEqual([]);
  });

  test('when packages only moved on', () => {
    const meant = submission({
      applicationPackages: [
        existing('stays.msix'),
        existing('goes.msix', { fileStatus: 'PendingDelete' }),
        { fileName: 'New.msix', fileStatus: 'PendingUpload' },
      ],
    });
    const stored = submission({
      applicationPackages: [existing('new.msix', { version: '2.0.0.0' }), existing('stays.msix')],
    });

    expect(differences(meant, stored)).toEqual([]);
  });
});

describe('a package that has the name of the one it replaces', () => {
  const goes = existing('App.msix', { fileStatus: 'PendingDelete' });
  const meant = submission({ applicationPackages: [goes, { fileName: 'App.msix', fileStatus: 'PendingUpload' }] });

  test.each([
    ['is announced', [goes, { fileName: 'App.msix', fileStatus: 'PendingUpload' }]],
    ['was processed', [existing('App.msix', { id: 'new', version: '2.0.0.0' })]],
  ])('agrees where it %s', (_what, applicationPackages) => {
    expect(differences(meant, submission({ applicationPackages }))).toEqual([]);
  });

  test.each([
    ['the old one is still there, and nothing else', [existing('App.msix')]],
    ['the old one goes, and no other comes', [goes]],
    ['both are there', [existing('App.msix'), existing('App.msix', { id: 'new', version: '2.0.0.0' })]],
  ])('differs where %s', (_what, applicationPackages) => {
    expect(differences(meant, submission({ applicationPackages }))).toEqual(['/applicationPackages/app.msix']);
  });

  test('is no sign that the one that was meant to stay is there', () => {
    const before = submission({ applicationPackages: [existing('App.msix')] });

    expect(differences(before, meant)).toEqual(['/applicationPackages/app.msix']);
  });
});

function image(fileStatus: string): object {
  return { images: [{ fileName: '1.png', fileStatus, imageType: 'Screenshot' }] };
}

describe('two submissions differ', () => {
  test.each<[string, Partial<StoreSubmission>, string[]]>([
    ['a text', { notesForCertification: 'other' }, ['/notesForCertification']],
    [
      'a price',
      { pricing: { priceId: 'Tier2', trialPeriod: 'NoFreeTrial', marketSpecificPricings: { RU: 'Tier3' } } },
      ['/pricing/priceId'],
    ],
    [
      'the price of one market',
      { pricing: { priceId: 'Free', trialPeriod: 'NoFreeTrial', marketSpecificPricings: { RU: 'Tier9' } } },
      ['/pricing/marketSpecificPricings/RU'],
    ],
    [
      'a market that came with a price',
      {
        pricing: { priceId: 'Free', trialPeriod: 'NoFreeTrial', marketSpecificPricings: { RU: 'Tier3', DE: 'Tier2' } },
      },
      ['/pricing/marketSpecificPricings/DE'],
    ],
    ['a member that is gone', { hardwarePreferences: null }, ['/hardwarePreferences']],
    ['a longer list', { hardwarePreferences: ['Touch', 'Keyboard'] }, ['/hardwarePreferences']],
    [
      'a number in a list',
      { gamingOptions: [{ genres: ['Games_ActionAndAdventure'], maxPlayers: 5 }] },
      ['/gamingOptions/0/maxPlayers'],
    ],
    ['a boolean', { automaticBackupEnabled: true }, ['/automaticBackupEnabled']],
    [
      'a rollout',
      { packageDeliveryOptions: { packageRollout: { isPackageRollout: true } } },
      ['/packageDeliveryOptions/packageRollout/isPackageRollout'],
    ],
    [
      'a listing that is gone and one that came',
      { listings: { 'de-de': submission().listings!['de-DE']!, 'fr-fr': {} } },
      ['/listings/en-us', '/listings/fr-fr'],
    ],
    ['a package that is gone', { applicationPackages: [] }, ['/applicationPackages/old.msix']],
    [
      'a package that came',
      { applicationPackages: [existing('old.msix'), existing('x.msix')] },
      ['/applicationPackages/x.msix'],
    ],
    ['a package of a flight that came', { flightPackages: [existing('x.msix')] }, ['/flightPackages/x.msix']],
    [
      'a package that is to be deleted',
      { applicationPackages: [existing('old.msix', { fileStatus: 'PendingDelete' })] },
      ['/applicationPackages/old.msix'],
    ],
  ])('by %s, and where is said', (_what, change, pointers) => {
    expect(differences(submission(), submission(change))).toEqual(pointers);
  });

  test('at every leaf that changes', () => {
    const meant = submission();
    const leaves = leavesOf(meant).filter((path) => !isIgnored(path));

    expect(leaves.length).toBeGreaterThan(12);
    for (const path of leaves) {
      const stored = structuredClone(meant);
      replace(stored, path);

      expect(differences(meant, stored)).toEqual([`/${path.join('/')}`]);
    }
  });
});

describe('a fresh clone', () => {
  test('is known by its content; its rollout and its own members do not count', () => {
    const original = submission({ packageDeliveryOptions: { packageRollout: { isPackageRollout: true } } });
    const clone = submission({ id: '2000', status: 'PendingCommit', packageDeliveryOptions: {} });

    expect(isCloneOf(clone, original)).toBe(true);
  });

  test('that somebody worked on is none', () => {
    expect(isCloneOf(submission({ notesForCertification: 'mine' }), submission())).toBe(false);
    expect(
      isCloneOf(submission({ applicationPackages: [existing('old.msix'), existing('x.msix')] }), submission()),
    ).toBe(false);
  });
});

type Path = readonly (string | number)[];

function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, member]) =>
    leavesOf(member, [...path, Array.isArray(value) ? Number(name) : name]),
  );
}

function isIgnored(path: Path): boolean {
  return path[0] === 'applicationPackages' || path[0] === 'id' || path.includes('packageRolloutStatus');
}

function replace(root: object, path: Path): void {
  const parent = path.slice(0, -1).reduce<object>((value, name) => (value as never)[name], root);
  Object.assign(parent, { [path.at(-1)!]: 'something else' });
}
