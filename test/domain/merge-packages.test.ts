import fc from 'fast-check';
import type { OldPackages } from '../../src/domain/release-document';
import { mergePackages } from '../../src/domain/store/merge-packages';
import { compareVersions } from '../../src/domain/store/package-slots';
import { fitPackages } from '../../src/domain/store/fit-packages';
import { checked, desktop, existing } from './samples';

const xbox = 'Windows.Xbox min version 10.0.17763.0';

/** File names with the status they get, as `old.msix PendingDelete`. */
function merged(...input: Parameters<typeof mergePackages>): string[] {
  return mergePackages(...input).packages.map(({ fileName, fileStatus }) => `${fileName} ${fileStatus}`);
}

test('what is there stays in its place, untouched, and what is new comes last', () => {
  const before = [existing('b.msix', { languages: ['en'], extra: 1 }), existing('a.msix', { architecture: 'ARM64' })];

  const { packages, changed, faults } = mergePackages(before, [checked('new.msix')], undefined);

  expect(packages.slice(0, 2)).toEqual(before);
  expect(packages[2]).toMatchObject({ fileName: 'new.msix', fileStatus: 'PendingUpload' });
  expect({ changed, faults }).toEqual({ changed: true, faults: [] });
});

test('nothing asked for changes nothing', () => {
  expect(mergePackages([existing('a.msix')], [], undefined)).toMatchObject({ changed: false, faults: [] });
});

describe('removal', () => {
  test('by name, without case, is PendingDelete', () => {
    const old = { remove: ['OLD.msix'] };

    expect(merged([existing('Old.msix'), existing('b.msix')], [], old)).toEqual([
      'Old.msix PendingDelete',
      'b.msix Uploaded',
    ]);
  });

  test('of a name that is not there is a fault at its place', () => {
    const { faults } = mergePackages([existing('a.msix')], [], { remove: ['a2.msix', 'a.msix', 'b.msix'] });

    expect(faults).toMatchObject([
      { pointer: '/oldPackages/remove/0', code: 'package-not-found' },
      { pointer: '/oldPackages/remove/2', code: 'package-not-found' },
      { pointer: '/oldPackages', code: 'package-missing' },
    ]);
  });

  test('of one that was only announced leaves it out: there is nothing to delete', () => {
    const before = [existing('a.msix'), { fileName: 'b.msix', fileStatus: 'PendingUpload' }];

    const { packages, changed } = mergePackages(before, [], { remove: ['B.msix'] });

    expect({ packages, changed }).toEqual({ packages: [before[0]], changed: true });
  });

  test('makes the name free for a new package', () => {
    const old = { remove: ['app.msix'] };

    const { packages, faults } = mergePackages([existing('app.msix')], [checked('app.msix')], old);

    expect(faults).toEqual([]);
    expect(packages.map((entry) => entry.fileStatus)).toEqual(['PendingDelete', 'PendingUpload']);
  });
});

describe('keep', () => {
  const versions = ['1.9.0.0', '1.10.0.0', '1.2.0.0'].map((version) => existing(`${version}.msix`, { version }));

  test.each([
    [0, []],
    [1, ['1.10.0.0.msix']],
    [2, ['1.9.0.0.msix', '1.10.0.0.msix']],
    [9, ['1.9.0.0.msix', '1.10.0.0.msix', '1.2.0.0.msix']],
  ])('%i lets so many of the newest versions stay where a new one comes', (keep, staying) => {
    const lines = merged(versions, [checked('new.msix')], { keep });

    expect(lines.filter((line) => line.endsWith(' Uploaded'))).toEqual(staying.map((name) => `${name} Uploaded`));
  });

  test.each([
    ['architecture', existing('arm.msix', { architecture: 'ARM64' })],
    ['device family', existing('xbox.msix', { targetDeviceFamilies: [xbox] })],
    ['minimum OS', existing('older.msix', { targetDeviceFamilies: ['Windows.Desktop min version 10.0.14393.0'] })],
  ])('leaves packages of another %s alone', (_what, other) => {
    expect(merged([other, existing('same.msix')], [checked('new.msix')], { keep: 0 }).slice(0, 2)).toEqual([
      `${other.fileName} Uploaded`,
      'same.msix PendingDelete',
    ]);
  });

  test('tells versions of one name apart', () => {
    const same = versions.map((entry) => ({ ...entry, fileName: 'App.msix' }));

    const { packages } = mergePackages(same, [checked('new.msix')], { keep: 1 });

    const staying = packages.filter(({ fileStatus }) => fileStatus === 'Uploaded');
    expect(staying.map(({ version }) => version)).toEqual(['1.10.0.0']);
  });

  test('counts neither what is named for removal nor what is deleted already', () => {
    const gone = existing('3.msix', { version: '3.0.0.0', fileStatus: 'PendingDelete' });
    const named = existing('2.msix', { version: '2.0.0.0' });
    const kept = existing('1.msix', { version: '1.0.0.0' });

    const lines = merged([gone, named, kept], [checked('new.msix')], { keep: 1, remove: ['2.msix'] });

    expect(lines.slice(0, 3)).toEqual(['3.msix PendingDelete', '2.msix PendingDelete', '1.msix Uploaded']);
  });

  test('without a new package removes nothing', () => {
    expect(merged(versions, [], { keep: 0 })).toEqual(versions.map(({ fileName }) => `${fileName} Uploaded`));
  });
});

