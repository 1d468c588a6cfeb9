/** Which packages a release takes out: by slot, beside what everyone runs, and without what was halted. */
import fc from 'fast-check';
import { identityOf } from '../../../src/domain/store/blockers';
import { livePackages } from '../../../src/domain/store/live-packages';
import type { LivePackages } from '../../../src/domain/store/live-packages';
import { packagesToRemove } from '../../../src/domain/store/old-packages';
import type { Retention } from '../../../src/domain/store/old-packages';
import { compareVersions, placeOf, placeOfNew } from '../../../src/domain/store/package-slots';
import type { CheckedPackage, StorePackage, StoreSubmission } from '../../../src/domain/store/submission';
import { checked, desktop, existing, submission } from '../samples';

const xbox = 'Windows.Xbox min version 10.0.17763.0';
const older = 'Windows.Desktop min version 10.0.14393.0';

function removed(...input: Parameters<typeof packagesToRemove>): string[] {
  return [...packagesToRemove(...input).remove].map(({ fileName }) => fileName.toLowerCase()).sort();
}

function faultsOf(...input: Parameters<typeof packagesToRemove>): string[] {
  return packagesToRemove(...input).faults.map(({ pointer, code }) => `${pointer} ${code}`);
}

/** Packages of these versions, named by them. */
function versions(...numbers: string[]): StorePackage[] {
  return numbers.map((version) => existing(`${version}.msix`, { version }));
}

function live(status: string, packages: readonly StorePackage[]): StoreSubmission {
  const packageRollout = { isPackageRollout: true, packageRolloutStatus: status };
  return submission({ applicationPackages: packages, packageDeliveryOptions: { packageRollout } });
}

function liveOf(packages: readonly StorePackage[]): LivePackages {
  return livePackages({ published: submission({ applicationPackages: packages }), fallback: null });
}

function afterHaltOf(packages: readonly StorePackage[], fallback: readonly StorePackage[]): LivePackages {
  const published = live('PackageRolloutStopped', packages);
  return livePackages({ published, fallback: submission({ applicationPackages: fallback }) });
}

describe('a package for several devices', () => {
  const both = existing('both.msix', { targetDeviceFamilies: [desktop, xbox] });

  test('stays while a new one comes to some of them only', () => {
    expect(removed([both], [checked('new.msix')], { keep: 0 })).toEqual([]);
  });

  test('goes when new ones come to all of them, in one or in several', () => {
    const one = [checked('one.msix', { targetDeviceFamilies: [xbox, desktop] })];
    const two = [checked('desktop.msix'), checked('xbox.msix', { targetDeviceFamilies: [xbox] })];

    expect([one, two].map((added) => removed([both], added, { keep: 0 }))).toEqual([['both.msix'], ['both.msix']]);
  });

  test('takes a place in each slot', () => {
    const before = [existing('desktop.msix'), existing('both.msix', { ...both, version: '1.5.0.0' })];

    expect(removed(before, [checked('new.msix')], { keep: 1 })).toEqual(['desktop.msix']);
  });
});

describe('bundles', () => {
  const bundle = (name: string, more: Partial<CheckedPackage> = {}): CheckedPackage =>
    checked(name, { architectures: ['x64', 'arm64'], ...more });

  test('take the place of packages of a single architecture', () => {
    const before = [existing('x64.msix'), existing('arm.msix', { architecture: 'ARM64' })];

    expect(removed(before, [bundle('new.msixbundle')], { keep: 0 })).toEqual(['arm.msix', 'x64.msix']);
  });

  test('are known by what was published from here, where Partner Center shows one architecture', () => {
    const before = [existing('Old.msixbundle', { architecture: 'Neutral' })];
    const record = { fileName: 'old.msixbundle', sha256: 'a', version: '1.0.0.0', architecture: 'x64+arm64' };

    expect(removed(before, [bundle('new.msixbundle')], { keep: 0, known: [record] })).toEqual(['old.msixbundle']);
  });

  test.each([
    ['nobody knows what is in them', []],
    ['the record is of another version', [{ version: '0.9.0.0', architecture: 'x64+arm64' }]],
    ['they have an architecture that does not come', [{ version: '1.0.0.0', architecture: 'x64+x86' }]],
  ])('stay where %s', (_what, records) => {
    const before = [existing('old.msixbundle', { architecture: 'Neutral' })];
    const known = records.map((record) => ({ fileName: 'old.msixbundle', sha256: 'a', ...record }));

    expect(removed(before, [bundle('new.msixbundle')], { keep: 0, known })).toEqual([]);
  });

  test('are in the slots of their packages, and in no others', () => {
    const applications = [
      { architecture: 'x64', targetDeviceFamilies: [older] },
      { architecture: 'arm64', targetDeviceFamilies: [desktop] },
    ];
    const added = [bundle('new.msixbundle', { targetDeviceFamilies: [older, desktop], applications })];
    const before = [
      existing('x64.msix', { targetDeviceFamilies: [older] }),
      existing('arm.msix', { architecture: 'ARM64', targetDeviceFamilies: [older] }),
    ];

    expect(removed(before, added, { keep: 0 })).toEqual(['x64.msix']);
  });
});

