import * as fc from 'fast-check';
import { canonicalJson } from '../../src/domain/canonical-json';
import { cutUrlQueries, withUrlQueries } from '../../src/domain/url-queries';
import { hashOfDocument } from '../../src/storage/documents';

test('documents that differ in the order of members or in the queries of URLs are the same', () => {
  const one = { account: 'contoso', packages: [{ fileName: 'a.msix', source: { url: 'https://h/a?sig=1' } }] };
  const other = { packages: [{ source: { url: 'https://h/a?sig=2' }, fileName: 'a.msix' }], account: 'contoso' };

  expect(hashOfDocument(one)).toBe(hashOfDocument(other));
  expect(hashOfDocument(one)).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  ['another value', { a: 1 }, { a: 2 }],
  ['the order of a list', { a: [1, 2] }, { a: [2, 1] }],
  ['null and absence', { a: null }, {}],
  ['a text and a number', { a: '1' }, { a: 1 }],
  ['another path of a URL', { a: 'https://h/a?x' }, { a: 'https://h/b?x' }],
  ['a question mark in a text that is no URL', { a: 'ready? yes' }, { a: 'ready? no' }],
  ['what follows a URL in a text', { a: 'https://h/a?x=1\nLogin: ada' }, { a: 'https://h/a?x=1\nLogin: bob' }],
])('%s makes another document', (_what, one, other) => {
  expect(hashOfDocument(one)).not.toBe(hashOfDocument(other));
});

test('canonical JSON does not depend on the order of members, and parses to the same value', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());

      expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('a member called __proto__ stays a member', () => {
  const document: unknown = JSON.parse('{"__proto__":{"b":"https://h/?s=1"},"a":1}');

  expect(canonicalJson(document)).toBe('{"__proto__":{"b":"https://h/?s=1"},"a":1}');
  expect(JSON.stringify(cutUrlQueries(document).document)).toBe('{"__proto__":{"b":"https://h/"},"a":1}');
});

test('queries are cut out wherever a URL is, and put back into their places', () => {
  const document = {
    url: 'HTTPS://host/a?sv=1&sig=x%3D#part',
    'a/b~c': ['https://host/', 'http://host?q', 'no url?x'],
    text: 'see https://host/?x=1',
    empty: 'https://host/?',
  };

  const cut = cutUrlQueries(document);

  expect(cut.queries).toEqual({ '/url': 'sv=1&sig=x%3D', '/a~1b~0c/1': 'q', '/empty': '' });
  expect(JSON.stringify(cut.document)).not.toContain('sig=');
  expect(withUrlQueries(cut.document, cut.queries)).toEqual(document);
});

test('cutting and putting back is the identity for any document', () => {
  const texts = fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true, withFragments: true }));
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.array(texts)), (document) => {
      const cut = cutUrlQueries(document);

      expect(withUrlQueries(cut.document, cut.queries)).toEqual(document);
    }),
  );
});
