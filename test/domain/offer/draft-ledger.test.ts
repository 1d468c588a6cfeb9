import fc from 'fast-check';
import { differentKeys } from '../../../src/domain/offer/compare-offers';
import {
  asReadBack,
  baseOf,
  emptyLedger,
  isOurs,
  judgeWrite,
  putBackOf,
  unwantedKeys,
  withIntent,
  withKept,
  withoutEntry,
  withReadBack,
  writtenBy,
} from '../../../src/domain/offer/draft-ledger';
import type { DraftLedger } from '../../../src/domain/offer/draft-ledger';
import type { Members, OfferContent } from '../../../src/domain/offer/offer-content';

const mine = 'rel_1';
const live: OfferContent = { property: { termsOfUse: 'old' }, 'listings/en-us': { title: 'Monitor', summary: 'old' } };

/** A release writes a resource, and the service stores it. */
function written(
  ledger: DraftLedger,
  draft: OfferContent,
  key: string,
  wanted: Members | null,
): [DraftLedger, OfferContent] {
  const noted = withIntent(ledger, mine, { key, there: draft[key], wanted });
  const { [key]: _before, ...others } = draft;
  const after: OfferContent = wanted === null ? others : { ...others, [key]: wanted };
  return [withReadBack(noted, key, after[key]), after];
}

describe('what a release wrote into a draft', () => {
  test('is its own until somebody touches it', () => {
    const [ledger, draft] = written(emptyLedger, live, 'property', { termsOfUse: 'new' });

    expect(isOurs(ledger, 'property', draft['property'])).toBe(true);
    expect(isOurs(ledger, 'property', { termsOfUse: 'by a person' })).toBe(false);
    expect(isOurs(ledger, 'listings/en-us', draft['listings/en-us'])).toBe(false);
  });

  test('is its own also where only the intent was noted: the answer may be lost', () => {
    const ledger = withIntent(emptyLedger, mine, {
      key: 'property',
      there: live['property'],
      wanted: { termsOfUse: 'new' },
    });

    expect(isOurs(ledger, 'property', { termsOfUse: 'new' })).toBe(true);
    expect(isOurs(ledger, 'property', live['property'])).toBe(false);
  });

  test('is put back by itself alone: what another release wrote stays', () => {
    const [first, draft] = written(emptyLedger, live, 'property', { termsOfUse: 'new' });
    const listing = { title: 'Monitor', summary: 'new' };
    const both = withIntent(first, 'rel_2', { key: 'listings/en-us', there: draft['listings/en-us'], wanted: listing });
    const after = { ...draft, 'listings/en-us': listing };

    expect(putBackOf(after, writtenBy(both, mine)).content).toEqual({ ...live, 'listings/en-us': listing });
    expect(putBackOf(after, writtenBy(both, 'rel_2')).content).toEqual(draft);
  });

  test('is found by the next release as it is, where it was kept, and counts again once that one is put back', () => {
    const [first, draft] = written(emptyLedger, live, 'property', { termsOfUse: 'kept' });
    const kept = withKept(first, mine);
    const there = { termsOfUse: 'next' };
    const noted = withIntent(kept, 'rel_2', { key: 'property', there: draft['property'], wanted: there });
    const next = withReadBack(noted, 'property', there);
    const after = { ...draft, property: there };

    expect(putBackOf(after, writtenBy(next, 'rel_2')).content).toEqual(draft);
    expect(baseOf(after, next)).toEqual(draft);
    expect(withoutEntry(next, 'property')).toEqual(kept);
    // Tried twice, it finds the same.
    const again = withIntent(next, 'rel_2', { key: 'property', there, wanted: { termsOfUse: 'again' } });
    expect(withoutEntry(again, 'property')).toEqual(kept);
    expect(putBackOf(after, again).content).toEqual(draft);
  });

  test('stays its own where another write was noted, and never came to be', () => {
    const [before, draft] = written(emptyLedger, live, 'property', { termsOfUse: 'new' });
    const there = draft['property'];

    const ledger = withIntent(before, 'rel_2', { key: 'property', there, wanted: { termsOfUse: 'newer' } });

    expect(isOurs(ledger, 'property', there)).toBe(true);
    expect(isOurs(ledger, 'property', { termsOfUse: 'newer' })).toBe(true);
    expect(isOurs(ledger, 'property', { termsOfUse: 'by a person' })).toBe(false);
    expect(baseOf(draft, ledger)['property']).toEqual(live['property']);
    expect(isOurs(withReadBack(ledger, 'property', { termsOfUse: 'newer' }), 'property', there)).toBe(false);
  });

  test('is its own where the service keeps it in other words', () => {
    const noted = withIntent(emptyLedger, mine, { key: 'property', there: live['property'], wanted: { a: ' x ' } });

    const ledger = withReadBack(noted, 'property', { a: 'x', added: true });

    expect(isOurs(ledger, 'property', { a: 'x', added: true })).toBe(true);
  });

  test('remembers what was found before the first write, whoever of ours wrote later', () => {
    const [first, draft] = written(emptyLedger, live, 'property', { termsOfUse: 'one' });
    const [second, after] = written(first, draft, 'property', { termsOfUse: 'two' });

    expect(putBackOf(after, second).content['property']).toEqual({ termsOfUse: 'old' });
  });

  test('takes what a person has put in between for found', () => {
    const [first] = written(emptyLedger, live, 'property', { termsOfUse: 'one' });
    const touched = { ...live, property: { termsOfUse: 'by a person' } };
    const [second, after] = written(first, touched, 'property', { termsOfUse: 'two' });

    expect(putBackOf(after, second).content['property']).toEqual({ termsOfUse: 'by a person' });
  });

  test('is put back where nobody has changed it, and stays where somebody has', () => {
    const [first, one] = written(emptyLedger, live, 'property', { termsOfUse: 'new' });
    const [ledger, two] = written(first, one, 'listings/de-de', { title: 'Monitor' });
    const touched = { ...two, property: { termsOfUse: 'by a person' } };

    const back = putBackOf(touched, ledger);

    expect(back.content).toEqual({ ...live, property: { termsOfUse: 'by a person' } });
    expect(back.touched).toEqual(['property']);
  });

  test('is no part of what the next release builds on, unless its release ended with the draft', () => {
    const [ledger, draft] = written(emptyLedger, live, 'property', { termsOfUse: 'new' });

    expect(baseOf(draft, ledger)).toEqual(live);
    expect(baseOf(draft, withKept(ledger, mine))).toEqual(draft);
    expect(baseOf(draft, withKept(ledger, 'rel_2'))).toEqual(live);
  });

  test('says nothing once it was put back', () => {
    const [ledger] = written(emptyLedger, live, 'property', { termsOfUse: 'new' });

    expect(withoutEntry(ledger, 'property')).toEqual(emptyLedger);
  });
});