test('what is asked for and there already takes no place of an older one', () => {
  const before = versions('1.5.0.0', '1.4.0.0', '1.3.0.0');

  expect(removed(before, [checked('new.msix')], { keep: 1, stay: new Set(['1.5.0.0.msix']) })).toEqual([
    '1.3.0.0.msix',
  ]);
});

describe('with a rollout', () => {
  const before = versions('1.5.0.0', '1.4.0.0');
  const rollout: Retention = { hasRollout: true, live: liveOf(before) };

  test('what everyone runs stays, also when nothing is to be kept', () => {
    expect(removed(before, [checked('new.msix')], { ...rollout, keep: 0 })).toEqual(['1.4.0.0.msix']);
    expect(removed(before, [checked('new.msix')], { ...rollout, keep: 0, hasRollout: false })).toHaveLength(2);
  });

  test('it is what devices of each kind run', () => {
    const all = [...before, existing('arm.msix', { architecture: 'ARM64', version: '1.2.0.0' })];
    const added = [checked('new.msix', { architectures: ['x64', 'arm64'] })];

    expect(removed(all, added, { hasRollout: true, keep: 0, live: liveOf(all) })).toEqual(['1.4.0.0.msix']);
  });

  test('taking it out by name is a fault at its place; what is older may go', () => {
    const remove = ['1.4.0.0.msix', '1.5.0.0.MSIX'];

    expect(faultsOf(before, [checked('new.msix')], { ...rollout, remove })).toEqual([
      '/oldPackages/remove/1 package-served',
    ]);
    expect(faultsOf(before, [checked('new.msix')], { ...rollout, remove, hasRollout: false })).toEqual([]);
  });

  test('a draft that takes it out already cannot be gone on with', () => {
    const draft = before.map((entry) => ({ ...entry, fileStatus: 'PendingDelete' }));

    expect(faultsOf(draft, [checked('new.msix')], rollout)).toEqual(['/options/onForeignDraft package-served']);
  });

  test('after a halt, what the halted submission falls back to stays, and what was halted may go', () => {
    const [halted, good] = versions('1.6.0.0', '1.5.0.0', '1.4.0.0');
    const all = versions('1.6.0.0', '1.5.0.0', '1.4.0.0');
    const retention = { hasRollout: true, live: afterHaltOf(all, all.slice(1)) };

    expect(removed(all, [checked('new.msix')], { ...retention, keep: 0 })).toEqual(['1.4.0.0.msix', '1.6.0.0.msix']);
    expect(faultsOf(all, [], { ...retention, remove: [halted!.fileName] })).toEqual([]);
    expect(faultsOf(all, [], { ...retention, remove: [good!.fileName] })).toEqual([
      '/oldPackages/remove/0 package-served',
    ]);
  });

  test('while another rollout runs, what everyone gets at either end stays, and nothing is refused yet', () => {
    const all = versions('1.6.0.0', '1.5.0.0', '1.4.0.0');
    const published = live('PackageRolloutInProgress', all);
    const fallback = submission({ applicationPackages: all.slice(1) });
    const of = (policy: 'wait' | 'halt' | 'finalize'): Retention => ({
      hasRollout: true,
      keep: 0,
      live: livePackages({ published, fallback }, policy),
    });
    const added = [checked('new.msix')];

    expect(removed(all, added, of('wait'))).toEqual(['1.4.0.0.msix']);
    expect(removed(all, added, of('halt'))).toEqual(['1.4.0.0.msix', '1.6.0.0.msix']);
    expect(removed(all, added, of('finalize'))).toEqual(['1.4.0.0.msix', '1.5.0.0.msix']);
    expect(faultsOf(all, added, { ...of('wait'), remove: ['1.6.0.0.msix'] })).toEqual([]);
    expect(faultsOf(all, added, { ...of('finalize'), remove: ['1.6.0.0.msix'] })).toHaveLength(1);
  });
});

