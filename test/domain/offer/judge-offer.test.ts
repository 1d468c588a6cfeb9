import { emptyLedger, withIntent } from '../../../src/domain/offer/draft-ledger';
import type { DraftLedger } from '../../../src/domain/offer/draft-ledger';
import { judgeOffer } from '../../../src/domain/offer/judge-offer';
import type { OfferCase, SeenOffer } from '../../../src/domain/offer/judge-offer';
import type { OfferContent } from '../../../src/domain/offer/offer-content';
import type { OfferPhase, OfferProgress } from '../../../src/domain/offer/offer-status';

const live: OfferContent = { property: { termsOfUse: 'old' }, 'plans/basic': { friendlyName: 'Basic' } };
const price = { ...live, 'plans/basic/availability': { price: 5 } };

function publication(phase: OfferPhase, publicationId = '1'): OfferProgress {
  const remote = { submissionId: publicationId, status: phase, errors: [], warnings: [], reports: [], links: [] };
  return { publicationId, phase, remote };
}

function judge(offer: Partial<SeenOffer>, options: Partial<OfferCase> = {}) {
  return judgeOffer({
    offer: { draft: live, live, last: publication('live'), lastIsOurs: true, ...offer },
    ledger: emptyLedger,
    publicationId: null,
    onForeignDraft: 'refuse',
    until: 'published',
    apply: (base) => ({ content: { ...base, property: { termsOfUse: 'new' } }, faults: [] }),
    keptPrices: () => [],
    ...options,
  });
}

/** What an earlier release wrote into the draft. */
function leftover(draft: OfferContent): DraftLedger {
  return withIntent(emptyLedger, 'rel_0', {
    key: 'property',
    there: live['property'],
    wanted: draft['property'] ?? null,
  });
}

describe('a draft that is what is live', () => {
  test('is written where the release wants something else', () => {
    const judged = judge({});

    expect(judged).toMatchObject({ failure: null, changed: ['property'], nothingToPublish: false });
    expect(judged.desired['property']).toEqual({ termsOfUse: 'new' });
  });

  test('needs nothing where all that is asked for is live', () => {
    const judged = judge({}, { apply: (base) => ({ content: base, faults: [] }) });

    expect(judged).toMatchObject({ changed: [], nothingToPublish: true });
  });
});

describe('a draft with work of others', () => {
  test('is refused, and says where, resource by resource', () => {
    const { failure, foreign } = judge({ draft: price });

    expect(foreign).toEqual(['plans/basic/availability']);
    expect(failure).toMatchObject({ code: 'foreign-draft', retryable: false });
    expect(failure?.message).toContain('plans/basic/availability');
  });

  test('names the members of a resource that differ', () => {
    const draft = { ...live, property: { termsOfUse: 'by a person', useEnterpriseContract: true } };

    expect(judge({ draft }).failure?.message).toContain('property (termsOfUse, useEnterpriseContract)');
  });

  test('is built on where the release says so', () => {
    const { failure, desired } = judge({ draft: price }, { onForeignDraft: 'adopt' });

    expect(failure).toBeNull();
    expect(desired['plans/basic/availability']).toEqual({ price: 5 });
  });

  describe('with a price', () => {
    const keptPrices: OfferCase['keptPrices'] = (before, after) =>
      Object.keys(after).flatMap((key) => {
        const [was, is] = [before[key]?.['price'], after[key]?.['price']];
        return was === undefined || was === is
          ? []
          : [{ pointer: `/changes/${key}`, code: 'price-kept', message: 'No.' }];
      });
    const cheap = { ...live, 'plans/basic/availability': { price: 4 } };
    const adopt = { onForeignDraft: 'adopt', keptPrices } as const;
    const setBack: OfferCase['apply'] = (base) => ({ content: { ...base, ...cheap }, faults: [] });

    test('of their own is built on only where the release may change prices', () => {
      const { faults } = judge({ draft: price, live: cheap }, adopt);

      expect(faults).toMatchObject([{ code: 'price-kept', pointer: '/changes/plans/basic/availability' }]);
    });

    test('that is live, or that the release sets back to what is live, is kept', () => {
      expect(
        judge({ draft: { ...price, property: { termsOfUse: 'by a person' } }, live: price }, adopt).faults,
      ).toEqual([]);
      expect(judge({ draft: price, live: cheap }, { ...adopt, apply: setBack }).faults).toEqual([]);
    });

    test('of a plan that is new with them is theirs to set', () => {
      expect(judge({ draft: price, live }, adopt).faults).toEqual([]);
    });
  });

  test('is refused where the offer was never published, unless a release made it', () => {
    const never = { live: null, last: null } as const;

    expect(judge(never).failure?.code).toBe('foreign-draft');
    expect(judge(never, { ledger: { ...emptyLedger, madeBy: 'rel_0' } }).failure).toBeNull();
  });

  test('is refused where somebody has changed what a release made, and it was never published', () => {
    const ledger = { entries: {}, madeBy: 'rel_0', made: { property: {}, 'listings/en-us': { title: 'New' } } };
    const never = { live: null, last: null } as const;
    const draft = { property: { termsOfUse: 'by a person' }, 'listings/en-us': { title: 'New' }, 'plans/b': { a: 1 } };

    expect(judge({ ...never, draft: ledger.made }, { ledger }).failure).toBeNull();
    expect(judge({ ...never, draft }, { ledger }).foreign).toEqual(['property', 'plans/b']);
    expect(judge({ ...never, draft }, { ledger }).failure?.message).toContain('property');
    expect(judge({ ...never, draft }, { ledger, onForeignDraft: 'adopt' }).failure).toBeNull();
  });

  test('is refused where nobody can say what is live', () => {
    expect(judge({ live: 'unknown' }).failure?.message).toContain('does not show what was last published');
  });
});

describe('what our own earlier releases have left', () => {
  test('is cleared without asking', () => {
    const draft = { ...live, property: { termsOfUse: 'leftover' } };

    const judged = judge({ draft }, { ledger: leftover(draft), apply: (base) => ({ content: base, faults: [] }) });

    expect(judged).toMatchObject({ failure: null, desired: live, changed: ['property'], nothingToPublish: true });
  });

  test('is others work once somebody has touched it', () => {
    const draft = { ...live, property: { termsOfUse: 'leftover' } };
    const touched = { ...live, property: { termsOfUse: 'by a person' } };

    expect(judge({ draft: touched }, { ledger: leftover(draft) }).foreign).toEqual(['property']);
  });

  test('a preview that a release of ours has left is replaced, one of somebody else is not', () => {
    const last = publication('preview-ready');

    expect(judge({ last, lastIsOurs: true }).failure).toBeNull();
    expect(judge({ last, lastIsOurs: false }).foreign).toEqual(['preview']);
  });
});

describe('a publication', () => {
  test.each([
    ['previewing', true],
    ['going-live', true],
    ['preview-ready', false],
    ['live', false],
    ['failed', false],
    ['canceled', false],
  ] as const)('of somebody that is %s has to end first: %s', (phase, waits) => {
    const { underWay } = judge({ last: publication(phase) });

    expect(underWay !== null).toBe(waits);
  });

  test.each([
    ['previewing', true],
    ['preview-ready', true],
    ['going-live', true],
    ['live', true],
    ['failed', false],
    ['canceled', false],
  ] as const)('of an earlier run that is %s is gone on with: %s', (phase, isOwn) => {
    const { own, underWay } = judge({ last: publication(phase) }, { publicationId: '1' });

    expect(own !== null).toBe(isOwn);
    expect(underWay).toBeNull();
  });
});
