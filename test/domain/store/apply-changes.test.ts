import fc from 'fast-check';
import { applyChanges, exportOf } from '../../../src/domain/store/apply-changes';
import { differences } from '../../../src/domain/store/compare-submissions';
import { diffOf } from '../../../src/domain/store/diff-submissions';
import type { StoreKind } from '../../../src/domain/store/mapping';
import type { StoreSubmission } from '../../../src/domain/store/submission';
import { patched, submission } from './arbitraries';
import { context, processed, samples } from './wire-samples';

function apply(kind: StoreKind, base: StoreSubmission, patch: object): StoreSubmission {
  const { submission: after, faults } = applyChanges(kind, base, patch, context);

  expect(faults).toEqual([]);
  return after;
}

describe('a submission and its export', () => {
  test('the samples hold apps, flights and add-ons', () => {
    expect(samples.length).toBeGreaterThan(10);
  });

  test.each(samples)('%s: without a change it stays what it is', (_name, kind, base) => {
    expect(apply(kind, base, {})).toBe(base);
    expect(applyChanges(kind, base, undefined, context).submission).toBe(base);
  });

  test.each(samples)('%s: its export is a patch that changes nothing', (_name, kind, base) => {
    const before = structuredClone(base);

    expect(apply(kind, base, exportOf(kind, base))).toEqual(before);
    expect(base).toEqual(before);
  });

  test('so does the export of every other one', () => {
    fc.assert(
      fc.property(submission, ([kind, base]) => {
        const after = apply(kind, base, exportOf(kind, base));

        expect(diffOf(kind, base, after)).toEqual([]);
        expect(differences(base, after)).toEqual([]);
        expect(exportOf(kind, after)).toEqual(exportOf(kind, base));
      }),
    );
  });
});

describe('a random patch', () => {
  test('touches nothing that it does not name', () => {
    fc.assert(
      fc.property(patched, ([kind, base, patch]) => {
        const after = apply(kind, base, patch);
        const touched = changedPaths(base, after);

        for (const path of touched) expect(namedBy(patch, path)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('leaves what it was given as it was', () => {
    fc.assert(
      fc.property(patched, ([kind, base, patch]) => {
        const copies = structuredClone([base, patch]);

        apply(kind, base, patch);

        expect([base, patch]).toEqual(copies);
      }),
    );
  });

  test('applied twice is applied once', () => {
    fc.assert(
      fc.property(patched, ([kind, base, patch]) => {
        const once = applyChanges(kind, base, patch, context);
        const twice = applyChanges(kind, once.submission, patch, context);

        expect(twice.submission).toEqual(once.submission);
        expect(twice.files).toEqual(once.files);
      }),
    );
  });

  test('sends each file under one name, and names nothing that it does not send', () => {
    fc.assert(
      fc.property(patched, ([kind, base, patch]) => {
        const { submission: after, files } = applyChanges(kind, base, patch, context);
        const announced = JSON.stringify(after).match(/Assets\/[^"]+/g) ?? [];

        expect(new Set(files.map((file) => file.zipPath)).size).toBe(files.length);
        expect(new Set(announced)).toEqual(new Set(files.map((file) => file.zipPath)));
      }),
    );
  });
});

describe('what was planned and what is stored', () => {
  test('are the same before and after processing', () => {
    fc.assert(
      fc.property(patched, ([kind, base, patch]) => {
        const planned = apply(kind, base, patch);

        expect(differences(planned, structuredClone(planned))).toEqual([]);
        expect(differences(planned, processed(planned))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('differ when the update was lost', () => {
    fc.assert(
      fc.property(patched, ([kind, base, patch]) => {
        const planned = apply(kind, base, patch);
        fc.pre(diffOf(kind, base, planned).length > 0);

        expect(differences(planned, base)).not.toEqual([]);
        expect(differences(planned, processed(base))).not.toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('differ when any one part of it was lost', () => {
    fc.assert(
      fc.property(patched, fc.nat(), ([kind, base, patch], seed) => {
        const paths = partsOf(patch);
        fc.pre(paths.length > 0);
        const less = without(patch, paths[seed % paths.length]!);
        const planned = apply(kind, base, patch);
        const stored = applyChanges(kind, base, less, context);
        fc.pre(stored.faults.length === 0 && diffOf(kind, stored.submission, planned).length > 0);

        expect(differences(planned, stored.submission)).not.toEqual([]);
        expect(differences(planned, processed(stored.submission))).not.toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

type Path = readonly string[];

/** The places where two values differ: lists are one place, but for images, which go by type. */
function changedPaths(before: unknown, after: unknown, path: Path = []): Path[] {
  if (Object.is(before, after) || JSON.stringify(before) === JSON.stringify(after)) return [];
  if (path.at(-1) === 'images') return changedPaths(grouped(before), grouped(after), [...path, '*']);
  if (!isRecord(before) || !isRecord(after)) return [path];
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].flatMap((name) => changedPaths(member(before, name), member(after, name), [...path, name]));
}

function grouped(images: unknown): Record<string, unknown> {
  const list: { imageType: string }[] = Array.isArray(images) ? images : [];
  return Object.groupBy(list, ({ imageType }) => imageType);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function member(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

/** Whether a patch names a place, or something that it is in. */
function namedBy(patch: unknown, path: Path): boolean {
  const [name, ...rest] = path.filter((part) => part !== '*');
  if (name === undefined || !isRecord(patch)) return patch !== undefined;
  const key = Object.keys(patch).find((one) => one.toLowerCase() === name.toLowerCase());
  if (key === undefined) return false;
  // The one object of gaming options stands in a list, and an icon is one value.
  return namedBy(patch[key], name === 'icon' ? [] : rest);
}

/** Every member of a patch, at any depth outside of lists. */
function partsOf(patch: unknown, path: Path = []): Path[] {
  if (!isRecord(patch)) return [];
  return Object.entries(patch).flatMap(([name, value]) => [[...path, name], ...partsOf(value, [...path, name])]);
}

function without(patch: object, [name, ...rest]: Path): object {
  if (rest.length === 0) return Object.fromEntries(Object.entries(patch).filter(([one]) => one !== name));
  return Object.fromEntries(
    Object.entries(patch).map(([one, value]) => [one, one === name ? without(value as object, rest) : value]),
  );
}