describe('faults', () => {
  test('a file name that is there already', () => {
    const { faults } = mergePackages([existing('App.msix')], [checked('x.msix'), checked('app.MSIX')], undefined);

    expect(faults).toContainEqual(
      expect.objectContaining({ pointer: '/packages/1/fileName', code: 'package-name-taken' }),
    );
  });

  test('a version that the product has for this architecture, compared without case', () => {
    const before = [existing('old.msix', { version: '2.0.0.0', architecture: 'X64' })];

    const { faults } = mergePackages(before, [checked('new.msix')], undefined);

    expect(faults).toMatchObject([{ pointer: '/packages/0', code: 'package-duplicate' }]);
  });

  test('the same package twice in the release', () => {
    const { faults } = mergePackages([], [checked('a.msix'), checked('b.msix')], undefined);

    expect(faults).toMatchObject([{ pointer: '/packages/1', code: 'package-duplicate' }]);
  });

  test('a product that would have no package', () => {
    expect(mergePackages([], [], undefined).faults).toMatchObject([{ pointer: '/packages', code: 'package-missing' }]);
    expect(mergePackages([existing('a.msix')], [], { remove: ['a.msix'] }).faults).toMatchObject([
      { pointer: '/oldPackages', code: 'package-missing' },
    ]);
  });

  test('packages of another app are told one by one, with all that is wrong', () => {
    const app = { id: '9NBLGGH4R315', packageIdentityName: 'Contoso.App', publisherName: 'CN=Contoso' };
    const wrong = checked('wrong.msix', { identityName: 'Other', publisher: 'CN=Other' });

    expect(fitPackages(app, [checked('right.msix'), wrong])).toMatchObject([
      { pointer: '/packages/1', code: 'package-identity' },
      { pointer: '/packages/1', code: 'package-publisher' },
    ]);
  });
});

describe('whatever is there and asked for', () => {
  const version = fc.constantFrom('1.0.0.0', '1.2.0.0', '1.10.0.0', '2.0.0.0');
  const architecture = fc.constantFrom('x64', 'ARM64', 'Neutral');
  const families = fc.constantFrom([desktop], [xbox], [xbox, desktop]);
  const there = fc.uniqueArray(
    fc
      .record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'e'), version, architecture, families })
      .chain((item) =>
        fc.constantFrom('Uploaded', 'PendingDelete', 'None').map((fileStatus) => ({ ...item, fileStatus })),
      )
      .map(({ name, families: targetDeviceFamilies, ...more }) =>
        existing(`${name}.msix`, { ...more, targetDeviceFamilies }),
      ),
    { selector: ({ fileName }) => fileName },
  );
  const added = fc.uniqueArray(
    fc
      .record({ name: fc.constantFrom('a', 'n1', 'n2'), version, architecture, families })
      .map(({ name, version: number, architecture: one, families: targetDeviceFamilies }) =>
        checked(`${name}.msix`, { version: number, architectures: [one.toLowerCase()], targetDeviceFamilies }),
      ),
    { selector: ({ fileName }) => fileName },
  );
  const old: fc.Arbitrary<OldPackages | undefined> = fc.option(
    fc.record({ keep: fc.option(fc.nat(3), { nil: undefined }), remove: fc.subarray(['a.msix', 'C.msix', 'z.msix']) }),
    { nil: undefined },
  );

  test('merging twice is merging once', () => {
    fc.assert(
      fc.property(there, added, old, (packages, items, options) => {
        const once = mergePackages(packages, items, options).packages;

        expect(mergePackages(once, items, options).packages).toEqual(once);
      }),
    );
  });

  test('every package that was there is still listed, unchanged but for its status', () => {
    fc.assert(
      fc.property(there, added, old, (packages, items, options) => {
        const after = mergePackages(packages, items, options).packages;

        expect(after.slice(0, packages.length).map((entry) => ({ ...entry, fileStatus: '' }))).toEqual(
          packages.map((entry) => ({ ...entry, fileStatus: '' })),
        );
        expect(after).toHaveLength(packages.length + items.length);
      }),
    );
  });

  test('a status changes to PendingDelete alone, and only where something asks for it', () => {
    fc.assert(
      fc.property(there, added, old, (packages, items, options) => {
        const after = mergePackages(packages, items, options).packages;

        const changed = packages.filter((entry, index) => after[index]?.fileStatus !== entry.fileStatus);
        for (const entry of changed)
          expect(after.find((item) => item.id === entry.id)?.fileStatus).toBe('PendingDelete');
        if (options?.keep === undefined && options?.remove === undefined) expect(changed).toEqual([]);
      }),
    );
  });
});

test.each([
  ['1.10.0.0', '1.9.0.0', 1],
  ['1.0.0.0', '1.0', 0],
  ['1.0.0.0', '1.0.0.1', -1],
])('version %s against %s is %i', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
});
