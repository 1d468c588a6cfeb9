/** What comes into being with a plan, and for how long it is nobody's work. */
import fc from 'fast-check';
import { cameWithPlan } from '../../../src/domain/marketplace/came-with-plan';
import { partsOfNew } from '../../../src/domain/marketplace/new-resources';
import { parentOf, readKey } from '../../../src/domain/marketplace/resource-key';
import { marketCodes } from '../../../src/domain/marketplace/words';
import { emptyLedger, withIntent, withReadBack, type DraftLedger } from '../../../src/domain/offer/draft-ledger';
import type { Members } from '../../../src/domain/offer/offer-content';
import { content as contents } from './arbitraries';

const planId = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const plan: fc.Arbitrary<Members> = fc.record(
  { friendlyName: fc.string(), subType: fc.constantFrom('managed-application', 'solution-template') },
  { requiredKeys: [] },
);
const release = 'rel_1';

/** The ledger once this service has made a plan that was not there. */
function withPlan(id: string, members: Members): DraftLedger {
  return withIntent(emptyLedger, release, { key: `plans/${id}`, there: undefined, wanted: members });
}

/** As it is noted before the plan is sent. */
function withParts(ledger: DraftLedger, parts: Readonly<Record<string, Members>>): DraftLedger {
  return Object.entries(parts).reduce(
    (before, [key, wanted]) => withIntent(before, release, { key, there: undefined, wanted }),
    ledger,
  );
}

describe('the parts of a new resource', () => {
  test('of a plan are resources of its own, directly below it, without the plan itself', () => {
    fc.assert(
      fc.property(planId, plan, (id, members) => {
        const keys = Object.keys(partsOfNew(`plans/${id}`, members));

        expect(keys).toContain(`plans/${id}/listings/en-us`);
        expect(keys.map((key) => [readKey(key)?.plan, parentOf(key)])).toEqual(keys.map(() => [id, `plans/${id}`]));
      }),
    );
  });

  test('say nothing but the plan’s name and kind: two plans of one kind and name come with the same', () => {
    fc.assert(
      fc.property(
        planId,
        plan,
        fc.dictionary(fc.constantFrom('state', 'azureGovernment', 'x'), fc.string()),
        (...all) => {
          const [id, members, others] = all;

          expect(partsOfNew(`plans/${id}`, { ...others, ...members })).toEqual(partsOfNew(`plans/${id}`, members));
        },
      ),
    );
  });

  test.each([
    ['managed-application', 'AzureManagedApplicationPackageConfiguration'],
    ['solution-template', 'AzureSolutionTemplatePackageConfiguration'],
    [undefined, undefined],
  ])('of a plan of the kind %s have the technical configuration %s', (subType, resourceType) => {
    const parts = partsOfNew('plans/basic', { friendlyName: 'Basic', ...(subType && { subType }) });

    expect(parts['plans/basic/packageConfiguration']).toEqual(resourceType && { resourceType });
    expect(parts['plans/basic/listings/en-us']).toMatchObject({ title: 'Basic' });
  });

  test('of a managed application sell it nowhere yet; other plans say nothing of markets', () => {
    const states = (subType?: string): unknown =>
      partsOfNew('plans/basic', { ...(subType && { subType }) })['plans/basic/availability']?.['marketStates'];

    const nowhere = Object.fromEntries(marketCodes.map((code) => [code, 'Disabled']));
    expect([states('managed-application'), states('solution-template'), states()]).toEqual([
      nowhere,
      undefined,
      undefined,
    ]);
  });

  test('there are none of anything but a plan', () => {
    fc.assert(
      fc.property(contents, (content) => {
        for (const [key, members] of Object.entries(content)) {
          if (readKey(key)?.kind !== 'plan') expect(partsOfNew(key, members)).toEqual({});
        }
      }),
    );
  });
});

describe('what came with a plan', () => {
  const made = fc.tuple(planId, plan).map(([id, members]) => {
    const key = `plans/${id}`;
    const parts = partsOfNew(key, members);
    return { key, members, parts, ledger: withPlan(id, members) };
  });

  test('is all below a plan that this service made, noted with it or not', () => {
    fc.assert(
      fc.property(made, ({ key, parts, ledger }) => {
        const below = [...Object.keys(parts), `${key}/listings/de-de`, `${key}/listings/en-us/videos`];

        for (const one of below) expect(cameWithPlan(ledger, one)).toBe(true);
        for (const one of Object.keys(parts)) expect(cameWithPlan(withParts(ledger, parts), one)).toBe(true);
      }),
    );
  });

  test('is no longer what was written since, or noted as it came', () => {
    fc.assert(
      fc.property(made, ({ parts, ledger }) => {
        const noted = withParts(ledger, parts);
        for (const [key, there] of Object.entries(parts)) {
          const wanted = { ...there, title: 'Wanted.' };
          const written = withIntent(noted, release, { key, there, wanted });
          const read = withReadBack(noted, key, there);

          expect([cameWithPlan(written, key), cameWithPlan(read, key)]).toEqual([false, false]);
        }
      }),
    );
  });

  test('is nothing of a plan that was there before, or that is to go, and nothing beside a plan', () => {
    fc.assert(
      fc.property(made, ({ key, members, parts, ledger }) => {
        const found = withIntent(emptyLedger, release, {
          key,
          there: members,
          wanted: { ...members, state: 'Inactive' },
        });
        const gone = withIntent(ledger, release, { key, there: members, wanted: null });

        for (const one of Object.keys(parts)) {
          expect([cameWithPlan(found, one), cameWithPlan(gone, one), cameWithPlan(emptyLedger, one)]).toEqual([
            false,
            false,
            false,
          ]);
        }
        const beside = [key, 'property', 'listings/en-us', `${key}-2/availability`];
        expect(beside.map((one) => cameWithPlan(ledger, one))).toEqual([false, false, false, false]);
      }),
    );
  });
});
