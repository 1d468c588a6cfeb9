import fc from 'fast-check';
import { parseStrictJson } from '../../src/contracts/strict-json';

const faults = (text: string): string[] => {
  const parsed = parseStrictJson(text);
  return parsed.ok ? parsed.faults.map(({ pointer, code }) => `${pointer} ${code}`) : [];
};

test('reads what JSON.stringify writes as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (text, space) => {
      const spaced = JSON.stringify(JSON.parse(text), undefined, space);
      const parsed = parseStrictJson(spaced);

      if (!parsed.ok || parsed.faults.length > 0)
        return /nested|__proto__|constructor|prototype/.test(text + JSON.stringify(parsed));
      expect(JSON.stringify(parsed.value)).toBe(JSON.stringify(JSON.parse(spaced)));
      return true;
    }),
  );
});

test('takes no text that JSON.parse refuses, and never throws', () => {
  const token = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a"',
    '1',
    '-',
    '.',
    'e',
    '0',
    'null',
    'tru',
    ' ',
    '\\',
    '\n',
    '\u0001',
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
      const text = tokens.join('');
      const parsed = parseStrictJson(text);

      expect(parsed.ok).toBe(isJson(text));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['', 1, 1],
  ['{"a":1', 1, 7],
  ['{\n  "a": tru\n}', 2, 8],
  ['[1,]', 1, 4],
  ['{"a":1} x', 1, 9],
  ['"a\nb"', 1, 1],
  ['{"a" 1}', 1, 6],
  ['\u00a01', 1, 1],
  ['01', 1, 2],
])('says where %j breaks off', (text, line, column) => {
  expect(parseStrictJson(text)).toMatchObject({ ok: false, line, column, message: expect.any(String) });
});

test.each([
  ['{"a":{"b":1,"b":2}}', ['/a/b duplicate-member']],
  ['{"a":[{"__proto__":{}}]}', ['/a/0/__proto__ forbidden-member']],
  ['{"constructor":1,"prototype":2}', ['/constructor forbidden-member', '/prototype forbidden-member']],
  ['{"\\u005f_proto__":1}', ['/__proto__ forbidden-member']],
  ['{"a":"\\ud800"}', ['/a invalid-text']],
  ['{"a":1e999}', ['/a out-of-range']],
  ['{"a/b":{"~":1,"~":1}}', ['/a~1b/~0 duplicate-member']],
  ['{"a":1,"a":2,"a":3}', ['/a duplicate-member']],
])('finds the faults of %s', (text, expected) => {
  expect(faults(text)).toEqual(expected);
});

test('keeps names with a meaning of their own out of the value', () => {
  const parsed = parseStrictJson('{"__proto__":{"polluted":true},"hasOwnProperty":1,"toString":2}');

  expect(parsed).toMatchObject({ ok: true, value: { hasOwnProperty: 1, toString: 2 } });
  expect(Reflect.get(parsed.ok ? (parsed.value as object) : {}, 'polluted')).toBeUndefined();
});

test('refuses what is nested too deeply instead of running out of stack', () => {
  expect(parseStrictJson('['.repeat(1_000_000))).toMatchObject({ ok: false, message: expect.stringContaining('32') });
  expect(parseStrictJson('{"a":'.repeat(100_000))).toMatchObject({ ok: false });
});

test('reads four megabytes in good time', () => {
  const text = JSON.stringify({ text: '\\"ü'.repeat(700_000), list: Array.from({ length: 100_000 }, (_, n) => n) });
  const begun = performance.now();

  const parsed = parseStrictJson(text);

  expect(parsed.ok).toBe(true);
  expect(performance.now() - begun).toBeLessThan(2000);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
