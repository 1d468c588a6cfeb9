/** New packages beside those that are there: what the Store would refuse, what nobody would get, and what it takes. */
import fc from 'fast-check';
import { mergePackages } from '../../../src/domain/store/merge-packages';
import { compareVersions } from '../../../src/domain/store/package-slots';
import { checked, desktop, existing } from '../samples';

const xbox = 'Windows.Xbox min version 10.0.17763.0';
const older = 'Windows.Desktop min version 10.0.14393.0';

function faultsOf(...input: Parameters<typeof mergePackages>): string[] {
  return mergePackages(...input).faults.map(({ pointer, code }) => `${pointer} ${code}`);
}

const there = existing('there.msix', { version: '2.0.0.0' });

describe('a version that does not rise', () => {
  test('is refused, whatever the packages that are kept', () => {
    const lower = [checked('new.msix', { version: '1.10.0.0' })];

    expect([undefined, { keep: 1 }, { keep: 0 }].map((old) => faultsOf([there], lower, old))).toEqual([
      ['/packages/0 package-not-rising'],
      ['/packages/0 package-not-rising'],
      ['/packages/0 package-not-rising'],
    ]);
  });

  test('is one that is the same with other bytes, also where the other one makes room', () => {
    const same = [checked('new.msix', { version: '2.0.0.0' })];

    expect(faultsOf([there], same)).toEqual(['/packages/0 package-duplicate']);
    expect(faultsOf([there], same, { keep: 0 })).toEqual(['/packages/0 package-not-rising']);
  });

  test('is taken where the higher one is taken out by its name', () => {
    const same = checked('new.msix', { version: '2.0.0.0' });

    expect(faultsOf([there], [checked('new.msix', { version: '1.0.0.0' })], { remove: ['There.msix'] })).toEqual([]);
    expect(faultsOf([there], [same], { remove: ['There.msix'] })).toEqual([]);
  });

  test.each([
    ['another architecture', { architectures: ['arm64'] }],
    ['another device family', { targetDeviceFamilies: [xbox] }],
    ['another minimum OS', { targetDeviceFamilies: [older] }],
    ['a device family more', { targetDeviceFamilies: [desktop, xbox] }],
    ['an architecture more', { architectures: ['x64', 'arm64'] }],
  ])('is taken for %s, as the Store takes it', (_what, more) => {
    expect(faultsOf([there], [checked('new.msix', { version: '1.0.0.0', ...more })])).toEqual([]);
  });

  test('is refused where all its devices have higher ones, each another', () => {
    const before = [there, existing('arm.msix', { version: '3.0.0.0', architecture: 'ARM64' })];
    const bundle = checked('new.msixbundle', { version: '1.0.0.0', architectures: ['x64', 'arm64'] });

    expect(faultsOf(before, [bundle])).toEqual(['/packages/0 package-not-rising']);
  });

  test('counts no package without a version, and none that a draft takes out already', () => {
    const before = [
      existing('announced.msix', { fileStatus: 'PendingUpload', version: undefined }),
      existing('gone.msix', { fileStatus: 'PendingDelete', version: '9.0.0.0' }),
    ];

    expect(faultsOf(before, [checked('new.msix')])).toEqual([]);
  });
});

describe('the same version and architecture', () => {
  test.each([
    ['of one that stays', [there], [checked('new.msix')], ['/packages/0']],
    ['for other devices', [there], [checked('new.msix', { targetDeviceFamilies: [xbox] })], ['/packages/0']],
    [
      'in two of the release',
      [],
      [checked('a.msix'), checked('b.msix', { targetDeviceFamilies: [xbox] })],
      ['/packages/1'],
    ],
    [
      'in two bundles, in whatever order',
      [],
      [
        checked('a.msixbundle', { architectures: ['x64', 'arm64'] }),
        checked('b.msixbundle', { architectures: ['ARM64', 'x64'] }),
      ],
      ['/packages/1'],
    ],
    [
      'of a bundle that nobody has looked into',
      [existing('old.msixbundle', { version: '2.0.0.0', architecture: 'Neutral' })],
      [checked('new.msixbundle', { architectures: ['x64', 'arm64'] })],
      ['/packages/0'],
    ],
  ])('%s is refused', (_what, before, added, pointers) => {
    expect(faultsOf(before, added)).toEqual(pointers.map((pointer) => `${pointer} package-duplicate`));
  });

  test('is no fault for bundles of other architectures', () => {
    const added = [
      checked('a.msixbundle', { architectures: ['x64', 'arm64'] }),
      checked('b.msixbundle', { architectures: ['x86', 'arm'] }),
    ];

    expect(faultsOf([], added)).toEqual([]);
  });
});

test('all faults are told at once, at the places of the document', () => {
  const asked = ['known.msix', 'THERE.msix', 'low.msix'].map((fileName) => ({ fileName }));
  const added = [checked('There.msix', { version: '2.0.0.0' }), checked('low.msix', { version: '1.0.0.0' })];

  expect(faultsOf([there], added, { remove: ['lost.msix'] }, asked)).toEqual([
    '/oldPackages/remove/0 package-not-found',
    '/packages/1/fileName package-name-taken',
    '/packages/1 package-duplicate',
    '/packages/2 package-not-rising',
  ]);
});

test('one package of one kind is refused exactly when it does not rise', () => {
  const version = fc
    .tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 12 })))
    .map((parts) => `${parts.join('.')}.0`);

  fc.assert(
    fc.property(
      version,
      fc.array(version, { minLength: 1, maxLength: 4 }),
      fc.option(fc.nat(2)),
      (mine, others, keep) => {
        const before = others.map((number, index) => existing(`${index}.msix`, { version: number }));

        const faults = faultsOf(before, [checked('new.msix', { version: mine })], keep === null ? undefined : { keep });

        const rises = others.every((number) => compareVersions(mine, number) > 0);
        expect(faults.length).toBe(rises ? 0 : 1);
      },
    ),
  );
});