describe('a resource that a release wants to be so', () => {
  const expected = { termsOfUse: 'old' };
  const wanted = { termsOfUse: 'new' };
  const at = (there: Members | undefined, want: Members | null = wanted) =>
    ({ key: 'property', there, expected, wanted: want }) as const;

  test.each([
    ['as it was when the release looked is written', expected, 'write'],
    ['that is so already is done', wanted, 'done'],
    ['that somebody else has changed is left alone', { termsOfUse: 'by a person' }, 'changed'],
    ['that somebody else has deleted is left alone', undefined, 'changed'],
  ] as const)('%s', (_how, there, verdict) => {
    expect(judgeWrite(emptyLedger, mine, at(there))).toBe(verdict);
  });

  test('is written over what an earlier run has noted and sent', () => {
    const ledger = withIntent(emptyLedger, mine, {
      key: 'property',
      there: expected,
      wanted: { termsOfUse: 'between' },
    });

    expect(judgeWrite(ledger, mine, at({ termsOfUse: 'between' }))).toBe('write');
  });

  test('with a secret is written once by each release, for a secret cannot be compared', () => {
    const secret = { key: { $secret: 'release-key' }, name: 'a' };
    const seen = { name: 'a' };
    const noted = withIntent(emptyLedger, mine, { key: 'property', there: seen, wanted: secret });
    const sent = withReadBack(noted, 'property', seen);

    expect(judgeWrite(emptyLedger, mine, { ...at(seen, secret), expected: seen })).toBe('write');
    expect(judgeWrite(noted, mine, { ...at(seen, secret), expected: seen })).toBe('write');
    expect(judgeWrite(sent, mine, { ...at(seen, secret), expected: seen })).toBe('done');
    expect(judgeWrite(sent, 'rel_2', { ...at(seen, secret), expected: seen })).toBe('write');
  });
});

const members = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('x', 'y', 1, true), { minKeys: 1 });
const keys = fc.constantFrom('property', 'setup', 'plans/basic', 'listings/en-us');
const content = fc.dictionary(keys, members);

