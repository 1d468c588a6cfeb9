import { judgePrice } from '../../../src/domain/store/judge-price';
import { planSubmission } from '../../../src/domain/store/plan-submission';
import type { StoreListing, StoreSubmission } from '../../../src/domain/store/submission';
import { warningsOf } from '../../../src/domain/store/warnings';
import type { PlannedRelease } from '../../../src/domain/store/warnings';
import { addOn, app, context } from './wire-samples';

const shot = { fileName: '1.png', fileStatus: 'Uploaded', id: '1', imageType: 'Screenshot' };
const listing = (releaseNotes: string): StoreListing => ({ baseListing: { title: 'T', releaseNotes, images: [shot] } });
const base: StoreSubmission = {
  listings: { 'en-us': listing('Old.'), 'de-de': listing('Alt.'), 'fr-fr': listing('') },
};

function warnings(changes: object, more: Partial<PlannedRelease> = {}): [string, string | undefined, string][] {
  const from = more.base ?? base;
  const { submission } = planSubmission('store-app', from, { changes }, context);
  const release = { base: from, planned: submission, changes, hasNewPackages: true, hasRollout: false, isFirst: false };
  return warningsOf({ ...release, ...more }).map(({ code, pointer, message }) => [code, pointer, message]);
}

const notes = (baseListing: object, language = 'en-US'): object => ({ listings: { [language]: { baseListing } } });

describe('release notes', () => {
  test('that are old beside new packages are named', () => {
    expect(warnings({})).toEqual([
      ['release-notes-old', '/changes/listings', expect.stringContaining('en-us, de-de.')],
    ]);
  });

  test('that are new in some languages only: the rest is named', () => {
    expect(warnings(notes({ releaseNotes: 'New.' }))).toEqual([
      ['release-notes-partial', '/changes/listings', expect.stringMatching(/: de-de\.$/)],
    ]);
  });

  test.each<[string, object, Partial<PlannedRelease>]>([
    [
      'new or emptied in all',
      {
        listings: { 'en-us': { baseListing: { releaseNotes: 'x' } }, 'DE-de': { baseListing: { releaseNotes: null } } },
      },
      {},
    ],
    ['old without new packages', notes({ title: 'x' }), { hasNewPackages: false }],
  ])('are no matter when %s', (_what, changes, more) => {
    expect(warnings(changes, more)).toEqual([]);
  });
});

describe('what is inherited', () => {
  const mandatory = { isMandatoryUpdate: true, mandatoryUpdateEffectiveDate: '2026-05-01T00:00:00.0000000Z' };
  const rollout = {
    packageRollout: {
      isPackageRollout: true,
      packageRolloutPercentage: 100,
      packageRolloutStatus: 'PackageRolloutComplete',
    },
  };
  const quiet = (packageDeliveryOptions: Readonly<Record<string, unknown>>): StoreSubmission => ({
    ...base,
    listings: { en: listing('') },
    packageDeliveryOptions,
  });

  test('a mandatory update, with its date', () => {
    expect(warnings({}, { base: quiet(mandatory) })).toEqual([
      [
        'mandatory-update-inherited',
        '/changes/packageDeliveryOptions/isMandatoryUpdate',
        expect.stringContaining('2026-05-01'),
      ],
    ]);
    expect(warnings({ packageDeliveryOptions: { isMandatoryUpdate: true } }, { base: quiet(mandatory) })).toEqual([]);
    expect(warnings({}, { base: quiet(mandatory), hasNewPackages: false })).toEqual([]);
  });

  test('a rollout', () => {
    expect(warnings({}, { base: quiet(rollout) })).toEqual([
      ['rollout-inherited', '/options/rollout', expect.stringContaining('100 %, PackageRolloutComplete')],
    ]);
    expect(warnings({}, { base: quiet(rollout), hasRollout: true })).toEqual([]);
  });

  test('nothing, in a first submission', () => {
    expect(warnings({}, { isFirst: true }).map(([code]) => code)).toEqual(['first-submission']);
  });
});

