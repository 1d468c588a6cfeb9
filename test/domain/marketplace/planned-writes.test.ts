import fc from 'fast-check';
import { plannedWrites } from '../../../src/domain/marketplace/planned-writes';
import type { MediaStep, PlannedWrite } from '../../../src/domain/marketplace/planned-writes';
import { parentOf } from '../../../src/domain/marketplace/resource-key';
import { unfitKeys } from '../../../src/domain/offer/compare-offers';
import type { Members, OfferContent } from '../../../src/domain/offer/offer-content';
import { content as contents } from './arbitraries';

/** A draft that obeys each write, and none that it could not. */
function write(draft: Map<string, Members>, one: PlannedWrite): void {
  const parent = parentOf(one.key);
  if (one.kind === 'delete') {
    for (const key of [...draft.keys()]) if (key === one.key || key.startsWith(`${one.key}/`)) draft.delete(key);
    return;
  }
  if (one.kind === 'packages') return;
  expect(parent === undefined || draft.has(parent)).toBe(true);
  if (one.kind !== 'media') {
    expect(draft.has(one.key)).toBe(one.kind === 'update');
    draft.set(one.key, one.members);
    return;
  }
  const items = withSteps((draft.get(one.key)?.['items'] ?? []) as Members[], one.steps);
  if (items.length === 0) draft.delete(one.key);
  else draft.set(one.key, { ...one.members, items });
}

function withSteps(items: readonly Members[], steps: readonly MediaStep[]): readonly Members[] {
  const left: (Members | undefined)[] = [...items];
  const placed: (Members | undefined)[] = [];
  for (const step of steps) {
    if (step.step === 'add') placed[step.order] = step.item;
    else {
      const from = step.step === 'change' ? step.from : step.item;
      const index = left.findIndex((one) => one === from);
      expect(index).toBeGreaterThanOrEqual(0);
      left[index] = undefined;
      if (step.step === 'change') placed[step.order] = step.item;
    }
  }
  const all = Array.from(
    { length: Math.max(left.length, placed.length) },
    (_none, order) => placed[order] ?? left[order],
  );
  return all.filter((one) => one !== undefined);
}

const applied = (current: OfferContent, desired: OfferContent): OfferContent => {
  const draft = new Map(Object.entries(current));
  for (const one of plannedWrites(current, desired)) write(draft, one);
  return Object.fromEntries(draft);
};

describe('the writes of a release', () => {
  it('make of one content another, each where what it belongs to is there', () => {
    fc.assert(
      fc.property(contents, contents, (current, desired) => {
        expect(unfitKeys(desired, applied(current, desired))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('are none where nothing is to change, whatever the order of members', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const turned = Object.fromEntries(
          Object.entries(content)
            .reverse()
            .map(([key, members]) => [key, Object.fromEntries(Object.entries(members).reverse())]),
        );

        expect(plannedWrites(content, turned)).toEqual([]);
      }),
    );
  });

  it('come in an order that can be obeyed', () => {
    const file = { fileName: 'a.png', bytes: 'id:1' };
    const packages = [{ type: 'AzureApplicationPackage', fileName: 'app.zip', bytes: 'sha256:ab' }];
    const desired = {
      'plans/pro/packageConfiguration': { version: '2', packages },
      'plans/pro/listings/en-us/images/AzureLogoLarge': { items: [file] },
      'plans/pro/listings/en-us': { title: 'Pro' },
      'plans/pro': { friendlyName: 'Pro' },
      property: { appVersion: '2' },
    };
    const current = { property: {}, 'plans/old': {}, 'plans/old/availability': {}, 'listings/de-de': {} };

    const writes = plannedWrites(current, desired);

    expect(writes.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      'update property',
      'create plans/pro',
      'create plans/pro/listings/en-us',
      'media plans/pro/listings/en-us/images/AzureLogoLarge',
      'packages plans/pro/packageConfiguration',
      'create plans/pro/packageConfiguration',
      'delete plans/old',
      'delete listings/de-de',
    ]);
  });

  it('send a package once, and files by their bytes', () => {
    const packages = [{ type: 'AzureApplicationPackage', fileName: 'app.zip', bytes: 'sha256:ab' }];
    const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ fileName: `${name}.png`, bytes: `id:${name}` }));
    const key = 'listings/en-us/images/AzureLogoScreenshot';
    const current = { 'plans/p/packageConfiguration': { version: '1', packages }, [key]: { items: [a, b] } };
    const desired = { 'plans/p/packageConfiguration': { version: '2', packages }, [key]: { items: [c, a] } };

    const writes = plannedWrites(current, desired);

    expect(writes).toEqual([
      {
        kind: 'media',
        key,
        members: { items: [c, a] },
        steps: [
          { step: 'add', item: c, order: 0 },
          { step: 'change', from: a, item: a, order: 1 },
          { step: 'remove', item: b },
        ],
      },
      { kind: 'update', key: 'plans/p/packageConfiguration', members: { version: '2', packages } },
    ]);
  });
});
