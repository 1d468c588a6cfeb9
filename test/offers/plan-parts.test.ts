/** What is noted of resources that come with a plan, before they are written over. */
import { noteCame } from '../../src/activities/offers/marketplace/plan-parts';
import type { LedgerAccess } from '../../src/activities/offers/offer-api';
import { partsOfNew } from '../../src/domain/marketplace/new-resources';
import {
  emptyLedger,
  isOurs,
  putBackOf,
  withIntent,
  withReadBack,
  type DraftLedger,
} from '../../src/domain/offer/draft-ledger';

const release = 'rel_1';
const key = 'plans/basic/listings/en-us';
const plan = { friendlyName: 'Basic', subType: 'managed-application' };
/** More than is known to come. */
const came = { ...partsOfNew('plans/basic', plan)[key], summary: 'As the service made it.' };

/** The ledger of one offer, kept here. */
function ledgerWith(ledger: DraftLedger): LedgerAccess & { ledger: DraftLedger } {
  const kept = {
    ledger,
    read: async () => kept.ledger,
    intend: async (...[one, there, wanted]: Parameters<LedgerAccess['intend']>) => {
      kept.ledger = withIntent(kept.ledger, release, { key: one, there, wanted });
    },
    readBack: async (...[one, there, isAsWanted]: Parameters<LedgerAccess['readBack']>) => {
      kept.ledger = withReadBack(kept.ledger, one, there, isAsWanted);
    },
  };
  return kept;
}

const made = withIntent(emptyLedger, release, { key: 'plans/basic', there: undefined, wanted: plan });
const noted = withIntent(made, release, { key, there: undefined, wanted: { title: 'Basic' } });
const withParts = withIntent(made, release, { key, there: undefined, wanted: partsOfNew('plans/basic', plan)[key]! });

describe.each([
  ['not noted with the plan', made],
  ['noted with the plan, as it is known to come', withParts],
])('a resource %s', (_how, before) => {
  test('is ours as it came, was not there before, and is ours no more once somebody changes it', async () => {
    const ledger = ledgerWith(before);

    await noteCame({ ledger }, key, came);

    expect(ledger.ledger.entries[key]).toEqual({ releaseId: release, found: null, wrote: came, readBack: came });
    expect(isOurs(ledger.ledger, key, came)).toBe(true);
    expect(isOurs(ledger.ledger, key, { ...came, summary: 'By a person.' })).toBe(false);
  });

  test('stays ours when the write that follows never comes to be, and goes with a cancel', async () => {
    const ledger = ledgerWith(before);
    await noteCame({ ledger }, key, came);

    await ledger.intend(key, came, { ...came, summary: 'Wanted.' });

    expect(isOurs(ledger.ledger, key, came)).toBe(true);
    expect(putBackOf({ 'plans/basic': plan, [key]: came }, ledger.ledger)).toEqual({ content: {}, touched: [] });
  });

  test('is noted once: what it is later is not taken for what came', async () => {
    const ledger = ledgerWith(before);
    await noteCame({ ledger }, key, came);
    const after = ledger.ledger;

    await noteCame({ ledger }, key, { ...came, summary: 'By a person.' });

    expect(ledger.ledger).toBe(after);
  });
});

test.each([
  ['is not there', withParts, key, undefined],
  ['was written by this service', withReadBack(noted, key, { title: 'Basic' }), key, came],
  ['is of a plan that was there before', emptyLedger, key, came],
  ['is the product’s own', made, 'listings/en-us', came],
] as const)('nothing is noted of what %s', async (_what, before, one, there) => {
  const ledger = ledgerWith(before);

  await noteCame({ ledger }, one, there);

  expect(ledger.ledger).toBe(before);
});