test.each([
  [0, ['1.4.0.0.msix', '1.5.0.0.msix', '1.6.0.0.msix']],
  [1, ['1.4.0.0.msix', '1.6.0.0.msix']],
  [2, ['1.6.0.0.msix']],
])('a halted version is none of the %i to keep', (keep, gone) => {
  const all = versions('1.6.0.0', '1.5.0.0', '1.4.0.0');

  expect(removed(all, [checked('new.msix')], { keep, live: afterHaltOf(all, all.slice(1)) })).toEqual(gone);
});

describe('whatever is there, asked for, and was halted', () => {
  const version = fc.constantFrom('1.0.0.0', '1.2.0.0', '1.10.0.0', '2.0.0.0');
  const architecture = fc.constantFrom('x64', 'arm64', 'neutral');
  const families = fc.constantFrom([desktop], [xbox], [older], [xbox, desktop]);
  const there = fc.uniqueArray(
    fc
      .record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), version, architecture, families })
      .map(({ name, families: targetDeviceFamilies, ...more }) =>
        existing(`${name}.msix`, { ...more, targetDeviceFamilies }),
      ),
    { selector: ({ fileName }) => fileName, minLength: 1 },
  );
  const added = fc.uniqueArray(
    fc
      .record({
        name: fc.constantFrom('n1', 'n2'),
        architectures: fc.subarray(['x64', 'arm64'], { minLength: 1 }),
        families,
      })
      .map(({ name, architectures, families: targetDeviceFamilies }) =>
        checked(`${name}.msix`, { version: '9.0.0.0', architectures, targetDeviceFamilies }),
      ),
    { selector: ({ fileName }) => fileName },
  );
  const halted = fc.subarray(['id-a.msix', 'id-b.msix', 'id-c.msix']);
  const world = fc.record({ there, added, halted, keep: fc.nat(3), hasRollout: fc.boolean() });

  interface World {
    readonly there: readonly StorePackage[];
    readonly added: readonly CheckedPackage[];
    readonly halted: readonly string[];
    readonly keep: number;
    readonly hasRollout: boolean;
  }

  /** What the rules say slot by slot: the packages of good repute that have a place in some slot, or where none comes. */
  function expectedToStay({ there: packages, added: items, halted: stopped, keep, hasRollout }: World): string[] {
    const good = packages.filter((entry) => !stopped.includes(identityOf(entry)));
    const inSlot = (slot: string): StorePackage[] => good.filter((entry) => placeOf(entry).slots.includes(slot));
    const newestOf = (slot: string, count: number): StorePackage[] => {
      const numbers = [...new Set(inSlot(slot).map((entry) => entry.version ?? ''))].sort(compareVersions).reverse();
      return inSlot(slot).filter((entry) => numbers.slice(0, count).includes(entry.version ?? ''));
    };
    const renewed = new Set(items.flatMap((item) => placeOfNew(item).slots));
    const all = [...new Set(packages.flatMap((entry) => placeOf(entry).slots))];
    const staying = all.flatMap((slot) => {
      if (!renewed.has(slot)) return packages.filter((entry) => placeOf(entry).slots.includes(slot));
      return newestOf(slot, hasRollout ? Math.max(keep, 1) : keep);
    });
    return [...new Set(staying.map(({ fileName }) => fileName))].sort();
  }

  test('each slot keeps its newest good versions, and the one that everyone runs beside a rollout', () => {
    fc.assert(
      fc.property(world, (one) => {
        const good = one.there.filter((entry) => !one.halted.includes(identityOf(entry)));
        const state = afterHaltOf(one.there, good);

        const gone = removed(one.there, one.added, { keep: one.keep, hasRollout: one.hasRollout, live: state });

        const staying = one.there.map(({ fileName }) => fileName).filter((name) => !gone.includes(name));
        expect(staying.sort()).toEqual(expectedToStay(one));
      }),
      { numRuns: 500 },
    );
  });
});