test('whatever releases write, putting it back gives what was found, and building on it too', () => {
  fc.assert(
    fc.property(content, fc.array(fc.tuple(keys, fc.option(members)), { maxLength: 8 }), (before, writes) => {
      const [ledger, draft] = writes.reduce<[DraftLedger, OfferContent]>(
        ([known, there], [key, wanted]) => written(known, there, key, wanted),
        [emptyLedger, before],
      );

      expect(differentKeys(putBackOf(draft, ledger).content, before)).toEqual([]);
      expect(differentKeys(baseOf(draft, ledger), before)).toEqual([]);
    }),
  );
});

describe('what a service keeps in words that do not compare as the same', () => {
  const wanted: Members = { logo: 'https://contoso.example/new.png' };
  const kept: Members = { logo: 'https://store.example/1.png' };
  const noted = withIntent(emptyLedger, mine, { key: 'property', there: live['property'], wanted });
  const resource = { key: 'property', there: kept, expected: live['property'], wanted };

  test('is as wanted where its API took what was read back for what was written', () => {
    const ledger = withReadBack(noted, 'property', kept, true);

    expect(unwantedKeys({ property: wanted }, { property: kept }, ledger)).toEqual([]);
    expect(judgeWrite(ledger, mine, resource)).toBe('done');
  });

  test('is ours, and not as wanted, where it did not', () => {
    const ledger = withReadBack(noted, 'property', kept);

    expect(unwantedKeys({ property: wanted }, { property: kept }, ledger)).toEqual(['property']);
    expect(isOurs(ledger, 'property', kept)).toBe(true);
    expect(judgeWrite(ledger, mine, resource)).toBe('write');
  });

  test.each([
    ['something else is wanted', { logo: 'https://contoso.example/newer.png' }, kept],
    ['somebody has changed it since', wanted, { logo: 'https://store.example/2.png' }],
  ])('is not as wanted any more where %s', (_what, now, there) => {
    const ledger = withReadBack(noted, 'property', kept, true);

    expect(unwantedKeys({ property: now }, { property: there }, ledger)).toEqual(['property']);
  });

  test('is not known from a read before the next write', () => {
    const ledger = withIntent(withReadBack(noted, 'property', kept, true), mine, {
      key: 'property',
      there: kept,
      wanted,
    });

    expect(unwantedKeys({ property: wanted }, { property: kept }, ledger)).toEqual(['property']);
  });
});

describe('what the service adds to something that a release made', () => {
  const key = 'plans/pro/availability';
  const wanted = { visibility: 'Public', marketStates: { DE: 'Enabled' } };
  const there = { visibility: 'Public', marketStates: { DE: 'Enabled', US: 'Disabled' }, properties: { a: '1' } };
  const noted = withIntent(emptyLedger, mine, { key, there: undefined, wanted });
  const made = withReadBack(noted, key, there);

  test('is as wanted, and its own', () => {
    expect(unwantedKeys({ [key]: wanted }, { [key]: there }, made)).toEqual([]);
    expect(isOurs(made, key, there)).toBe(true);
    expect(asReadBack({ [key]: wanted }, made)).toEqual({ [key]: there });
  });

  test('is found again where the answer was lost, and is not written twice', () => {
    const resource = { key, there, expected: undefined, wanted };

    expect(isOurs(noted, key, there)).toBe(true);
    expect(judgeWrite(noted, mine, resource)).toBe('done');
    expect(judgeWrite(made, mine, resource)).toBe('done');
  });

  test.each([
    ['another market', { ...there, marketStates: { ...there.marketStates, US: 'Enabled' } }],
    ['a member more', { ...there, trial: { type: 'FreeTrial' } }],
    ['another value', { ...there, visibility: 'Private' }],
  ])('is told from what somebody changes later: %s', (_what, touched) => {
    expect(unwantedKeys({ [key]: wanted }, { [key]: touched }, made)).toEqual([key]);
    expect(isOurs(made, key, touched)).toBe(false);
    expect(judgeWrite(made, mine, { key, there: touched, expected: undefined, wanted })).toBe('changed');
  });

  test.each([
    ['without what was wanted', { visibility: 'Public' }],
    ['with something else in its place', { ...there, marketStates: { DE: 'Disabled' } }],
  ])('does not make up for what it stored %s', (_what, stored) => {
    const ledger = withReadBack(noted, key, stored);

    expect(unwantedKeys({ [key]: wanted }, { [key]: stored }, ledger)).toEqual([key]);
    expect(asReadBack({ [key]: wanted }, ledger)).toEqual({ [key]: wanted });
  });

  test('is foreign in a resource that was there before', () => {
    const before = withIntent(emptyLedger, mine, { key, there: { visibility: 'Private' }, wanted });
    const ledger = withReadBack(before, key, there);

    expect(unwantedKeys({ [key]: wanted }, { [key]: there }, ledger)).toEqual([key]);
  });
});
