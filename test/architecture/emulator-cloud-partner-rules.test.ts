import { cloudPartnerOperations } from '../../emulator/cloud-partner/operations';
import { cloudPartnerSwitches } from '../../emulator/cloud-partner/switches';
import type { Services } from '../../emulator/core/services';
import { isThere, read, rowsOf, testsIn } from '../support/rules-page';

/** What `docs/emulator-rules.md` says of the Cloud Partner Portal must be so, and have the test that it names. */
const rules = rowsOf('Cloud Partner Portal rules');
const numbered = Array.from({ length: 16 }, (_, index) => `A-R${index + 1}`);

test('the rules are all told, once each and in their order', () => {
  expect(rules.map(([name]) => name)).toEqual(numbered);
});

test.each(rules)('%s has tests of its number that are there', (rule = '', _does = '', tests = '') => {
  const named = testsIn(tests);

  const titled = new RegExp(`^(A-R\\d+, )*${rule}(, A-R\\d+)*: `);
  expect(named).toHaveLength(tests.split('› ').length - 1);
  expect(named.filter((entry) => !isThere(entry))).toEqual([]);
  expect(named.filter(({ title }) => titled.test(title))).not.toEqual([]);
});

test.each(rowsOf('Cloud Partner Portal literals'))(
  'the literal %s is in its test',
  (message = '', _when = '', tests = '') => {
    const named = testsIn(tests);

    expect(named).toHaveLength(1);
    for (const entry of named) {
      expect(isThere(entry)).toBe(true);
      expect(read(entry.file).replaceAll(/\\(.)/g, '$1')).toContain(message.replaceAll('`', '').trim());
    }
  },
);

describe('methods', () => {
  const rows = rowsOf('Cloud Partner Portal methods');

  test('are those that the emulator serves, and all of them', () => {
    // Nothing is asked of the services before an operation runs.
    const served = cloudPartnerOperations({} as Services).filter(({ name }) => name !== 'unknownOperation');
    const told = served.map(({ method, path, name }) => {
      const documented = path.replace('/api/', '').replaceAll(/:(\w+)/g, '{$1}');
      return [`\`${method} ${documented}\``, `\`${name}\``];
    });

    expect(rows.map(([, ...cells]) => cells.slice(0, 2)).toSorted()).toEqual(told.toSorted());
    expect(rows.map(([number]) => Number(number))).toEqual(Array.from({ length: 14 }, (_, index) => index + 1));
  });

  test.each(rows)('%s: %s has a test', (_number, _method, _operation, tests = '') => {
    const named = testsIn(tests);

    expect(named).not.toEqual([]);
    expect(named.filter((entry) => !isThere(entry))).toEqual([]);
  });
});

describe('switches', () => {
  const rows = rowsOf('Cloud Partner Portal switches').map(([name = '']) => name.replaceAll('`', ''));

  test('are all on the page and in the README', () => {
    const readme = read('emulator/README.md');

    expect(rows.toSorted()).toEqual(Object.keys(cloudPartnerSwitches).toSorted());
    expect(rows.filter((name) => !readme.includes(`| \`${name}\` `))).toEqual([]);
  });

  test.each(rows)('%s has a test', (name) => {
    expect(read('test/emulator/cloud-partner-switches.test.ts')).toMatch(new RegExp(`^test\\('${name}[: ]`, 'm'));
  });
});
