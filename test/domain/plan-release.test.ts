import fc from 'fast-check';
import type { PlainDocument } from '../../src/domain/plain-document';
import type { StoreAppChanges } from '../../src/domain/store/changes/document';
import { planRelease } from '../../src/domain/store/plan-release';
import type { CheckedPackage } from '../../src/domain/store/submission';
import type { StoreListing, StoreSubmission } from '../../src/domain/store/submission';
import { checked, document, existing, submission, text } from './samples';

const assets = { sha256Of: () => undefined, known: () => undefined };

function mergeSubmission(base: StoreSubmission, whole: PlainDocument, added: readonly CheckedPackage[]) {
  return planRelease('store-app', base, whole, { added, assets, published: base });
}

function merge(base: StoreSubmission, changes: StoreAppChanges) {
  return mergeSubmission(base, { ...document, changes }, []);
}

function listing(base: StoreSubmission, language: string): StoreListing {
  return (base.listings ?? {})[language] ?? {};
}

describe('a patch of texts', () => {
  test('sets what it names, empties what it calls null, and leaves the rest', () => {
    const before = submission();

    const { submission: after, faults } = merge(before, {
      listings: { 'en-us': { baseListing: { title: 'New', description: null, keywords: null, features: ['fast'] } } },
    });

    expect(faults).toEqual([]);
    expect(after).toEqual({
      ...before,
      listings: {
        ...before.listings,
        'en-us': { baseListing: { title: 'New', description: '', keywords: [], features: ['fast'], images: [] } },
      },
    });
  });

  test('finds a language without case and keeps the spelling that is there', () => {
    const { submission: after } = merge(submission(), {
      listings: { 'DE-de': { baseListing: { title: 'Neu' } } },
    });

    expect(Object.keys(after.listings ?? {})).toEqual(['en-us', 'de-DE']);
    expect(listing(after, 'de-DE').baseListing?.title).toBe('Neu');
  });

  test('makes a new language in lower case, complete and empty but for what it says', () => {
    const { submission: after, faults } = merge(submission(), {
      listings: { 'fr-FR': { baseListing: { title: 'T', description: 'D' } } },
    });

    expect(faults).toEqual([]);
    expect(listing(after, 'fr-fr').baseListing).toMatchObject({
      title: 'T',
      description: 'D',
      keywords: [],
      images: [],
    });
  });

  test.each([
    [{ releaseNotes: 'x' }, '"title" and "description"'],
    [{ title: 'T' }, '"description"'],
    [{ title: '', description: 'D' }, '"title"'],
    [{ title: null, description: 'D' }, '"title"'],
  ])('that makes a language of %j is a fault', (baseListing, missing) => {
    const { faults } = merge(submission(), { listings: { 'fr-fr': { baseListing } } });

    expect(faults).toMatchObject([{ pointer: '/changes/listings/fr-fr', code: 'listing-not-found' }]);
    expect(faults[0]?.message).toContain(missing);
  });

  test('writes line breaks as the API does', () => {
    const { submission: after } = merge(submission(), {
      notesForCertification: 'a\nb\r\nc\rd',
      listings: { 'en-us': { baseListing: { releaseNotes: 'a\nb' } } },
    });

    expect(after.notesForCertification).toBe('a\r\nb\r\nc\r\nd');
    expect(listing(after, 'en-us').baseListing?.['releaseNotes']).toBe('a\r\nb');
  });

  test('empties the notes for certification by null, and keeps them where it is silent', () => {
    expect(merge(submission(), { notesForCertification: null }).submission.notesForCertification).toBe('');
    expect(merge(submission(), {}).submission.notesForCertification).toBe('none');
  });
});

test('a product without listings needs one, and one without packages needs one, told together', () => {
  const { faults } = mergeSubmission({}, document, []);

  expect(faults.map(({ pointer, code }) => [pointer, code])).toEqual([
    ['/packages', 'package-missing'],
    ['/changes/listings', 'listing-missing'],
  ]);
});

test('packages of the release are merged in, and tell that packages change', () => {
  const { submission: after, packagesChanged } = mergeSubmission(submission(), document, [checked('new.msix')]);

  expect(packagesChanged).toBe(true);
  expect(after.applicationPackages?.map(({ fileName }) => fileName)).toEqual(['old.msix', 'new.msix']);
});

describe('whatever the patch', () => {
  const value = fc.option(text, { nil: null });
  const list = fc.option(fc.array(text, { maxLength: 3 }), { nil: null });
  const baseListing = fc.record(
    { title: value, description: value, releaseNotes: value, keywords: list },
    { requiredKeys: [] },
  );
  const changes: fc.Arbitrary<StoreAppChanges> = fc.record(
    {
      notesForCertification: value,
      listings: fc.dictionary(fc.constantFrom('en-us', 'EN-US', 'de-de', 'fr-fr'), fc.record({ baseListing })),
    },
    { requiredKeys: [] },
  );

  test('merging twice is merging once', () => {
    fc.assert(
      fc.property(changes, (patch) => {
        const once = merge(submission(), patch).submission;

        expect(merge(once, patch).submission).toEqual(once);
      }),
    );
  });

  test('nothing that it does not name is touched, members that we do not know included', () => {
    fc.assert(
      fc.property(changes, (patch) => {
        const before = submission({ surprise: { deep: [1, { x: null }] } });
        const named = new Set(Object.keys(patch.listings ?? {}).map((name) => name.toLowerCase()));

        const { submission: after } = merge(before, patch);

        const { listings: _was, notesForCertification: _notes, ...rest } = before;
        expect(after).toMatchObject(rest);
        for (const [language, was] of Object.entries(before.listings ?? {})) {
          if (!named.has(language.toLowerCase())) expect(listing(after, language)).toBe(was);
        }
        if (patch.notesForCertification === undefined) expect(after.notesForCertification).toBe('none');
      }),
    );
  });

  test('within a listing only the named texts change', () => {
    fc.assert(
      fc.property(baseListing, (patch) => {
        const before = submission();

        const after = listing(merge(before, { listings: { 'en-us': { baseListing: patch } } }).submission, 'en-us');

        const untouched = Object.entries(listing(before, 'en-us').baseListing ?? {}).filter(
          ([name]) => !(name in patch),
        );
        expect(after.baseListing).toMatchObject(Object.fromEntries(untouched));
      }),
    );
  });

  test('what it was given stays as it was', () => {
    fc.assert(
      fc.property(changes, (patch) => {
        const before = submission({ applicationPackages: [existing('a.msix')] });
        const copy = structuredClone(before);

        merge(before, patch);

        expect(before).toEqual(copy);
      }),
    );
  });
});