describe('what the Store will not show', () => {
  const without = (changes: object, more: Partial<PlannedRelease> = {}) =>
    warnings(changes, { hasNewPackages: false, ...more });

  test('a language that is taken out', () => {
    expect(without({ listings: { 'DE-de': null } })).toEqual([
      ['listing-removed', '/changes/listings/de-de', expect.stringContaining('"de-de"')],
    ]);
  });

  test('a listing without a screenshot, new or emptied', () => {
    expect(without(notes({ images: { Screenshot: null } }))).toEqual([
      ['screenshots-missing', '/changes/listings/en-us/baseListing/images', expect.any(String)],
    ]);
    expect(without(notes({ title: 'T', description: 'D' }, 'it-it'))).toEqual([
      ['screenshots-missing', '/changes/listings/it-it/baseListing/images', expect.any(String)],
    ]);
    expect(without(notes({ title: 'x' }), { base: { listings: { 'en-us': { baseListing: {} } } } })).toEqual([]);
  });

  test('trailers without a hero image', () => {
    const trailers = [{ id: '1' }];

    expect(without({ trailers }, { base: { ...base, trailers } })).toEqual([
      ['trailers-hidden', '/changes/trailers', expect.stringContaining('en-us, de-de, fr-fr')],
    ]);
    expect(without({}, { base: { ...base, trailers } })).toEqual([]);
  });
});

describe('the price', () => {
  const paid = { ...app, pricing: { priceId: 'Tier1012', marketSpecificPricings: { DE: 'Tier1020' } } };
  const hidden = { ...app, pricing: { priceId: 'Base' } };
  const plan = (from: StoreSubmission, pricing?: object): StoreSubmission =>
    planSubmission('store-app', from, { changes: pricing === undefined ? {} : { pricing } }, context).submission;

  test('is kept, unless the release says that it changes', () => {
    const planned = plan(paid, { priceId: 'Free', marketSpecificPricings: { de: null } });

    for (const option of ['keep', 'keep-unseen'] as const) {
      expect(judgePrice('store-app', option, paid, planned)).toMatchObject({
        faults: [
          { pointer: '/changes/pricing/marketSpecificPricings/DE', code: 'price-kept' },
          { pointer: '/changes/pricing/priceId', code: 'price-kept' },
        ],
        blocker: null,
      });
    }
    expect(judgePrice('store-app', 'change', paid, planned)).toEqual({ faults: [], blocker: null });
  });

  test('that is said again is kept', () => {
    expect(judgePrice('store-app', 'keep', paid, plan(paid, { priceId: 'Tier1012' }))).toEqual({
      faults: [],
      blocker: null,
    });
    expect(judgePrice('store-add-on', 'keep', addOn, addOn)).toEqual({ faults: [], blocker: null });
  });

  test('is set freely by a first submission', () => {
    expect(judgePrice('store-app', 'keep', null, paid)).toEqual({ faults: [], blocker: null });
  });

  test.each([
    ['keep', undefined, 'price-hidden'],
    ['keep-unseen', undefined, null],
    ['change', undefined, 'price-hidden'],
    ['change', { trialPeriod: 'OneDay' }, 'price-hidden'],
    ['change', { priceId: 'Base' }, 'price-hidden'],
    ['change', { priceId: 'Tier1012' }, null],
  ] as const)('that the API hides, with %s and %j: %s', (option, pricing, blocker) => {
    expect(judgePrice('store-app', option, hidden, plan(hidden, pricing)).blocker).toBe(blocker);
  });

  test('of a draft that somebody else changed is noticed', () => {
    expect(judgePrice('store-app', 'keep', paid, plan({ ...paid, pricing: { priceId: 'Free' } })).faults).toHaveLength(
      2,
    );
  });
});
